"""The worker: runs what is due, found by a query."""
