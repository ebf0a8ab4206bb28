"""The look: forms, pages, lists and tags that every room uses."""
