"""Pages by which an office brings its old register in."""
