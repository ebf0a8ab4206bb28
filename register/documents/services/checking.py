"""Asking the rules of whole registers, keeping the answers, and marking them stale when an input changes."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet

from register.core.dates import now
from register.core.verdicts import require
from register.directory.models import Partnership
from register.documents.case import BATCH, cases_of
from register.documents.models import BrokenRule, Check, Document, PartnershipRule, Party
from register.documents.permissions import may_set_rules
from register.documents.rules import findings_of, rules_of
from register.documents.score import score_of
from register.documents.tiers import TIERS
from register.ledger.acts import act
from register.search.models import Row


def check_documents(document_ids: Iterable[int]) -> int:
    """Ask every rule of the shown versions of documents and keep the answers; returns how many.

    The same few statements for each batch of 500. Writes only what is derived, so it needs no act;
    nothing is locked while the rules are asked.
    """
    ids = list(dict.fromkeys(document_ids))
    for start in range(0, len(ids), BATCH):
        _check_batch(ids[start : start + BATCH])
    return len(ids)


def mark_stale(document_ids: Iterable[int]) -> None:
    """Say that the kept answers for documents no longer hold, because an input has changed."""
    ids = list(dict.fromkeys(document_ids))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        _mark(Check.objects.filter(document_id__in=batch))
        Check.objects.bulk_create((Check(document_id=pk) for pk in batch), ignore_conflicts=True)


def mark_below_stale(document_ids: Iterable[int]) -> None:
    """Say the same of everything under charters and protocols that have changed."""
    above = Document.objects.filter(pk__in=list(document_ids), tier__lt=3)
    for document in above:
        children = Document.objects.filter(TIERS[document.tier + 1].under(document))
        _mark(Check.objects.filter(document__in=children.values("pk")))
        if document.tier == 1:
            mark_below_stale(children.values_list("pk", flat=True))


def stale_by(cause, touches, *, by) -> None:
    """Say the same of every document that a change touches, inside the act that made it."""
    mark_stale(touch.pk for touch in touches if touch.subject == "document")


def follow_inputs(kind: str, pks: set[int]) -> None:
    """Say the same where a list, a body or a community has changed on which answers rest."""
    if kind == "list":
        mark_all_stale()
    elif kind == "body":
        named = Party.objects.filter(organisation_id__in=pks).values("version__document_id")
        _mark(Check.objects.filter(document_id__in=named))
    elif kind == "community":
        rows = Row.objects.filter(community_id__in=pks)
        _mark(Check.objects.filter(document_id__in=rows.values("document_id")))


def mark_all_stale(partnership: Partnership | None = None) -> None:
    """Say that no kept answer holds any more: of one partnership, or of the whole register."""
    rows = Check.objects.all()
    if partnership is not None:
        rows = rows.filter(document__partnership=partnership)
    _mark(rows)


def set_rule(*, by, partnership: Partnership, code: str, is_bar: bool, reason: str) -> None:
    """Make a rule that only warns a bar in a partnership, or let it only warn again.

    Raises ValidationError for a rule that is a bar everywhere, or without a reason.
    """
    every = {rule.code: rule for tier in (1, 2, 3) for rule in rules_of(tier)}
    with act(by=by, verb="rule.set", subject=partnership, reason=reason, detail={"rule": code}):
        require(may_set_rules(by, partnership))
        if code not in every:
            raise ValidationError({"code": f"There is no rule {code}."})
        if every[code].is_bar:
            raise ValidationError({"code": f"Rule {code} is a bar in every partnership."})
        if not reason.strip():
            raise ValidationError({"reason": "Say why."})
        row = PartnershipRule.objects.filter(partnership=partnership, code=code).first()
        row = row or PartnershipRule(partnership=partnership, code=code)
        row.is_bar, row.reason = is_bar, reason
        row.save()
        mark_all_stale(partnership)


def _mark(rows: QuerySet[Check]) -> None:
    rows.update(is_stale=True, changes=F("changes") + 1)


def _check_batch(ids: list[int]) -> None:
    Check.objects.bulk_create((Check(document_id=pk) for pk in ids), ignore_conflicts=True)
    before = dict(Check.objects.filter(pk__in=ids).values_list("pk", "changes"))
    shown = dict(Row.objects.filter(pk__in=ids).values_list("document_id", "version_id"))
    cases = cases_of(pk for pk in shown.values() if pk is not None)
    answers = {case.document.pk: (case, findings_of(case)) for case in cases.values()}
    with transaction.atomic():
        held = Check.objects.select_for_update().filter(pk__in=ids)
        # What changed while the rules were asked stays stale and is asked again.
        same = [row for row in held if row.changes == before.get(row.pk)]
        _keep([row for row in same if row.pk in answers], answers)


def _keep(rows: list[Check], answers: dict) -> None:
    broken = []
    for row in rows:
        case, found = answers[row.pk]
        row.version, row.checked_at, row.is_stale = case.version, now(), False
        row.bars = sum(finding.is_bar for finding in found)
        row.warnings = len(found) - row.bars
        row.score = score_of(case).value
        broken += [_broken(case.document, finding) for finding in found]
    columns = ["version", "checked_at", "is_stale", "bars", "warnings", "score"]
    Check.objects.bulk_update(rows, columns)
    BrokenRule.objects.filter(document_id__in=[row.pk for row in rows]).delete()
    BrokenRule.objects.bulk_create(broken, batch_size=BATCH)


def _broken(document: Document, finding) -> BrokenRule:
    return BrokenRule(
        document=document,
        code=finding.code,
        is_bar=finding.is_bar,
        says=finding.says,
        task=finding.task,
        lineage=finding.where.lineage,
    )
