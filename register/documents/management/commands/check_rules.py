"""Prints the broken rules and the score of one entry, or of all of them."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from register.documents.case import BATCH, cases_of
from register.documents.models import Document
from register.documents.rules import findings_of
from register.documents.score import score_of
from register.search.models import Row


class Command(BaseCommand):
    """For each entry: its reference, its score, and each broken rule with its sentence."""

    help = "Ask the rules of one entry, or of every entry."

    def add_arguments(self, parser) -> None:
        parser.add_argument("ref", nargs="?", help="the reference of one entry")

    def handle(self, *args, ref: str | None = None, **options) -> None:
        rows = Row.objects.order_by("pk")
        if ref:
            document = Document.objects.filter(reference__iexact=ref).first()
            if document is None:
                raise CommandError(f"There is no entry {ref}.")
            rows = rows.filter(pk=document.pk)
        last = 0
        while batch := list(rows.filter(pk__gt=last).values_list("pk", "version_id")[:BATCH]):
            last = batch[-1][0]
            for case in cases_of(pk for _, pk in batch if pk is not None).values():
                self._tell(case)

    def _tell(self, case) -> None:
        found, score = findings_of(case), score_of(case)
        told = f"score {score.value} of 100" if score.value is not None else "no score"
        self.stdout.write(f"{case.version}: {told}, {len(found)} broken")
        for finding in found:
            weight = "bar" if finding.is_bar else "warning"
            self.stdout.write(f"  {finding.code}\t{weight}\t{finding.says}")
        for point in score.lost:
            self.stdout.write(f"  {point.code}\tlost point\t{point.says}")
