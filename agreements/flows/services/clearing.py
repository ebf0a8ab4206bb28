"""Clearing the answers that an act makes irrelevant, so that what is signed holds no stale answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from agreements.flows.facts import FlowFacts, flows_of
from agreements.flows.models import Side
from agreements.flows.pages import ITEM, PAGES, Page, no_longer_asked
from agreements.flows.relevance import Answers
from agreements.flows.said import answers_of
from register.documents.models import Content, Version
from register.documents.services.content import change_item
from register.documents.services.locks import lock_version
from register.ledger.acts import act

# Clearing one answer may make another irrelevant: Article 9, then Schedule 1, then the policy document.
ROUNDS = 5
# Rows of their own, never cleared with an answer.
ROWS = {"items", "providers", "recipients", "purpose_of"}
LAW = [page for page in PAGES if page.is_law]
OTHERS = [page for page in PAGES if not page.is_law]

Known = dict[int, tuple[FlowFacts, dict[str, Answers]]]


@contextmanager
def clearing(*, by, version: Version) -> Iterator[list[str]]:
    """Change answers of a draft's flows; what is no longer asked afterwards is cleared in the same act.

    The list that is given holds, at the end, what was cleared, in words. What was not asked before
    either, such as an answer that came in with an old register, stays until somebody changes it.
    """
    cleared: list[str] = []
    with act(by=by, verb="flow.changed", subject=version, quiet=True):
        version = lock_version(version)
        before = _known(version)
        yield cleared
        for _ in range(ROUNDS):
            after = _known(version)
            words = [word for pk in before if pk in after for word in _clear(by, pk, before, after)]
            if not words:
                break
            cleared += words
            before = after


def _known(version: Version) -> Known:
    flows = flows_of([version.pk]).get(version.pk, [])
    return {f.flow.pk: (f, {side: answers_of(f, side) for side in Side}) for f in flows}


def _clear(by, pk: int, before: Known, after: Known) -> Iterator[str]:
    facts, now = after[pk]
    _, then = before[pk]
    for page in LAW:
        law = facts.end(page.code).law
        gone = list(_names([page], then[page.code], now[page.code]))
        if law is not None:
            yield from (f"{word} ({page.code})" for word in _emptied(by, law, gone))
    gone = list(_names(OTHERS, then[Side.PROVIDER], now[Side.PROVIDER]))
    yield from _emptied(by, facts.flow, gone)
    gone = list(_names([ITEM], then[Side.PROVIDER], now[Side.PROVIDER]))
    for row in facts.items:
        yield from (f"{word} of {row.name}" for word in _emptied(by, row, gone))


def _names(pages: list[Page], then: Answers, now: Answers) -> Iterator[str]:
    return (name for _, name in no_longer_asked(pages, then, now) if name not in ROWS)


def _emptied(by, row: Content, names: list[str]) -> list[str]:
    fields = [row._meta.get_field(name) for name in names]
    empty = {f.name: f.get_default() for f in fields if getattr(row, f.name) != f.get_default()}
    if not empty:
        return []
    changed = change_item(by=by, row=row, row_version=row.row_version, **empty)
    row.row_version = changed.row_version
    words = [str(row._meta.get_field(name).verbose_name) for name in empty]
    return [word[:1].upper() + word[1:] for word in words]
