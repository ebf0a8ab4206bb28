"""Consultation: named people read a draft and say what they think; drafters answer, and take over."""
