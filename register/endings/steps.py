"""What the end of an agreement asks of its parties."""

from __future__ import annotations

from register.documents.lifecycle import State
from register.documents.models import Version
from register.endings.services.asking import ask_parties

AGREEMENT = 3


def ask_for_proofs(version: Version, *, by) -> None:
    """Ask for proofs where an agreement that was in force has ended, and nothing takes its place.

    A draft that is discarded and a version that is superseded ask for none.
    """
    governed = version.in_force_on is not None or version.is_admitted
    if version.document.tier == AGREEMENT and version.state == State.ENDED and governed:
        ask_parties(version, by=by)
