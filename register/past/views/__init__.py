"""Pages of the register as it was."""
