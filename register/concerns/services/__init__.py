"""The acts on concerns and checks."""
