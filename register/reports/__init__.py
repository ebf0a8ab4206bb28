"""What the register answers: tasks, who signed what, and what is not covered."""
