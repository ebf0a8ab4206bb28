"""The places to sign, and the signatures that stand in them."""
