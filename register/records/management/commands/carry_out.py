"""Carries out approved redactions and confirmed disposals as the owner of the tables: `manage.py carry_out`."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from register.records.models import (
    DisposalRun,
    DisposalState,
    RedactionRequest,
    RedactionState,
)
from register.records.services import disposal, redactions


class Command(BaseCommand):
    """Where the worker may not change guarded tables, an operator runs this with MIGRATE_DATABASE_URL."""

    help = "Carry out what two persons decided: redactions and disposals."

    def handle(self, **options) -> None:
        """Do each, and say what became of it."""
        for request in RedactionRequest.objects.filter(state=RedactionState.APPROVED):
            done = redactions.carry_out(request)
            request.refresh_from_db()
            self._say(f"Redaction {request.pk}: {done} places", request)
        for run in DisposalRun.objects.filter(state=DisposalState.CONFIRMED):
            done = disposal.carry_out(run)
            run.refresh_from_db()
            self._say(f"Disposal {run.pk}: {done} records", run)

    def _say(self, what: str, row) -> None:
        waits = row.state in (RedactionState.APPROVED, DisposalState.CONFIRMED)
        if waits and row.needs_owner:
            what += ". It still waits: set MIGRATE_DATABASE_URL to the owner of the tables"
        self.stdout.write(f"{what}.")
