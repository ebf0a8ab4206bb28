"""Asking for an export of everything, making it, clearing it away; and releasing a restored copy."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import Error, connections
from django.db.models import Q, QuerySet

from register.core.dates import now, today
from register.core.verdicts import require
from register.directory import emails
from register.directory.models import Appointment
from register.everything.exporting import export_everything
from register.everything.models import Export, ExportState
from register.everything.permissions import may_export_everything, may_release
from register.everything.refusals import Refused
from register.jobs.models import RestoredCopy
from register.ledger.actors import actor_of
from register.ledger.acts import act
from register.notices.models import Notice

TRIES = 3
CLAIMED_FOR = timedelta(minutes=5)
BEAT_SECONDS = 60
KEPT_DAYS = 7


def ask(*, by) -> Export:
    """Ask for an export of everything; the worker makes it. One at a time is enough for a person."""
    require(may_export_everything(by))
    with act(by=by, verb="everything.asked"):
        moving = Export.objects.filter(asked_by=by, state__in=["waiting", "working"])
        if moving.exists():
            raise ValidationError("Your export is being made already.")
        return Export.objects.create(asked_by=by, asked_at=now())


def due() -> QuerySet[Export]:
    """Exports that wait, and those whose worker has died."""
    stale = Q(state=ExportState.WORKING, claimed_at__lt=now() - CLAIMED_FOR)
    return Export.objects.filter(Q(state=ExportState.WAITING) | stale).order_by("asked_at", "pk")


def make(row: Export) -> bool:
    """Make a claimed export; a refusal is kept as its sentence. Whether it was made."""
    Export.objects.filter(pk=row.pk).update(tries=row.tries + 1)
    columns: dict[str, object] = {"state": ExportState.DONE}
    try:
        if row.tries >= TRIES:
            raise Refused("Its making was broken off three times. Tell the administrator.")
        with _kept_claimed(row):
            columns |= _made(row)
    except Refused as refused:
        columns = {"state": ExportState.FAILED, "failure": str(refused)}
    Export.objects.filter(pk=row.pk).update(**columns, ended_at=now())
    return columns["state"] == ExportState.DONE


def clear_old() -> int:
    """Delete the files of exports that are a week old; the rows say that they were. Returns how many."""
    old = Export.objects.filter(
        state=ExportState.DONE, ended_at__lt=now() - timedelta(days=KEPT_DAYS)
    )
    for row in old:
        default_storage.delete(row.path)
        Export.objects.filter(pk=row.pk).update(state=ExportState.CLEARED)
    return len(old)


def waiting_copy() -> RestoredCopy | None:
    """The restored copy that waits for its release; None where nothing waits."""
    return RestoredCopy.objects.filter(released_at__isnull=True).order_by("-at").first()


def old_messages(copy: RestoredCopy) -> QuerySet[Notice]:
    """The messages that were written before the copy was restored and never went."""
    return Notice.objects.filter(
        written_at__lte=copy.at, sent_at__isnull=True, given_up_at__isnull=True
    )


def release(*, by, is_old_mail_sent: bool = False, is_inviting: bool = False) -> RestoredCopy:
    """Let a restored copy send messages and do its work again.

    Messages from before are sent, or left out for good. `is_inviting` writes to everybody who has a
    login and a role how to sign in, once. Raises ValidationError where nothing waits.
    """
    require(may_release(by))
    with act(by=by, verb="restored.released") as this:
        waiting = RestoredCopy.objects.select_for_update().filter(released_at__isnull=True)
        copy = waiting.order_by("-at").first()
        if copy is None:
            raise ValidationError("This copy was released already.")
        left_out = 0 if is_old_mail_sent else _leave_out(copy)
        copy.is_old_mail_sent = is_old_mail_sent
        copy.released_at, copy.released_by = now(), actor_of(by).name[:300]
        copy.save()
        waiting.exclude(pk=copy.pk).update(released_at=copy.released_at)
        invited = _invite_again(by, copy) if is_inviting else 0
        this.detail.update(file=copy.name, left_out=left_out, invited=invited)
    return copy


def _leave_out(copy: RestoredCopy) -> int:
    return old_messages(copy).update(given_up_at=now(), claimed_at=None, failure=Notice.NOT_NEEDED)


def _invite_again(by, copy: RestoredCopy) -> int:
    rows = Appointment.objects.to_roles().current(today()).filter(person__user__is_active=True)
    rows = rows.select_related(
        "person__user", "partnership", "membership__partnership", "membership__organisation"
    )
    invited: set[int] = set()
    for row in rows.order_by("pk"):
        if row.person_id not in invited:
            invited.add(row.person_id)
            emails.invitation(row, email=row.person.user.email, by=by, occasion=f":copy {copy.pk}")
    return len(invited)


def _made(row: Export) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="everything-") as folder:
        path = Path(folder) / "everything.zip"
        made = export_everything(path)
        if default_storage.exists(row.path):
            default_storage.delete(row.path)
        with path.open("rb") as file:
            default_storage.save(row.path, File(file))
        size = path.stat().st_size
    return {
        "size": size, "rows": made.rows, "files": made.files, "head": made.head,
        "sha256": made.sha256,
    }  # fmt: skip


@contextmanager
def _kept_claimed(row: Export) -> Iterator[None]:
    """Say every minute that the export is still being made, from a thread of its own."""
    ended = threading.Event()
    thread = threading.Thread(target=_beat, args=(row.pk, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=5)


def _beat(pk: int, ended: threading.Event) -> None:
    while not ended.wait(BEAT_SECONDS):
        try:
            Export.objects.filter(pk=pk).update(claimed_at=now())
        except Error:
            connections.close_all()
    connections.close_all()
