"""Pages of those who ask, and of those who answer."""
