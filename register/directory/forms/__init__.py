"""What people type about the directory, one noun a module. Forms clean; services decide and write."""
