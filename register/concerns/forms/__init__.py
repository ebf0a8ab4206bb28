"""What is typed about concerns and checks."""
