"""What advice a version needs before it is signed: from the list, asked of its case.

Rooms above say when a reason of the list holds and which bodies are meant, because they know the flows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from register.advice.kinds import Kind, kinds
from register.directory.models import Organisation
from register.documents.case import Case
from register.documents.lifecycle import PREPARING


@dataclass(frozen=True)
class Need:
    """Advice or a decision that a version needs of a body, or of the partnership office (None)."""

    kind: str
    organisation: Organisation | None

    @property
    def key(self) -> tuple[str, int | None]:
        """The kind and the key of the body."""
        return self.kind, self.organisation.pk if self.organisation else None


def bound_bodies(case: Case) -> list[Organisation]:
    """The bodies that a version binds."""
    return [party.organisation for party in case.bound]


# By the code of "needed when": whether that holds of a case.
WHEN: dict[str, Callable[[Case], bool]] = {"always": lambda case: True}
# By the code of "asked of": the bodies that are meant.
WHOM: dict[str, Callable[[Case], list[Organisation]]] = {"each_controller": bound_bodies}
# What rooms above need beyond the list.
NEEDED: list[Callable[[Case], list[Need]]] = []


def needed(case: Case) -> list[Need]:
    """What a version in preparation needs, each once; nothing of one that is signed or came in by import."""
    version = case.version
    if version.state not in PREPARING or version.is_admitted:
        return []
    if "advice_needed" not in case.more:
        asked = [kind for kind in kinds() if _is_needed(kind, case)]
        found = [Need(kind.code, body) for kind in asked for body in _whom(kind, case)]
        found += [need for more in NEEDED for need in more(case)]
        case.more["advice_needed"] = list({need.key: need for need in found}.values())
    return case.more["advice_needed"]


def _is_needed(kind: Kind, case: Case) -> bool:
    holds = WHEN.get(kind.needed_when)
    return holds is not None and case.document.tier in kind.tiers and holds(case)


def _whom(kind: Kind, case: Case) -> list[Organisation | None]:
    if kind.is_of_office:
        return [None]
    if kind.asked_of == "lead" and case.document.lead is not None:
        return [case.document.lead]
    # Where no body leads, each that decides for itself is asked.
    meant = WHOM.get("each_controller" if kind.asked_of == "lead" else kind.asked_of, bound_bodies)
    return list(meant(case))
