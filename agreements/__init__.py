"""Tier 3: operational agreements."""
