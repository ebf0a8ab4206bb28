"""Changes of the register's own records, one subject a module."""
