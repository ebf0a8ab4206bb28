"""The pages about the register's own records, one subject a module."""
