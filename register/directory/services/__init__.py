"""The only code that writes the directory, one noun a module."""
