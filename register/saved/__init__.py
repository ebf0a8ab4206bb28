"""What people keep for themselves: views of the register, and whether keys do something."""
