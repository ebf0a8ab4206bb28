"""The acts on impact assessments, processor contracts and risks, one noun a module."""
