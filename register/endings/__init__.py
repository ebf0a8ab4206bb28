"""What becomes of the information when an agreement ends: proofs of return or deletion."""
