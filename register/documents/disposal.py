"""Drafts that nobody used for as long as the retention rule says: they are ended, never deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import CharField, Max, OuterRef, Subquery
from django.db.models.functions import Cast

from register.core.dates import LONDON
from register.documents.lifecycle import EDITABLE
from register.documents.models import Document, Version
from register.documents.services.moving import discard
from register.ledger.models import Change, Entry
from register.ledger.retention import held

UNUSED = "Unused for as long as drafts are kept."


def dispose_of_unused_drafts(*, by, before: date, dry_run: bool) -> Iterator[str]:
    """End drafts about whose entry nothing was done since a day; those on legal hold stay."""
    kept = held(Document)
    for version, _last in unused_drafts(before):
        if str(version.document_id) not in kept:
            if not dry_run:
                discard(by=by, version=version, reason=UNUSED)
            yield str(version)


def unused_drafts(
    before: date, partnerships: set[int] | None = None
) -> Iterator[tuple[Version, date]]:
    """The drafts about whose entry nothing was done since a day, with the day of the last act.

    Of some partnerships, or of all. One statement.
    """
    past = Version.history.filter(id=OuterRef("pk")).order_by("-history_id")
    drafts = Version.objects.filter(state__in=EDITABLE, is_admitted=False)
    # The acts on an entry are asked about where the version itself has rested for so long.
    drafts = drafts.annotate(rested=Subquery(past.values("history_date")[:1]))
    drafts = drafts.filter(rested__date__lt=before)
    if partnerships is not None:
        drafts = drafts.filter(document__partnership__in=partnerships)
    drafts = drafts.annotate(**_last_acts())
    for version in drafts.select_related("document__partnership", "document__lead").order_by("pk"):
        acts = [getattr(version, name) for name in _last_acts()]
        last = max((at for at in acts if at), default=version.rested).astimezone(LONDON).date()
        if last < before:
            yield version, last


def last_done(version: Version) -> date | None:
    """The day of the last act on the entry of a version, in London."""
    history = version.history.order_by("-history_id").values_list("history_date", flat=True)
    entries = Entry.objects.about(version.document).order_by("-number")
    last = entries.values_list("at", flat=True).first() or history.first()
    return last.astimezone(LONDON).date() if last else None


def _last_acts() -> dict[str, Subquery]:
    """When acts were last done on the entry of a version: on itself, or on what is shown on its page."""
    label, key = Document._meta.label_lower, Cast(OuterRef("document_id"), CharField())
    entries = Entry.objects.order_by().filter(subject_model=label, subject_pk=key)
    changes = Change.objects.order_by()
    about = changes.filter(about_model=label, about_pk=key).values("about_pk")
    own = changes.filter(row_model=label, row_pk=key).values("row_pk")
    return {
        "acted": Subquery(entries.values("subject_pk").annotate(last=Max("at")).values("last")),
        "shown": Subquery(about.annotate(last=Max("entry__at")).values("last")),
        "changed": Subquery(own.annotate(last=Max("entry__at")).values("last")),
    }
