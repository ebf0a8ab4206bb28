"""What the worker does for consultations: people who left their body read the drafts no longer."""

from __future__ import annotations

from register.consultation.models import Consultee, Editor
from register.documents.services.keeping_up import keep_up
from register.jobs.items import each_batch
from register.jobs.registry import DAILY, Job
from register.ledger.acts import act

BATCH = 500


def keep_readers() -> int:
    """Bring those who read drafts for now into line with their appointments; how many documents."""
    asked = Consultee.objects.open().filter(person__isnull=False)
    rows = asked.order_by().values_list("version__document_id", flat=True)
    editors = Editor.objects.open().order_by().values_list("version__document_id", flat=True)
    ids = set(rows.union(editors))
    return each_batch("consultation_readers", sorted(ids), _keep, size=BATCH, named="entry")


def _keep(ids: list[int]) -> None:
    with act(by="system:readers", verb="readers.kept", quiet=True):
        keep_up(ids)


JOBS = [Job("consultation_readers", DAILY, keep_readers, "Keeps who reads drafts")]
