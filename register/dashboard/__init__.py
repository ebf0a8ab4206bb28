"""The faces that belong to no single noun: home, search, health, the pages for things that went wrong."""
