"""Pages of requests, of the duty-to-share ledger and of emergency shares."""
