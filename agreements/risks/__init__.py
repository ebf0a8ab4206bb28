"""Impact assessments, processor contracts, and the risks of agreements."""
