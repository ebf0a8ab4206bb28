"""Sheets of information flows: a row for each flow, joined to its agreement by a reference."""
