"""The pages of concerns and checks."""
