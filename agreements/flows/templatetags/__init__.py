"""Tags of the pages of flows."""
