"""Moving a fixed end date without a new version: proposed, consented to by every party, moved."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from register.core.dates import now, today, words
from register.core.verdicts import require
from register.directory.models import Organisation
from register.documents.models import Document, Version
from register.documents.permissions import may_edit
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_document, lock_version
from register.ledger.actors import actor_of
from register.ledger.acts import act
from register.reviews.models import Consent, EndMove
from register.reviews.parties import parties_of


def propose_end(*, by, document: Document, to_on: date | None, reason: str) -> EndMove:
    """Propose another end date for what is in force; None proposes that it has no fixed end.

    The date stays as it is until every party's consent is recorded, or a new version says otherwise.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why the end date is to move."})
    if to_on and to_on <= today():
        raise ValidationError({"to_on": f"Enter a day after {words(today())}."})
    with act(by=by, verb="end_move.proposed", subject=document, reason=reason):
        document = lock_document(document)
        require(may_edit(by, document))
        version = document.governing
        if version is None:
            raise ValidationError(f"{document} is not in force: it has no end date to move.")
        if version.ends_on == to_on:
            raise ValidationError({"to_on": "That is the end date already."})
        move = EndMove(
            version=version, from_on=version.ends_on, to_on=to_on, reason=reason.strip(),
            proposed_at=now(), proposed_by_name=actor_of(by).name[:300],
        )  # fmt: skip
        move.full_clean(exclude=["version"])
        move.save()
    return move


def record_consent(
    *, by, move: EndMove, organisation: Organisation, given_by: str, given_on: date, how: str
) -> EndMove:
    """Record a party's consent: who gave it, on which day, and how. The last one moves the date."""
    if given_on > today():
        raise ValidationError({"given_on": "Enter a day that is not after today."})
    with act(by=by, verb="end_move.consented", subject=move.version.document):
        version, move = _locked(move)
        require(may_edit(by, version.document))
        _check_open(move, version)
        if organisation.pk not in {body.pk for body in waited_for(move)}:
            raise ValidationError(f"{organisation} is no party whose consent is waited for.")
        consent = Consent(
            move=move, organisation=organisation, given_by=" ".join(given_by.split()),
            given_on=given_on, how=" ".join(how.split()), recorded_at=now(),
            recorded_by_name=actor_of(by).name[:300],
        )  # fmt: skip
        consent.full_clean(exclude=["move", "organisation"])
        consent.save()
        if not waited_for(move):
            _move_date(by, version, move)
    return move


def withdraw_end(*, by, move: EndMove, reason: str = "") -> EndMove:
    """Withdraw a proposed end date; the date stays as it is."""
    with act(by=by, verb="end_move.withdrawn", subject=move.version.document, reason=reason):
        version, move = _locked(move)
        require(may_edit(by, version.document))
        _check_open(move, version)
        move.withdrawn_at = now()
        move.row_version += 1
        move.save()
    return move


def waited_for(move: EndMove) -> list[Organisation]:
    """The parties whose consent to a move is not recorded yet."""
    rows = Consent.objects.filter(move=move).select_related("organisation__merged_into")
    given = {row.organisation.surviving.pk for row in rows}
    return [body for body in parties_of(move.version) if body.pk not in given]


def _move_date(by, version: Version, move: EndMove) -> None:
    with act(by=by, verb="end_move.done", subject=version.document, reason=move.reason):
        version.ends_on = move.to_on
        version.row_version += 1
        version.save()
        move.done_at = now()
        move.row_version += 1
        move.save()
        keep_up([version.document_id])


def _check_open(move: EndMove, version: Version) -> None:
    if not move.is_open:
        raise ValidationError("This proposal is closed.")
    if not version.is_governing:
        raise ValidationError(f"{version} is no longer in force.")


def _locked(move: EndMove) -> tuple[Version, EndMove]:
    version = lock_version(move.version)
    found = EndMove.objects.select_for_update(of=("self",)).get(pk=move.pk)
    found.version = version
    return version, found
