"""Spreadsheets out; the lists of the register are written by the same functions."""

from register.core.sheets_out import csv_lines, xlsx_file

__all__ = ["csv_lines", "xlsx_file"]
