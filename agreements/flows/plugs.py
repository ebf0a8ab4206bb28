"""Where information flows hang on to the rooms below."""

from __future__ import annotations

from agreements.flows import body, facts, reading
from register.documents import case, steps


def plug_in() -> None:
    """Called once, when the program starts."""
    case.LOADERS["flows"] = facts.load_flows
    case.LOADERS["groups"] = facts.load_groups
    steps.MORE_SECTIONS.append(body.sections)
    steps.KEPT_UP.append(reading.refresh)
    steps.MORE_BODIES.append(facts.group_bodies)
