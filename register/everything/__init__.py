"""The whole register in one file: exported and imported again, backed up and restored."""
