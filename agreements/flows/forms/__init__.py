"""Forms of information flows, groups and assets."""
