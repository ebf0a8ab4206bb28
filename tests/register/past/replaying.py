"""Another reading of the past: the changes of the ledger replayed one by one, without the register's own."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from django.apps import apps

from register.ledger.models import Change
from register.ledger.tracked import history_of

GOVERNING = ("in_force", "under_review")
PREPARING = ("draft", "consultation", "signing")
SIGNED = ("signed", "on_paper", "on_behalf", "carried_over")


def told_by(instant: datetime) -> dict[str, dict]:
    """Every record by its model and key, as the last act up to an instant left it."""
    changes = Change.objects.filter(entry__at__lte=instant).order_by("entry_id", "id")
    wanted = defaultdict(list)
    rows = list(changes.values_list("row_model", "history_id"))
    for label, history_id in rows:
        wanted[label].append(history_id)
    stored = {
        label: history_of(apps.get_model(label))._base_manager.in_bulk(ids)
        for label, ids in wanted.items()
    }
    held: dict[str, dict] = defaultdict(dict)
    for label, history_id in rows:
        row = stored[label][history_id]
        key = getattr(row, apps.get_model(label)._meta.pk.attname)
        if row.history_type == "-":
            held[label].pop(key, None)
        else:
            held[label][key] = row
    return held


def entries_by(held: dict[str, dict], day: date) -> dict[str, dict]:
    """By reference: what the register knew of each entry, in the few facts that a list and a page show."""
    return {row.reference: _entry(row, held, day) for row in held["documents.document"].values()}


def members_by(held: dict[str, dict], partnership_id: int, day: date) -> set[str]:
    """The legal names of the members of a partnership on a day, as they were known."""
    bodies = held["directory.organisation"]
    return {
        bodies[row.organisation_id].legal_name
        for row in held["directory.membership"].values()
        if row.partnership_id == partnership_id
        and (row.starts_on is None or row.starts_on <= day)
        and (row.ends_on is None or row.ends_on >= day)
    }


def _entry(document, held, day: date) -> dict:
    versions = [v for v in held["documents.version"].values() if v.document_id == document.id]
    versions.sort(key=lambda version: version.number)
    some = [v for v in versions if v.state in GOVERNING]
    some = some or [v for v in versions if v.state in PREPARING] or versions
    shown = some[-1]
    slots = [s for s in held["signing.slot"].values() if s.version_id == shown.id]
    newest = {}
    for _key, row in sorted(held["signing.signature"].items()):
        newest[row.slot_id] = row
    standing = [slot for slot in slots if slot.voided_at is None]
    signed = [s for s in standing if s.id in newest and newest[s.id].kind in SIGNED]
    clauses = [c for c in held["documents.clause"].values() if c.version_id == shown.id]
    clauses.sort(key=lambda clause: (clause.position, clause.id))
    parties = [p for p in held["documents.party"].values() if p.version_id == shown.id]
    return {
        "title": shown.title,
        "state": shown.state,
        "status": _status(document, shown, held, day),
        "partnership": document.partnership_id,
        "version": shown.number,
        "review_on": document.review_on,
        "signed": len(signed),
        "slots": len(standing),
        "who": sorted(_who(newest[slot.id]) for slot in signed),
        "clauses": [(clause.heading, clause.text) for clause in clauses],
        "parties": sum(party.part == "party" for party in parties),
    }


def _who(row) -> tuple[str, str, str, str]:
    """Who signed which wording, and on which day."""
    return row.body_name, row.person_name, row.body_sha256[:12], row.signed_on.isoformat()


def _status(document, shown, held, day: date) -> str:
    if shown.state not in GOVERNING:
        return shown.state
    if not document.is_confirmed:
        return "unconfirmed"
    stopped = [
        row
        for row in held["documents.suspension"].values()
        if row.document_id == document.id
        and row.party_id is None
        and row.starts_on <= day
        and (row.ends_on is None or row.ends_on >= day)
    ]
    if stopped:
        return "suspended"
    is_late = document.review_on is not None and document.review_on < day
    return "overdue" if is_late else shown.state
