"""A proof as its page shows it: headings with words."""

from __future__ import annotations

from register.core.dates import words
from register.endings.models import Proof


def pairs_of(proof: Proof) -> list[tuple[str, str]]:
    """What a party said became of the information."""
    method = ": ".join(filter(None, [proof.method_label, proof.method_words]))
    who = ", ".join(filter(None, [proof.said_by_name, proof.said_by_post]))
    given = f"{words(proof.given_on)}, {proof.get_given_by_way_display().lower()}"
    found = [
        ("What was held", proof.held),
        ("What became of it", proof.get_fate_display()),
        ("How", method),
        ("When", words(proof.done_on)),
        ("Ground to keep", proof.ground_label),
        ("What is kept, and why", proof.keeping_words),
        ("Kept until", words(proof.kept_until)),
        ("Who says so", who),
        ("Given", given if proof.is_given else ""),
        ("Why no proof is needed", proof.not_needed_because),
        ("Due", words(proof.due_on) if proof.is_outstanding else ""),
        ("Last reminded", words(proof.reminded_on) if proof.is_outstanding else ""),
    ]
    return [(name, value) for name, value in found if value]
