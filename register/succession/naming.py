"""Which entries name a body, and who took the place of a split body in which of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from agreements.flows.models import GroupMember
from register.core.dates import today
from register.directory.models import Organisation
from register.directory.survivors import Between, Taken
from register.documents.lifecycle import GOVERNING, PREPARING
from register.documents.models import Document, Party, Version
from register.signing.models import Slot
from register.succession.models import Kind, Takeover

LIVING = (*GOVERNING, *PREPARING)


def records_under(organisation_id: int) -> set[int]:
    """A record and every record that was merged into it, by whatever stands for it today. One statement."""
    rows = Organisation.objects.filter(merged_into__isnull=False)
    into = dict(rows.values_list("pk", "merged_into_id"))
    found, new = {organisation_id}, {organisation_id}
    while new := {pk for pk, last in into.items() if last in new} - found:
        found |= new
    return found


def entries_naming(organisation_id: int) -> QuerySet[Document]:
    """The entries in force or in preparation in which a body, by any of its records, is named, signs,
    leads or belongs to a group.
    """
    records = records_under(organisation_id)
    parties = Party.objects.filter(organisation_id__in=records, version__state__in=LIVING)
    slots = Slot.objects.standing().filter(organisation_id__in=records, version__state__in=LIVING)
    members = GroupMember.objects.current(today()).filter(organisation_id__in=records)
    living = Version.objects.filter(state__in=LIVING).values("document_id")
    named = (
        Q(pk__in=parties.values("version__document_id"))
        | Q(pk__in=slots.values("version__document_id"))
        | Q(pk__in=members.values("document_id"))
        | Q(lead_id__in=records)
    )
    return Document.objects.filter(named, pk__in=living).order_by("reference")


def taken(
    document_ids: Iterable[int] | None, on: date | None, between: Between | None = None
) -> Taken:
    """Who took the place of a body that was split, by entry and body, by a day. One statement."""
    rows = Takeover.objects.filter(
        succession__kind=Kind.SPLIT, done_at__isnull=False, successor__isnull=False
    )
    if document_ids is not None:
        rows = rows.filter(document_id__in=list(document_ids))
    if between is not None:
        rows = rows.filter(Q(body__in=between.givers) | Q(successor__in=between.takers))
    if on is not None:
        rows = rows.filter(succession__on__lte=on)
    pairs = rows.order_by("pk").values_list("document_id", "body_id", "successor_id")
    return {(document, body): successor for document, body, successor in pairs}
