"""What the register learnt only later about a day: told beside the page of that day, never mixed into it."""

from __future__ import annotations

from register.core.dates import LONDON, words
from register.documents.lifecycle import State
from register.documents.models import Document, Suspension, Transition, Version
from register.past.moments import Moment
from register.signing.models import Signature


def later_of(version_ids: list[int], document: Document, moment: Moment) -> list[str]:
    """What was recorded after a moment about that day or an earlier one, in sentences.

    `version_ids` are the versions that were known by then and that the reader may read.
    """
    return [
        *_signatures(version_ids, moment),
        *_beginnings(version_ids, moment),
        *_endings(version_ids, moment),
        *_suspensions(document, moment),
    ]


def _signatures(version_ids: list[int], moment: Moment) -> list[str]:
    rows = Signature.objects.filter(
        slot__version_id__in=version_ids,
        recorded_at__gt=moment.instant,
        signed_on__lte=moment.day,
    )
    return [
        f"{row.get_kind_display()} by {row.person_name} for {row.body_name} on "
        f"{words(row.signed_on)}: recorded on {_day(row.recorded_at)}."
        for row in rows.order_by("pk")
    ]


def _beginnings(version_ids: list[int], moment: Moment) -> list[str]:
    rows = Version.objects.filter(pk__in=version_ids, in_force_on__lte=moment.day)
    moves = _moved(version_ids, State.IN_FORCE, moment)
    return [
        f"Version {row.number} in force from {words(row.in_force_on)}: recorded on "
        f"{_day(moves[row.pk])}."
        for row in rows.order_by("number")
        if row.pk in moves
    ]


def _endings(version_ids: list[int], moment: Moment) -> list[str]:
    rows = Version.objects.filter(
        pk__in=version_ids, ended_on__lte=moment.day, state__in=[State.ENDED, State.SUPERSEDED]
    )
    moves = _moved(version_ids, State.ENDED, moment) | _moved(version_ids, State.SUPERSEDED, moment)
    return [
        f"Version {row.number} {row.get_state_display().lower()} on {words(row.ended_on)}: "
        f"recorded on {_day(moves[row.pk])}."
        for row in rows.order_by("number")
        if row.pk in moves
    ]


def _moved(version_ids: list[int], state: str, moment: Moment) -> dict:
    """When versions came to a state for the first time, of those that came there after the moment only."""
    found: dict = {}
    rows = Transition.objects.filter(version_id__in=version_ids, to_state=state)
    for pk, at in rows.order_by("at", "pk").values_list("version_id", "at"):
        found.setdefault(pk, at)
    return {pk: at for pk, at in found.items() if at > moment.instant}


def _suspensions(document: Document, moment: Moment) -> list[str]:
    rows = Suspension.objects.filter(document_id=document.pk, starts_on__lte=moment.day)
    first = Suspension.history.filter(history_type="+", history_date__gt=moment.instant)
    recorded = dict(first.filter(document_id=document.pk).values_list("id", "history_date"))
    return [
        f"Sharing suspended from {words(row.starts_on)}: recorded on {_day(recorded[row.pk])}."
        for row in rows.select_related("party").order_by("pk")
        if row.pk in recorded
    ]


def _day(instant) -> str:
    return words(instant.astimezone(LONDON).date())
