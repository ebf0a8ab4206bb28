"""One-off requests to share, the decisions on them, and sharing in an emergency."""
