"""The acts on documents, one noun a module."""
