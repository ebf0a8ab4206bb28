"""The pages of proofs of return or deletion."""
