"""My work: what waits for a reader, what they put off, their digest, announcements and calendar feeds."""
