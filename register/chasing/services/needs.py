"""Tasks of what needs the officer who asks for signatures: opened with the message, settled by what follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from register.core.dates import today
from register.core.ripple import Cause, Touch
from register.directory.models import Person
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Document, Version
from register.signing.models import (
    COUNTS_AS_SIGNED,
    RequestMail,
    Signature,
    SigningRequest,
    SigningRound,
    Slot,
)
from register.tasks.models import Outcome, Task, TaskKind
from register.tasks.services import assign, close_tasks, open_tasks

DUE_IN = timedelta(days=7)
SYSTEM = "system:chase"
SETTLED = "Settled by what happened since."
ABOUT_SIGNATURES = ("sign-refused", "sign-returned", "sign-withdrawn")
ABOUT_REQUESTS = ("sign-objected", "sign-question", "sign-bounced")
MISSED = "sign-missed"


def open_for_officer(version: Version, *, says: str, key: str) -> None:
    """Open a task for whoever sent a version out; what `register.signing.emails` calls inside the act."""
    document = version.document
    name = f"{document.reference} {version.title}"
    touch = Touch(
        "document", document.pk, name, document.get_absolute_url(), "", document.tier,
        document.partnership_id,
    )  # fmt: skip
    cause = Cause(TaskKind.OTHER.value, key[:120], says)
    opened = open_tasks(by=SYSTEM, cause=cause, touches=[touch], due_on=today() + DUE_IN)
    asked = getattr(version, "round", None)
    officer = asked.officer if asked else document.owner
    for task in opened:
        if officer is not None and _may_know(officer, document):
            assign(by=SYSTEM, task=task, assignee=officer, row_version=task.row_version)


def settle() -> int:
    """Close the tasks that what happened since has settled: signed, asked again, moved on. How many.

    A fixed number of statements finds them, whatever their number.
    """
    tasks = list(_open_tasks())
    if not tasks:
        return 0
    known = _Known.of(tasks)
    done = [task for task in tasks if known.is_settled(task)]
    if not done:
        return 0
    return len(close_tasks(by=SYSTEM, tasks=done, outcome=Outcome.CHANGED, note=SETTLED))


@dataclass
class _Known:
    """What the tasks are about, as it stands now."""

    slot_of: dict[tuple[str, int], Slot] = field(default_factory=dict)
    requests: dict[int, SigningRequest] = field(default_factory=dict)
    asked_last: dict[int, datetime] = field(default_factory=dict)
    mailed_last: dict[int, int] = field(default_factory=dict)
    missed: dict[int, SigningRound] = field(default_factory=dict)
    last_kind: dict[int, str | None] = field(default_factory=dict)
    still_open: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, tasks: Iterable[Task]) -> _Known:
        """Read what some tasks are about."""
        keys: dict[str, set[int]] = {"signature": set(), "request": set(), "version": set()}
        for task in tasks:
            keys[_kind(task)].add(_pk(task))
        known = cls()
        known._read_slots(keys)
        known._read_rounds(keys["version"])
        return known

    def is_settled(self, task: Task) -> bool:
        """Whether nothing is left to do about a task."""
        kind, pk = _kind(task), _pk(task)
        if kind == "version":
            asked = self.missed.get(pk)
            moved = (
                asked is None or _is_over(asked.version) or (asked.sign_by or today()) >= today()
            )
            return moved or pk not in self.still_open
        slot = self.slot_of.get((kind, pk))
        if slot is None or slot.voided_at or _is_over(slot.version):
            return True
        if self.last_kind[slot.pk] in COUNTS_AS_SIGNED:
            return True
        if task.cause_key.startswith("sign-question"):
            return self.requests[pk].closed_at is not None
        if task.cause_key.startswith("sign-bounced"):
            mail = int(task.cause_key.split(":")[2])
            return self.requests[pk].closed_at is not None or self.mailed_last.get(pk, 0) > mail
        asked_at = self.asked_last.get(slot.pk)
        return asked_at is not None and asked_at > task.opened_at

    def _read_slots(self, keys: dict[str, set[int]]) -> None:
        signatures = dict(
            Signature.objects.filter(pk__in=keys["signature"]).values_list("pk", "slot_id")
        )
        self.requests = SigningRequest.objects.in_bulk(keys["request"])
        ids = {*signatures.values(), *(row.slot_id for row in self.requests.values())}
        slots = Slot.objects.with_last().select_related("version").in_bulk(ids)
        self.last_kind = {pk: slot.last_kind for pk, slot in slots.items()}
        self.slot_of = {("signature", pk): slots[slot] for pk, slot in signatures.items()}
        self.slot_of |= {("request", pk): slots[r.slot_id] for pk, r in self.requests.items()}
        rows = SigningRequest.objects.open().filter(slot__in=ids, asked_at__isnull=False)
        self.asked_last = dict(rows.order_by("asked_at").values_list("slot_id", "asked_at"))
        mails = RequestMail.objects.filter(request__in=keys["request"]).order_by("pk")
        self.mailed_last = dict(mails.values_list("request_id", "pk"))

    def _read_rounds(self, versions: set[int]) -> None:
        rounds = SigningRound.objects.filter(version__in=versions).select_related("version")
        self.missed = {row.version_id: row for row in rounds}
        slots = Slot.objects.open().filter(version__in=versions)
        self.still_open = set(slots.order_by().values_list("version_id", flat=True))


def _open_tasks():
    rows = Task.objects.open().filter(kind=TaskKind.OTHER, cause_key__startswith="sign-")
    known = (*ABOUT_SIGNATURES, *ABOUT_REQUESTS, MISSED)
    return (row for row in rows.order_by("pk") if row.cause_key.split(":")[0] in known)


def _kind(task: Task) -> str:
    name = task.cause_key.split(":")[0]
    if name in ABOUT_SIGNATURES:
        return "signature"
    return "version" if name == MISSED else "request"


def _pk(task: Task) -> int:
    return int(task.cause_key.split(":")[1])


def _is_over(version: Version) -> bool:
    return version.state not in (State.SIGNING, *GOVERNING)


def _may_know(officer: Person, document: Document) -> bool:
    user = officer.user
    return bool(user and Document.objects.visible_to(user).filter(pk=document.pk).exists())
