"""Earlier wordings that may be put back into the draft of today: clauses and sections, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from register.core.text import strip
from register.documents.models import Clause, Content, Document, Version
from register.documents.permissions import may_edit_version
from register.documents.tiers import TIERS, TextTask
from register.past.then import Then


@dataclass(frozen=True)
class Wording:
    """One piece of an earlier text: how it is found again, what it is called, its words then and now."""

    key: str
    name: str
    then: dict[str, str]
    now: dict[str, str]
    row: Content


def restorable(user, document: Document, found: Then) -> list[Wording]:
    """The pieces of an earlier text that differ from the draft of today, where a reader may write in it."""
    draft = editable_of(document)
    if draft is None or not may_edit_version(user, draft):
        return []
    return [*_clauses(found.body, draft), *_sections(found.body, draft)]


def wording(user, document: Document, found: Then, key: str) -> Wording | None:
    """One of them, by its key; None where there is none, or it says the same by now."""
    return next((each for each in restorable(user, document, found) if each.key == key), None)


def editable_of(document: Document) -> Version | None:
    """The version of an entry whose text may change now."""
    for version in document.versions.order_by("-number"):
        version.document = document
        if version.is_editable:
            return version
    return None


def _clauses(body: dict, draft: Version) -> Iterator[Wording]:
    held = {str(row.lineage): row for row in Clause.objects.filter(version=draft)}
    for told in body.get("clauses") or []:
        row = held.get(told.get("lineage", ""))
        if row is None:
            continue
        row.version = draft
        then = {"heading": told.get("heading") or "", "text": told.get("text") or ""}
        now = {"heading": row.heading, "text": row.text}
        if then != now:
            name = f"Clause {told.get('number') or ''} {then['heading']}".strip()
            yield Wording(f"clause-{told['lineage']}", name, then, now, row)


def _sections(body: dict, draft: Version) -> Iterator[Wording]:
    tasks = {t.code: t for t in TIERS[draft.document.tier].tasks if isinstance(t, TextTask)}
    for told in body.get("sections") or []:
        task = tasks.get(told.get("code", ""))
        row = task.model._default_manager.filter(version=draft).first() if task else None
        if task is None or row is None:
            continue
        row.version = draft
        values = {each.get("code"): each.get("value") or "" for each in told.get("fields") or []}
        then = {name: values.get(name, "") for name in task.fields}
        now = {name: getattr(row, name) for name in task.fields}
        if any(strip(then[name]) != strip(now[name]) for name in task.fields):
            yield Wording(f"section-{task.code}", f"Section “{task.heading}”", then, now, row)
