"""Advice and decisions before signature: who is asked, what they say, what is still missing."""
