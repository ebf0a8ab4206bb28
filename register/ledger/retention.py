"""How long each kind of record is kept, legal holds, and disposal with a preview."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, Protocol

from django.core.exceptions import ValidationError
from django.db import models

from register.core.dates import add_months, today
from register.ledger.acts import act, keep
from register.ledger.models import Hold, RetentionRule, Trace

TRACES = "address and browser"
AGREEMENTS = "ended agreement"
UNUSED_DRAFTS = "unused draft"

# Until an administrator changes one: (kept for how many months, counted from, note).
DEFAULTS = {
    AGREEMENTS: (72, "the end of the agreement", "Then reviewed, not removed by itself."),
    TRACES: (12, "the sign-in or act", "Removed for good."),
    UNUSED_DRAFTS: (24, "the last change", "Ended by the system; nothing is deleted."),
}


class Dispose(Protocol):
    """Disposes of what is older than a day, or with `dry_run` only says what it would take."""

    def __call__(self, *, by, before: date, dry_run: bool) -> Iterable[str]: ...


class Disposal(NamedTuple):
    """What was disposed of, or would be: the kind, the day it had to be older than, the records."""

    kind: str
    before: date
    records: list[str]


disposers: dict[str, Dispose] = {}


def rules() -> list[RetentionRule]:
    """The rule for every kind: as an administrator set it, else the default (not stored)."""
    stored = {rule.kind: rule for rule in RetentionRule.objects.all()}
    return [stored.get(kind) or _default(kind) for kind in sorted({*DEFAULTS, *stored})]


def rule_for(kind: str) -> RetentionRule:
    """The rule for one kind of record."""
    return RetentionRule.objects.filter(kind=kind).first() or _default(kind)


def change_rule(*, by, kind: str, months: int, after: str = "", note: str = "") -> RetentionRule:
    """Set how many months a kind of record is kept; a month at least."""
    if not isinstance(months, int) or not 1 <= months <= 1200:
        raise ValidationError({"months": "Enter the months to keep it for, from 1 to 1200."})
    rule = rule_for(kind)
    rule.months, rule.after, rule.note = months, after or rule.after, note or rule.note
    with act(by=by, verb="retention.changed", subject=rule, quiet=True):
        keep(rule)
    return rule


def hold(*, by, subject: models.Model, reason: str, until: date | None = None) -> Hold:
    """Put a legal hold on a record: it is not disposed of until the day given, or the release."""
    if not reason.strip():
        raise ValidationError({"reason": "Give the reason for the hold."})
    with act(by=by, verb="hold.placed", subject=subject, reason=reason):
        row = Hold(
            subject_model=subject._meta.label_lower,
            subject_pk=str(subject.pk),
            reason=reason.strip(),
            starts_on=today(),
            ends_on=until,
        )
        row.save()
    return row


def release(*, by, hold: Hold, reason: str = "") -> Hold:
    """End a legal hold today."""
    with act(by=by, verb="hold.released", subject=hold, reason=reason):
        hold.ends_on = today()
        hold.save()
    return hold


def held(model: type[models.Model]) -> set[str]:
    """The keys, as text, of the records of a model that are on legal hold today."""
    holds = Hold.objects.filter(subject_model=model._meta.label_lower, starts_on__lte=today())
    holds = holds.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=today()))
    return set(holds.values_list("subject_pk", flat=True))


def dispose(*, by, dry_run: bool = False) -> list[Disposal]:
    """Dispose of what no rule keeps any longer; with `dry_run` only say what would go."""
    done = []
    for kind, disposer in {TRACES: _dispose_of_traces, **disposers}.items():
        before = add_months(today(), -rule_for(kind).months)
        records = list(disposer(by=by, before=before, dry_run=dry_run))
        done.append(Disposal(kind, before, records))
    return done


def _dispose_of_traces(*, by, before: date, dry_run: bool) -> list[str]:
    old = Trace.objects.filter(at__date__lt=before)
    for model, keys in _held_subjects().items():
        old = old.exclude(entry__subject_model=model, entry__subject_pk__in=keys)
    count = old.count()
    if count and not dry_run:
        with act(by=by, verb="traces.disposed", detail={"count": count, "before": str(before)}):
            old.delete()
    return [f"{count} addresses and browsers"] if count else []


def _held_subjects() -> dict[str, set[str]]:
    holds: dict[str, set[str]] = {}
    rows = Hold.objects.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=today()))
    for hold_row in rows:
        holds.setdefault(hold_row.subject_model, set()).add(hold_row.subject_pk)
    return holds


def _default(kind: str) -> RetentionRule:
    months, after, note = DEFAULTS[kind]
    return RetentionRule(kind=kind, months=months, after=after, note=note)
