"""Signed files of an old register: a ZIP or a folder of them, matched to the entries they belong to."""
