"""What is read of many places to sign at once: who is asked, what was signed, which messages went."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Min

from register.core.dates import today
from register.directory.models import Appointment
from register.notices.models import Notice
from register.signing.models import Order, RequestMail, Signature, SigningRequest, Slot


def requests_by_slot(keys: list[int]) -> dict[int, list[SigningRequest]]:
    """Every request of some slots, oldest first, with its person and its way to them."""
    rows = SigningRequest.objects.filter(slot__in=keys)
    found: dict[int, list[SigningRequest]] = defaultdict(list)
    for row in rows.select_related("person", "trace", "passed_from__person").order_by("pk"):
        found[row.slot_id].append(row)
    return found


def newest_signatures(keys: list[int]) -> dict[int, Signature]:
    """The row of each slot that says how it stands."""
    rows = Signature.objects.filter(slot__in=keys).order_by("pk")
    return {row.slot_id: row for row in rows}


def newest_mails(keys: list[int]) -> dict[int, RequestMail]:
    """The newest message of each open request of some slots, without those that nobody needed."""
    rows = RequestMail.objects.filter(
        request__slot__in=keys, request__closed_at__isnull=True
    ).exclude(notice__failure=Notice.NOT_NEEDED)
    rows = rows.select_related("notice").defer("notice__text", "notice__html")
    return {row.request_id: row for row in rows.order_by("pk")}


def steps_now(slots: list[Slot]) -> dict[int, int]:
    """For each version that is signed step by step, the step whose turn it is."""
    versions = {
        slot.version_id
        for slot in slots
        if (asked := getattr(slot.version, "round", None)) and asked.order == Order.IN_SEQUENCE
    }
    rows = Slot.objects.open().filter(version__in=versions, is_required=True)
    found = rows.order_by().values("version_id").annotate(now=Min("step"))
    return {row["version_id"]: row["now"] for row in found}


def holders_of(slots: list[Slot]) -> dict[int, list[str]]:
    """The names of those who hold the posts of some slots today."""
    posts = {slot.post_id for slot in slots if slot.post_id and not slot.voided_at}
    rows = Appointment.objects.to_posts().current(today()).filter(post__in=posts)
    found: dict[int, list[str]] = defaultdict(list)
    for post, name in rows.order_by("pk").values_list("post_id", "person__name"):
        found[post or 0].append(name)
    return found
