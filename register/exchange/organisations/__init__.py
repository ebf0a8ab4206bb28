"""Lists of bodies: councils, trusts, forces, colleges, with their numbers, names and days."""
