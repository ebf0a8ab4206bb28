"""Whose assurance a document cannot rely on, or soon not: said on the page of every living version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from register.core import ripple
from register.core.dates import today
from register.core.ripple import Cause, Touch
from register.directory.assurance import StoredLevel, followers_of, stored_levels
from register.directory.assurance_levels import EXPIRED, NONE, SOON_DAYS
from register.directory.models import Organisation
from register.documents.bound import parties_today
from register.documents.lifecycle import GOVERNING, PREPARING
from register.documents.models import Version
from register.documents.panels import PANELS, Panel
from register.documents.ripples import living, naming, touches_of

NAMES_SHOWN = 3


@dataclass(frozen=True)
class PartyLine:
    """A party with its level."""

    body: Organisation
    level: StoredLevel

    @property
    def is_out(self) -> bool:
        """Whether nobody can rely on it today."""
        return self.level.code in {EXPIRED, NONE}


def plug_in() -> None:
    """Add the panel to the pages of documents, and say what a fact of a body touches."""
    PANELS.append(assurance_panel)
    ripple.FINDERS["assurance_ahead"].append(touched_ahead)


def assurance_panel(user, version: Version) -> Panel | None:
    """The parties whose assurance is expired or none, or ends within 90 days. Two statements."""
    if version.state not in {*GOVERNING, *PREPARING}:
        return None
    lines = lines_of(version, today())
    if not lines:
        return None
    return Panel(
        heading="Assurance of the parties",
        template="documents/_assurance_panel.html",
        context={"lines": lines},
        sentence=_sentence([line for line in lines if line.is_out]),
    )


def lines_of(version: Version, day: date) -> list[PartyLine]:
    """The parties of a version, as they are today, to look after; those that nobody can rely on first."""
    bodies = parties_today(version)
    levels = stored_levels(bodies, day)
    soon = day + timedelta(days=SOON_DAYS)
    lines = [
        PartyLine(bodies[pk], level)
        for pk, level in levels.items()
        if level.code in {EXPIRED, NONE} or (level.until is not None and level.until <= soon)
    ]
    return sorted(
        lines,
        key=lambda line: (not line.is_out, line.level.until or date.max, line.body.legal_name),
    )


def touched_ahead(cause: Cause) -> list[Touch]:
    """The documents in force that a body (`pk`), or one that takes its assurance, is party to."""
    bodies = followers_of({cause.pk})
    found = living(GOVERNING).filter(naming(bodies, GOVERNING))
    return touches_of(found, "It relies on the assurance of a party.")


def _sentence(out: list[PartyLine]) -> str:
    if not out:
        return ""
    names = [line.body.called for line in out[:NAMES_SHOWN]]
    more = len(out) - len(names)
    names += [f"{more} more"] if more else []
    joined = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"No assurance stands for {joined}."
