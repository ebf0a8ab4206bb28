"""The acts on information flows, groups and assets."""
