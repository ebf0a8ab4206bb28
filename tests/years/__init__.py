"""Ten years of the register's own time, day by day, with every notice counted."""
