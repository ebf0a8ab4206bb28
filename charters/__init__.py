"""Tiers 1 and 2, the framework: charters and protocols."""
