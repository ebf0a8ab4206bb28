"""Redactions: asked for by one person, decided by a second, carried out on every chosen place."""

from __future__ import annotations

import json
from datetime import timedelta

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from register.core.dates import now
from register.core.verdicts import require
from register.directory.models import Partnership
from register.documents.models import Document
from register.documents.services.locks import lock_document
from register.ledger.acts import act
from register.ledger.models import Entry
from register.ledger.redacted import VERB
from register.ledger.redaction import NeedsOwner, owner_alias, redact
from register.records.elsewhere import still_found
from register.records.holds import hold_words
from register.records.models import ELSEWHERE, RedactionRequest, RedactionState
from register.records.permissions import (
    administered,
    may_ask_redaction,
    may_decide_redaction,
    may_withdraw_redaction,
)
from register.records.places import places_of

SHORTEST = 3  # characters: what is shorter stands in half of all words
CLAIMED_FOR = timedelta(minutes=15)


class OnHold(Exception):
    """A legal hold came before the redaction; says which."""


def ask(
    *, by, document: Document, text: str, places: list[str], reason: str
) -> RedactionRequest:  # fmt: skip
    """Ask for a text to be taken out of chosen places of an entry ("model|key|field")."""
    check_text(text, reason)
    with act(by=by, verb="redaction.asked", subject=document, reason=reason) as this:
        document = lock_document(document)
        require(may_ask_redaction(by, document))
        _check_hold(document)
        standing = {place.value for place in places_of(document, text)}
        if not places:
            raise ValidationError({"places": "Select where the text is to be taken out."})
        if gone := [place for place in places if place not in standing]:
            raise ValidationError(
                {"places": f"The text no longer stands in {len(gone)} of the places. Look again."}
            )
        request = RedactionRequest.objects.create(
            document=document, text=text, places="\n".join(places), reason=reason.strip(),
            asked_by=by.person, asked_at=now(),
        )  # fmt: skip
        this.detail = {"request": request.pk, "places": len(places)}
    return request


def approve(*, by, request: RedactionRequest, reason: str = "") -> RedactionRequest:
    """Approve a redaction as the second person: the worker carries it out."""
    return _decide(by, request, RedactionState.APPROVED, "redaction.approved", reason)


def refuse(*, by, request: RedactionRequest, reason: str) -> RedactionRequest:
    """Refuse a redaction; the text that was asked about is forgotten here."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is refused."})
    return _decide(by, request, RedactionState.REFUSED, "redaction.refused", reason)


def withdraw(*, by, request: RedactionRequest) -> RedactionRequest:
    """Take back what one asked for oneself, before it is decided."""
    with act(by=by, verb="redaction.withdrawn", subject=request.document) as this:
        lock_document(request.document)
        row = RedactionRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        require(may_withdraw_redaction(by, row))
        this.detail = {"request": row.pk}
        row.state, row.text = RedactionState.WITHDRAWN, ""
        row.save()
    return row


def waiting() -> QuerySet[RedactionRequest]:
    """Approved redactions that no hold stops, for the worker or for the owner of the tables."""
    return RedactionRequest.objects.filter(state=RedactionState.APPROVED, failure="")


def due() -> QuerySet[RedactionRequest]:
    """Approved redactions that nobody has in hand."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now() - CLAIMED_FOR)
    rows = RedactionRequest.objects.filter(free, state=RedactionState.APPROVED)
    return rows.order_by("decided_at", "pk")


def carry_out(request: RedactionRequest) -> int:
    """Take the text out of every chosen place, going on where it was left; how many places.

    Where guarded tables may not be changed from here, it waits for `manage.py carry_out`.
    """
    row = RedactionRequest.objects.select_related("document", "asked_by", "decided_by").get(
        pk=request.pk
    )
    if row.state != RedactionState.APPROVED:
        return 0
    done = 0
    for model, key, field in row.targets:
        try:
            done += _take_out(row, model, key, field)
        except NeedsOwner:
            _set(row, needs_owner=True, claimed_at=None, failure="")
            return done
        except OnHold as hold:
            # It stays claimed: it is asked again when the claim has run out.
            _set(row, failure=f"It waits: {hold}")
            return done
    _finish(row)
    return done


def check_text(text: str, reason: str = "-") -> None:
    """Raise ValidationError for a text too short to be taken out, or a reason that repeats it."""
    if len(text.strip()) < SHORTEST:
        raise ValidationError(
            {"text": f"Enter the exact text, {SHORTEST} characters or more, as it stands."}
        )
    if not reason.strip():
        raise ValidationError({"reason": "Give the reason for the redaction."})
    if text in reason:
        raise ValidationError(
            {"reason": "Give the reason without the text itself: the reason stays in the register."}
        )


def _decide(by, request: RedactionRequest, state: str, verb: str, reason: str) -> RedactionRequest:
    if request.text and request.text in reason:
        raise ValidationError(
            {"reason": "Say it without the text itself: what you say stays in the register."}
        )
    with act(by=by, verb=verb, subject=request.document, reason=reason) as this:
        document = lock_document(request.document)
        row = RedactionRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        require(may_decide_redaction(by, row))
        if state == RedactionState.APPROVED:
            _check_hold(document)
        else:
            row.text = ""
        this.detail = {"request": row.pk}
        row.state, row.decided_by, row.decided_at = state, by.person, now()
        row.decision_reason = reason.strip()
        row.save()
    return row


def _check_hold(document: Document) -> None:
    if why := hold_words(document):
        raise ValidationError(f"Nothing is taken out of {document}: {why} Release the hold first.")


def _take_out(row: RedactionRequest, model: str, key: str, field: str) -> int:
    using = owner_alias()
    places = Partnership.objects.using(using).select_for_update(no_key=True)
    try:
        with transaction.atomic(using=using):
            # Whoever sets a hold takes the same lock first.
            places.get(pk=row.document.partnership_id)
            if why := hold_words(row.document):
                raise OnHold(why)
            redact(
                by=row.asked_by, second=row.decided_by, model=model, pk=key, field=field,
                find=row.text, reason=row.reason,
            )  # fmt: skip
    except NeedsOwner:
        raise
    except ValidationError:
        return 0  # an earlier round, or another redaction of the same text, took it out
    return 1


def _finish(row: RedactionRequest) -> None:
    """Say what was changed and where the text still stands elsewhere; then forget the text."""
    said = [
        f"{sentence[:1].upper()}{sentence[1:]}."
        for entry in Entry.objects.about(row.document)
        .filter(verb=VERB, at__gte=row.decided_at, reason=row.reason)
        .order_by("number")
        for sentence in _sentences(entry)
    ]
    left = still_found([row.text], _known_to_who_decided(row))
    if left:
        said.append(f"{ELSEWHERE} in the register. {'; '.join(left)}.")
    _set(
        row, state=RedactionState.DONE, done_at=now(), claimed_at=None, failure="", text="",
        result="\n".join(dict.fromkeys(said)),
    )  # fmt: skip


def _known_to_who_decided(row: RedactionRequest) -> set[int]:
    """The partnerships that who decided administers: of no other is said where the text stands."""
    user = row.decided_by.user if row.decided_by else None
    return (administered(user) if user else set()) | {row.document.partnership_id}


def _sentences(entry: Entry) -> list[str]:
    detail = json.loads(entry.detail)
    model = apps.get_model(detail["model"])._meta
    field = model.get_field(detail["field"]).verbose_name
    return [f"{model.verbose_name} {detail['row_pk']}: {field}", *detail.get("also", [])]


def _set(row: RedactionRequest, **columns) -> None:
    RedactionRequest.objects.filter(pk=row.pk).update(**columns)
