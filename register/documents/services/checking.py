"""Asking the rules of whole registers, keeping the answers, and marking them stale when an input changes."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet

from register.core.dates import now
from register.core.verdicts import require
from register.directory.models import Partnership
from register.documents.case import BATCH, Case, cases_of
from register.documents.models import BrokenRule, Check, Document, PartnershipRule, Party
from register.documents.permissions import may_set_rules
from register.documents.rules import findings_of, rules_of
from register.documents.score import score_of
from register.documents.tiers import TIERS
from register.ledger.acts import act
from register.ledger.entries import in_batches
from register.search.models import Row

WRITTEN = 100  # answers to documents that are written at a time
ANSWER = ["version", "checked_at", "is_stale", "bars", "warnings", "score"]
FINDING = ("code", "is_bar", "says", "task", "lineage")


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
        if _mark(Check.objects.filter(document_id__in=batch)) < len(batch):
            _make(batch)


def mark_below_stale(document_ids: Iterable[int]) -> None:
    """Say the same of everything under charters and protocols that have changed."""
    ids = list(document_ids)
    if not ids:
        return
    for document in Document.objects.filter(pk__in=ids, tier__lt=3):
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


def _mark(rows: QuerySet[Check]) -> int:
    return rows.update(is_stale=True, changes=F("changes") + 1)


def _make(document_ids: list[int]) -> None:
    """Make the rows that are still missing; new ones are stale."""
    Check.objects.bulk_create((Check(document_id=pk) for pk in document_ids), ignore_conflicts=True)


def _check_batch(ids: list[int]) -> None:
    before = _states(ids)
    if len(before) < len(ids):
        _make(ids)
        before = _states(ids)
    known = _known(ids)
    shown = dict(Row.objects.filter(pk__in=ids).values_list("document_id", "version_id"))
    cases = cases_of(pk for pk in shown.values() if pk is not None)
    answers = {case.document.pk: _answer(case) for case in cases.values()}
    # Everything is worked out by now: others wait only while a part of it is written.
    for some in in_batches(sorted(answers), WRITTEN):
        with transaction.atomic():
            held = Check.objects.select_for_update().filter(pk__in=some).order_by("pk")
            # What changed while the rules were asked stays stale and is asked again.
            same = [row for row in held if (row.changes, row.checked_at) == before.get(row.pk)]
            _keep([answers[row.pk] for row in same], known)


def _states(ids: list[int]) -> dict[int, tuple]:
    """By document what changes with every change of an input, and with every answer that is kept."""
    rows = Check.objects.filter(pk__in=ids).values_list("pk", "changes", "checked_at")
    return {pk: (changes, checked_at) for pk, changes, checked_at in rows}


def _known(ids: list[int]) -> dict[int, dict[tuple, int]]:
    """By document the findings that are kept, each with its row."""
    found: dict[int, dict[tuple, int]] = {pk: {} for pk in ids}
    rows = BrokenRule.objects.filter(document_id__in=ids).order_by()
    for pk, document, *finding in rows.values_list("pk", "document_id", *FINDING):
        found[document][tuple(finding)] = pk
    return found


def _answer(case: Case) -> tuple[Check, dict[tuple, BrokenRule]]:
    found = [_broken(case.document, finding) for finding in findings_of(case)]
    broken = {tuple(getattr(each, name) for name in FINDING): each for each in found}
    bars = sum(each.is_bar for each in broken.values())
    row = Check(
        document=case.document,
        version=case.version,
        checked_at=now(),
        is_stale=False,
        bars=bars,
        warnings=len(broken) - bars,
        score=score_of(case).value,
    )
    return row, broken


def _keep(answers: list[tuple[Check, dict[tuple, BrokenRule]]], known: dict) -> None:
    """Write answers: the findings that are new go in, those that hold no longer go out."""
    stale = [pk for row, found in answers for key, pk in known[row.pk].items() if key not in found]
    if stale:
        BrokenRule.objects.filter(pk__in=stale).delete()
    BrokenRule.objects.bulk_create(
        [each for row, found in answers for key, each in found.items() if key not in known[row.pk]],
        batch_size=BATCH,
    )
    Check.objects.bulk_create(
        [row for row, _ in answers],
        update_conflicts=True,
        unique_fields=["document"],
        update_fields=ANSWER,
    )


def _broken(document: Document, finding) -> BrokenRule:
    return BrokenRule(
        document=document,
        code=finding.code,
        is_bar=finding.is_bar,
        says=finding.says,
        task=finding.task,
        lineage=finding.where.lineage,
    )
