"""What somebody is asked to look at: one task for each document or body that a change touches."""
