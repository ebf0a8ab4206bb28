"""The history of a document in lines: all of it for those who keep it, its milestones for other readers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from register.documents.lifecycle import State
from register.documents.models import Document, Transition
from register.documents.permissions import may_read_notes
from register.documents.standing import Standing
from register.ledger.models import Entry
from register.ledger.verbs import title_of


@dataclass(frozen=True)
class Milestone:
    """A move of a version, with the same words as a line of the ledger."""

    who: str
    when: datetime
    title: str
    reason: str
    sentences: tuple[str, ...] = ()
    entry: Entry | None = None


def may_read_history(by, document: Document) -> bool:
    """Whether somebody may read every line of a document's history, its drafts and notes included."""
    return bool(may_read_notes(by, document=document))


def entries_about(document: Document):
    """The entries of the ledger about a document, newest first."""
    return Entry.objects.about(document).newest_first()


def last_lines(by, standing: Standing, *, limit: int) -> list[Milestone]:
    """The newest lines of a document's history that somebody may read, without their sentences."""
    if may_read_history(by, standing.document):
        return [_headline(entry) for entry in entries_about(standing.document)[:limit]]
    return milestones(standing)[:limit]


def milestones(standing: Standing) -> list[Milestone]:
    """The moves of the versions that a reader may read, newest first."""
    rows = Transition.objects.filter(version__in=[v.pk for v in standing.versions])
    numbers = {version.pk: version.number for version in standing.versions}
    return [
        Milestone(
            who=row.by_name,
            when=row.at,
            title=f"Version {numbers[row.version_id]}: {State(row.to_state).label.lower()}",
            reason=row.reason,
        )
        for row in rows.order_by("-at", "-pk")
    ]


def _headline(entry: Entry) -> Milestone:
    return Milestone(
        who=entry.actor_name,
        when=entry.at,
        title=title_of(entry.verb),
        reason=entry.reason,
        entry=entry,
    )
