"""Reviews: when each entry is looked at again, what its parties say, and what came of it."""
