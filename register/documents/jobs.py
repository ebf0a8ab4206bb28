"""What the worker does for documents: versions whose day has come, readers whose membership changed."""

from __future__ import annotations

from django.db.models import Q

from register.core.dates import today
from register.directory.models import Membership
from register.directory.survivors import records_naming
from register.documents.case import BATCH
from register.documents.models import Check, Document, Party, Reader, Version
from register.documents.services.checking import check_documents, mark_all_stale, mark_stale
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_version
from register.documents.services.moving import commence_if_met
from register.jobs.items import each, each_batch
from register.jobs.registry import DAILY, Job, Queue
from register.ledger.acts import act

SYSTEM = "system:commence"


def commence() -> int:
    """Bring into force what is signed and whose day has come; returns how many versions."""
    return each(
        "commence", Version.objects.due_to_commence(today()).select_related("document"), _commence,
        key=lambda version: f"version {version.pk}",
        partnership=lambda version: version.document.partnership_id,
    )  # fmt: skip


def _commence(version: Version) -> bool:
    with act(by=SYSTEM, verb="version.day_came", subject=version, quiet=True):
        return commence_if_met(lock_version(version), by=SYSTEM).is_governing


def keep_readers() -> int:
    """Bring readers into line with memberships that began or ended since; returns how many documents."""
    day = today()
    ended = Reader.objects.filter(membership__ends_on__lt=day).values_list("document_id", flat=True)
    members = Membership.objects.filter(starts_on=day).order_by()
    begun = records_naming(members.values_list("organisation_id", flat=True))
    named = Party.objects.filter(organisation_id__in=begun)
    led = Document.objects.filter(lead_id__in=begun)
    ids = {*ended, *named.values_list("version__document_id", flat=True)}
    ids |= set(led.values_list("pk", flat=True))
    return each_batch("readers", sorted(ids), _in_an_act, size=BATCH, named="entry")


def bodies_changed(organisation_ids: set[int]) -> None:
    """Follow a body's new name or membership in the documents that name it, inside the act open now."""
    records = records_naming(organisation_ids)
    named = Q(versions__party_rows__organisation_id__in=records)
    led = Q(lead_id__in=records)
    keep_up(Document.objects.filter(named | led).order_by().values_list("pk", flat=True).distinct())


def _in_an_act(ids: list[int]) -> None:
    with act(by="system:readers", verb="readers.kept", quiet=True):
        keep_up(ids)


def check_stale() -> int:
    """Ask the rules again of entries whose inputs have changed; returns how many entries."""
    ids = list(Check.objects.filter(is_stale=True).order_by("pk").values_list("pk", flat=True))
    return each_batch("rules", ids, check_documents, size=BATCH, named="entry")


def check_all() -> int:
    """Mark every answer of the rules stale once a day, because days pass; returns how many."""
    bare = Document.objects.filter(check_row__isnull=True)
    mark_stale(bare.values_list("pk", flat=True))
    mark_all_stale()
    return Check.objects.count()


JOBS = [
    Job("commence", 60, commence, "Brings into force what is signed"),
    Job("readers", DAILY, keep_readers, "Keeps who reads which entry"),
    Job("rules_daily", DAILY, check_all, "Has every entry checked once a day"),
    Job("rules", 15, check_stale, "Checks entries that changed"),
]

QUEUES = [Queue("Entries to check", lambda: Check.objects.filter(is_stale=True))]
