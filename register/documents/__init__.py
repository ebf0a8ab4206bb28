"""The thing itself: documents of all three tiers, their versions, and the life of a version."""
