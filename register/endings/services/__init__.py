"""The acts on proofs of return or deletion."""
