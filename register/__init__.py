"""The register: the shared kernel of the three tiers, and its faces."""
