"""Telling the new holder of a post what the post has signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from register.chasing import emails
from register.chasing.models import Told
from register.core.dates import now, today
from register.directory.models import Appointment
from register.directory.models.people import Capacity
from register.documents.lifecycle import GOVERNING
from register.documents.models import Provenance
from register.jobs.items import each
from register.ledger.acts import act
from register.signing.models import COUNTS_AS_SIGNED, Signature, Slot

SYSTEM = "system:chase"
# Who came longer ago knows what the post signed: a first run tells nobody about history.
NEW_FOR = timedelta(days=60)


def tell_new_holders() -> int:
    """Tell everybody new in a post, once, what was signed in its name and stands; how many people."""
    known = _told()
    rows = [row for row in _new(today()) if f"holder:{row.pk}" not in known]
    signed = _signed({row.post_id for row in rows if row.post_id})
    return each(
        "tell_new_holders", rows, lambda row: _tell(row, signed[row.post_id or 0]),
        key=lambda row: f"appointment {row.pk}",
    )  # fmt: skip


def to_be_told(documents: Iterable[int]) -> list[Appointment]:
    """The appointments whose holders would hear of what their post signed in some entries, if messages
    went about these (keys of entries that are not released). Constant statements.
    """
    slots = (
        Slot.objects.standing()
        .signed()
        .filter(
            version__document__in=list(documents), version__state__in=GOVERNING, post__isnull=False
        )
    )
    rows = Signature.objects.filter(slot__in=slots.values("pk"), kind__in=COUNTS_AS_SIGNED)
    signed = list(rows.order_by("pk").values_list("slot__post_id", "person_id", "signed_on"))
    if not signed:
        return []
    known = _told()
    return [
        row for row in _new(today())
        if f"holder:{row.pk}" not in known and row.starts_on and any(
            post == row.post_id and person != row.person_id and on < row.starts_on
            for post, person, on in signed
        )
    ]  # fmt: skip


def _tell(row: Appointment, signed: list[Signature]) -> bool:
    mine = [s for s in signed if s.person_id != row.person_id
            and row.starts_on and s.signed_on < row.starts_on]  # fmt: skip
    if not mine:
        return False
    with act(by=SYSTEM, verb="holder.told", subject=row.post, quiet=True):
        if emails.new_holder(row, mine) is None:
            return False
        Told.objects.create(key=f"holder:{row.pk}", told_at=now())
    return True


def _new(day: date) -> list[Appointment]:
    rows = Appointment.objects.to_posts().current(day).filter(starts_on__gte=day - NEW_FOR)
    rows = rows.exclude(capacity=Capacity.DEPUTY).select_related(
        "person__contact", "post__organisation"
    )
    return list(rows.order_by("pk"))


def _told() -> set[str]:
    rows = Told.objects.filter(key__startswith="holder:", told_at__gte=now() - 2 * NEW_FOR)
    return set(rows.values_list("key", flat=True))


def _signed(posts: set[int]) -> dict[int, list[Signature]]:
    """The signatures that stand in the name of posts, on what governs."""
    slots = Slot.objects.standing().signed().filter(post__in=posts, version__state__in=GOVERNING)
    slots = slots.exclude(
        version__document__provenance=Provenance.IMPORTED,
        version__document__released_at__isnull=True,
    )
    rows = Signature.objects.filter(slot__in=slots.values("pk"), kind__in=COUNTS_AS_SIGNED)
    rows = rows.select_related("slot__version__document__partnership", "slot__organisation")
    newest = {row.slot_id: row for row in rows.order_by("pk")}
    found: dict[int, list[Signature]] = defaultdict(list)
    for row in newest.values():
        found[row.slot.post_id or 0].append(row)
    return found
