"""What an officer does with many requests at once, also across entries: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError

from register.documents.models import Version
from register.ledger.acts import act
from register.signing import services as signing
from register.signing.models import SigningRequest, SigningRound

NOBODY = "Select somebody who is asked and has not answered."


def extend_many(*, by, requests: Sequence[SigningRequest], sign_by: date) -> list[SigningRound]:
    """Give more time in every version to which some requests belong; everybody asked there has it."""
    versions = _versions(requests)
    with act(by=by, verb="rounds.extended", quiet=True) as this:
        this.detail["entries"] = len(versions)
        rounds = {row.version_id: row for row in SigningRound.objects.filter(version__in=versions)}
        done = []
        for version in versions:
            found = rounds.get(version.pk)
            if found is None:
                raise ValidationError(
                    f"{version} was not sent with a day to sign by, so there is none to put off."
                )
            done.append(
                signing.extend(
                    by=by, version=version, sign_by=sign_by, row_version=found.row_version
                )
            )
    return done


def cancel_many(*, by, requests: Sequence[SigningRequest], reason: str) -> int:
    """Cancel requests, for one reason; what somebody has answered meanwhile stays. How many."""
    rows = sorted(requests, key=lambda row: (row.slot.version.document_id, row.slot_id, row.pk))
    if not rows:
        raise ValidationError(NOBODY)
    with act(by=by, verb="requests.cancelled", reason=reason, quiet=True) as this:
        still = set(
            SigningRequest.objects.open()
            .filter(pk__in=[r.pk for r in rows])
            .values_list("pk", flat=True)
        )
        for row in rows:
            if row.pk in still:
                signing.cancel(by=by, request=row, reason=reason)
        this.detail["requests"] = len(still)
    return len(still)


def _versions(requests: Sequence[SigningRequest]) -> list[Version]:
    found = {row.slot.version_id: row.slot.version for row in requests if row.is_open}
    if not found:
        raise ValidationError(NOBODY)
    return sorted(found.values(), key=lambda version: (version.document_id, version.pk))
