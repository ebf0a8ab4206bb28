"""What people type about documents, one noun a module. Forms clean; services decide and write."""
