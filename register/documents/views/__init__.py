"""The conversation about documents, one noun a module: find it, ask, call one service, answer."""
