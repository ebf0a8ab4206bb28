"""The conversation about the directory, one noun a module: find it, ask, call one service, answer."""
