"""How long each kind of record is kept, legal holds, and disposal with a preview."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from django.core.exceptions import ValidationError
from django.db import models

from register.core.dates import add_months, today
from register.ledger.actors import PERSON
from register.ledger.acts import act, keep
from register.ledger.models import AccessEvent, Change, Hold, RetentionRule, Trace

TRACES = "address and browser"
ACCESS = "access event"
AGREEMENTS = "ended agreement"
UNUSED_DRAFTS = "unused draft"
CONTACTS = "contact details of somebody who left"
MESSAGES = "sent message"
CONCERNS = "closed breach or concern"
PEOPLE, LOGINS = "directory.person", "accounts.user"

# Until an administrator changes one: (kept for how many months, counted from, note).
DEFAULTS = {
    AGREEMENTS: (
        72,
        "the end of the agreement, protocol or charter",
        "Then listed for disposal, which two administrators decide; reference, dates and hash remain.",
    ),
    # UK GDPR, Article 33(5): every personal data breach is documented, so that the ICO can verify it.
    CONCERNS: (
        72,
        "the day it was closed",
        "Until then the entry that it is recorded on is kept too, and with it what was done about it.",
    ),
    TRACES: (12, "the sign-in or act", "Removed for good."),
    ACCESS: (24, "the sign-in, refusal or download", "Removed for good."),
    CONTACTS: (24, "the last appointment", "Then listed for disposal; the name stays."),
    MESSAGES: (12, "the day it was sent", "Words and address are removed; that it was sent stays."),
    UNUSED_DRAFTS: (
        24,
        "the last change",
        "Then listed for disposal: the draft is ended; nothing is deleted.",
    ),
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
# What rooms above say that holds cover besides the records that they name: given the keys of the
# held records by the label of their model, each answers further keys by the label of theirs.
COVERS: list[Callable[[dict[str, set[str]]], dict[str, set[str]]]] = []
BATCH = 2_000


def rules() -> list[RetentionRule]:
    """The rule for every kind: as an administrator set it, else the default (not stored)."""
    stored = {rule.kind: rule for rule in RetentionRule.objects.all()}
    return [stored.get(kind) or _default(kind) for kind in sorted({*DEFAULTS, *stored})]


def rule_for(kind: str) -> RetentionRule:
    """The rule for one kind of record."""
    return RetentionRule.objects.filter(kind=kind).first() or _default(kind)


def change_rule(
    *, by, kind: str, months: int, after: str = "", note: str = "", reason: str = ""
) -> RetentionRule:
    """Set how many months a kind of record is kept; a month at least."""
    if not isinstance(months, int) or not 1 <= months <= 1200:
        raise ValidationError({"months": "Enter the months to keep it for, from 1 to 1200."})
    rule = rule_for(kind)
    rule.months, rule.after, rule.note = months, after or rule.after, note or rule.note
    with act(by=by, verb="retention.changed", subject=rule, reason=reason, quiet=True):
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
    """The keys, as text, of the records of a model that are on legal hold today, or covered by one."""
    return held_records().get(model._meta.label_lower, set())


def standing_holds() -> models.QuerySet[Hold]:
    """The legal holds that stand today."""
    day = today()
    open_or_later = models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=day)
    return Hold.objects.filter(open_or_later, starts_on__lte=day)


def held_records() -> dict[str, set[str]]:
    """By the label of a model: the keys of the records on legal hold today, and of those covered."""
    holds: dict[str, set[str]] = {}
    for label, key in standing_holds().values_list("subject_model", "subject_pk"):
        holds.setdefault(label, set()).add(key)
    for covers in COVERS if holds else []:
        for label, keys in covers(holds).items():
            holds.setdefault(label, set()).update(keys)
    return holds


def dispose(*, by, dry_run: bool = False) -> list[Disposal]:
    """Dispose of what no rule keeps any longer; with `dry_run` only say what would go."""
    done = []
    own = {TRACES: _dispose_of_traces, ACCESS: _dispose_of_access}
    for kind, disposer in {**own, **disposers}.items():
        before = add_months(today(), -rule_for(kind).months)
        records = list(disposer(by=by, before=before, dry_run=dry_run))
        done.append(Disposal(kind, before, records))
    return done


def erase_old_access(*, by) -> int:
    """Erase the addresses, browsers and access events that no rule keeps any longer; how many."""
    erased = 0
    for kind, erase in ((TRACES, _erase_traces), (ACCESS, _erase_access)):
        erased += erase(by=by, before=add_months(today(), -rule_for(kind).months))
    return erased


def old_traces(before: date) -> models.QuerySet[Trace]:
    """Addresses and browsers of before a day that no hold keeps."""
    old = Trace.objects.filter(at__date__lt=before)
    for model, keys in held_records().items():
        changes = Change.objects.filter(entry_id=models.OuterRef("entry_id"))
        about = changes.filter(about_model=model, about_pk__in=keys)
        old = old.exclude(entry__subject_model=model, entry__subject_pk__in=keys)
        old = old.exclude(models.Exists(about))
    if people := held_records().get(PEOPLE):
        old = old.exclude(entry__actor_kind=PERSON, entry__actor_id__in=people)
    return old


def old_access(before: date) -> models.QuerySet[AccessEvent]:
    """Access events of before a day that no hold keeps, nor the database itself."""
    newest = AccessEvent.objects.aggregate(at=models.Max("at"))["at"]
    if newest is None:
        return AccessEvent.objects.none()
    # The database itself keeps the last weeks before the newest event.
    weeks = timedelta(days=AccessEvent.erasable_after_days + 1)
    old = AccessEvent.objects.filter(at__date__lt=before, at__lt=newest - weeks)
    names = held_records().get(LOGINS, set())
    return old.exclude(user_id__in=names) if names else old


def _dispose_of_traces(*, by, before: date, dry_run: bool) -> list[str]:
    count = old_traces(before).count() if dry_run else _erase_traces(by=by, before=before)
    return [f"{count} addresses and browsers"] if count else []


def _dispose_of_access(*, by, before: date, dry_run: bool) -> list[str]:
    count = old_access(before).count() if dry_run else _erase_access(by=by, before=before)
    return [f"{count} access events"] if count else []


def _erase_traces(*, by, before: date) -> int:
    return _erase(old_traces(before), "traces.disposed", by, before)


def _erase_access(*, by, before: date) -> int:
    old = old_access(before)
    # Where they came from goes first: a row of it names the event.
    _erase(Trace.objects.filter(access__in=old), "traces.disposed", by, before)
    return _erase(old, "access.disposed", by, before)


def _erase(old: models.QuerySet, verb: str, by, before: date) -> int:
    if not old.exists():
        return 0
    with act(by=by, verb=verb, detail={"before": str(before)}) as this:
        count = 0
        while keys := list(old.order_by("pk").values_list("pk", flat=True)[:BATCH]):
            rows: models.QuerySet = models.QuerySet(old.model).filter(pk__in=keys)
            count += rows._raw_delete("default")
        this.detail["count"] = count
    return count


def _default(kind: str) -> RetentionRule:
    months, after, note = DEFAULTS[kind]
    return RetentionRule(kind=kind, months=months, after=after, note=note)
