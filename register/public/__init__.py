"""What everybody may read of the register without signing in."""
