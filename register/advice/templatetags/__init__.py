"""Parts of pages about advice."""
