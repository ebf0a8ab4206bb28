"""Face: answers for machines, by session or by token."""
