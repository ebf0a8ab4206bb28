"""The parts of somebody's work that are places to sign in the entries that they look after."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from register.chasing.permissions import keeps_any
from register.chasing.reading import LONG_DAYS, ORDER, long_waiting, stuck, with_everything
from register.chasing.statuses import Line, lines_of
from register.core.dates import words
from register.signing.models import Slot
from register.worklist.parts import ME, OTHERS, Item, Source, put_entry_off
from register.worklist.putting_off import Hidden

ACTS = {
    "remind": "Remind them",
    "replace": "Ask somebody else",
    "ask": "Ask somebody",
}


def _long(user, hidden: Hidden) -> QuerySet[Slot]:
    if not keeps_any(user):
        return Slot.objects.none()
    rows = with_everything(long_waiting(user))
    return hidden.without(rows, "version__document_id", "organisation_id")


def _stuck(user, hidden: Hidden) -> QuerySet[Slot]:
    if not keeps_any(user):
        return Slot.objects.none()
    rows = with_everything(stuck(user))
    return hidden.without(rows, "version__document_id", "organisation_id")


def _items(user, slots: list[Slot]) -> list[Item]:
    return [_item(line) for line in lines_of(slots)]


def _item(line: Line) -> Item:
    version = line.slot.version
    reference = version.document.reference
    address = reverse("chasing:signatories", args=[reference])
    return Item(
        title=version.title, address=address, reference=reference, says=_says(line),
        act=ACTS.get(line.next_act, "See what to do"), act_address=address, day=line.sign_by,
        day_words="Sign by", is_late=line.is_late,
        put_off=put_entry_off(reference, line.slot.organisation_id), who=_who(line),
    )  # fmt: skip


def _says(line: Line) -> str:
    since = f" since {words(line.since)}" if line.since else ""
    said = f"{line.words}{since}"
    if line.last_reminder:
        return f"{said}, last reminder {words(line.last_reminder)}"
    return f"{said}, no reminder yet" if line.asked else said


def _who(line: Line) -> list[str]:
    names = [each.request.person.name for each in line.asked]
    if not names and line.signature is not None:
        names = [line.signature.person_name]
    names = names or line.holders or [line.slot.post_called or "nobody named"]
    return [f"{' or '.join(names)}, {line.slot.organisation.called}"]


STUCK = Source("stuck", "Refused, returned or did not arrive", ME, _stuck, _items, ORDER, True)
LONG = Source(
    "long", f"Waiting for signature more than {LONG_DAYS} days", OTHERS, _long, _items, ORDER,
    together="chasing:waiting?show=long",
)  # fmt: skip
