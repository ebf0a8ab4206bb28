"""After an import: what is left to clean up, each list mended many at once, and the day of going live."""
