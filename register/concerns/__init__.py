"""What goes wrong under an agreement, and how it is seen to be kept: concerns and adherence checks."""
