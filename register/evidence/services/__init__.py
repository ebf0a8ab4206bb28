"""Acts on evidence: sealing, taking a sealed PDF away, mailing the newest digest, counting visits."""
