"""Putting off, announcing, the choice of mails, digests, calendar feeds and the note of the last visit."""
