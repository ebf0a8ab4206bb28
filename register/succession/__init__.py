"""Succession: bodies that merge, split, take another name or close on a day, by an order or an act."""
