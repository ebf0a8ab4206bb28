"""Tags that pages about documents use."""
