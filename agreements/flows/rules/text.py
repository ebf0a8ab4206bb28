"""Free text names nobody of the public: NHS numbers, National Insurance numbers, dates of birth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import models

from agreements.flows.rules.examined import flows
from register.core.personal import suspects
from register.documents.case import Case
from register.documents.models import Clause, Content, Version
from register.documents.numbering import numbered
from register.documents.rulebook import Where, rule
from register.documents.tiers import TIERS
from register.lists.fields import CodesField


@rule(
    "N1", bar=False, task="clauses", source="UK GDPR, Article 5(1)(c); the register's own practice"
)
def free_text_names_nobody_of_the_public(case: Case) -> Iterator[Where]:
    """Take out what looks like somebody's personal data: this text is read by many and kept for long."""
    for place, task, lineage, words in _texts(case):
        # Digits are in all that is looked for; most texts have none and cost nothing.
        if any(letter.isdigit() for letter in words):
            for suspect in suspects(words):
                yield Where(place, f"{suspect.words}.", task, lineage)


RULES = (free_text_names_nobody_of_the_public,)


def load_clauses(versions: list[Version]) -> dict[int, object]:
    """The clauses of versions, in order; one statement."""
    found: dict[int, list[Clause]] = defaultdict(list)
    ids = [version.pk for version in versions]
    for clause in Clause.objects.filter(version_id__in=ids).order_by(
        "version_id", "position", "pk"
    ):
        found[clause.version_id].append(clause)
    return dict(found)


def _texts(case: Case) -> Iterator[tuple[str, str, str, str]]:
    """Every free text of a case: its place, the page where it is written, its row, and the text."""
    yield "Title", "title", "", case.version.title
    yield "Summary of changes", "title", "", case.version.changes
    for party in case.parties:
        yield party.organisation.called, "parties", str(party.lineage), party.only_this_reason
    for clause, number in numbered(case.more.get("clauses") or ()):
        place = f"Clause {number}".strip()
        yield place, "clauses", str(clause.lineage), f"{clause.heading}\n{clause.text}"
    yield from _sections(case)
    for flow in flows(case):
        pieces = [flow.flow, *flow.facts.items, *(end.law for end in flow.ends)]
        words = "\n".join(text for row in pieces for text in _words(row))
        yield flow.facts.words, "flows", str(flow.flow.lineage), words


def _sections(case: Case) -> Iterator[tuple[str, str, str, str]]:
    for task in TIERS[case.document.tier].tasks:
        for row in case.of(task.model):
            words = "\n".join(_words(row, task.fields))
            yield task.heading, task.code, str(row.lineage), words


def _words(row: Content, names: Iterable[str] | None = None) -> Iterator[str]:
    """The free text of a row, of all its columns or of some."""
    for column in row._meta.concrete_fields:
        is_text = isinstance(column, (models.CharField, models.TextField))
        if (
            is_text
            and not isinstance(column, CodesField)
            and (names is None or column.name in names)
        ):
            yield str(getattr(row, column.attname))
