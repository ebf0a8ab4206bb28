"""A plain Django admin with simple-history over like models: what the register's own writing is held against."""
