"""The pages of reports on sharing."""
