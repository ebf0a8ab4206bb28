"""The acts on advice and decisions."""
