"""The signatory's own pages: read, sign, decline, pass on, with or without an account."""
