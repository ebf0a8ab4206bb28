"""Pages of information flows, groups and assets."""
