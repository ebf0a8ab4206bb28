"""Bringing an old register in: take the file, say what would happen, and do it, a chunk an act."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError

from register.core.dates import now, today
from register.core.verdicts import require
from register.directory.models import Partnership
from register.documents.files import safe_name
from register.exchange import reports, storing
from register.exchange.applying import apply
from register.exchange.flows.applying import apply_flows
from register.exchange.flows.plan import FlowChunk, plan_flows
from register.exchange.groups import Group, chunks
from register.exchange.headings import NotRecognised
from register.exchange.matching import Directory, catch_up, read_directory
from register.exchange.models import Import, ImportState
from register.exchange.outcomes import CHANGED, NEW, OUTCOMES, ChunkPlan
from register.exchange.permissions import may_import
from register.exchange.plan import plan_chunk
from register.exchange.reading import Register
from register.exchange.sheets import UnreadableFile
from register.exchange.stored import read_stored
from register.ledger.acts import act

AT_ONCE_ROWS = 1_000  # longer files are planned by the worker
TAKEN_FOR_DEAD_AFTER = timedelta(minutes=10)
SYSTEM = "system:import"
REFUSALS = (UnreadableFile, NotRecognised)


def receive(
    *, by, partnership: Partnership, path: Path, name: str, sheet: str = "",
    overrides: list[str] | None = None, provider: str = "",
) -> Import:  # fmt: skip
    """Take a spreadsheet in and say what it would do; nothing of it comes in before it is confirmed.

    `overrides` are `Column=field`; `provider` gives where the rows of a sheet of flows do not say it.
    A long file is planned by the worker. Raises ValidationError with a sentence for a file that cannot
    be read or is no register.
    """
    require(may_import(by, partnership))
    row = Import(
        partnership=partnership,
        name=name[-200:],
        sheet=sheet,
        overrides_text="\n".join(overrides or []),
        provider=" ".join(provider.split()),
        requested_by=by if hasattr(by, "person") else None,
        requested_at=now(),
    )
    storing.keep(row, path)
    try:
        with storing.opened(row) as register:
            row.rows = sum(1 for _ in register.table.rows())
            row.holds_flows = register.holds_flows
            if row.rows <= AT_ONCE_ROWS:
                _write_plan(row, register)
    except REFUSALS as refused:
        raise ValidationError({"file": str(refused)}) from refused
    row.save()
    return row


def receive_upload(
    *, by, partnership: Partnership, file: UploadedFile, sheet: str = "", columns: str = "",
    provider: str = "",
) -> Import:  # fmt: skip
    """Take in a spreadsheet that was sent from a browser; see `receive`."""
    if (file.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        limit = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
        raise ValidationError({"file": f"The file is larger than {limit} MB. Send it in parts."})
    with tempfile.NamedTemporaryFile(prefix="upload-") as copy:
        for part in file.chunks():
            copy.write(part)
        copy.flush()
        return receive(
            by=by,
            partnership=partnership,
            path=Path(copy.name),
            name=safe_name(file.name or "file"),
            sheet=sheet,
            overrides=columns.splitlines(),
            provider=provider,
        )


def make_plan(row: Import) -> None:
    """Say what an import would do, and let it wait for somebody to confirm it."""
    try:
        with storing.opened(row) as register:
            _write_plan(row, register)
    except REFUSALS as refused:
        _fail(row, str(refused))
    row.claimed_at = None
    row.save()


def confirm(*, by, row: Import) -> None:
    """Let a planned import come in; the worker does the rest. Twice does no more than once."""
    require(may_import(by, row.partnership))
    done = Import.objects.filter(pk=row.pk, state=ImportState.PLANNED).update(
        state=ImportState.CONFIRMED, requested_by=by if hasattr(by, "person") else None,
        report_text="", new=0, changed=0, unchanged=0, rejected=0, groups_done=0, claimed_at=None,
    )  # fmt: skip
    if not done:
        raise ValidationError("This import was confirmed or left out before.")


def discard(*, by, row: Import) -> None:
    """Leave a planned import out; nothing of it came in."""
    require(may_import(by, row.partnership))
    waiting = [ImportState.PLANNED, ImportState.UPLOADED]
    done = Import.objects.filter(pk=row.pk, state__in=waiting).update(
        state=ImportState.DISCARDED, ended_at=now()
    )
    if not done:
        raise ValidationError("This import was confirmed or left out before.")


def take_up(row: Import) -> Import:
    """Start an import at once, in this process, as the command does."""
    row.state, row.claimed_at, row.report_text, row.groups_done = (
        ImportState.WORKING, now(), "", 0
    )  # fmt: skip
    for outcome in OUTCOMES:
        setattr(row, outcome, 0)
    row.save()
    return row


def bring_in(row: Import) -> Import:
    """Bring a confirmed import in, from where it stopped, some 500 rows an act.

    What came in stays when a later chunk fails; the import then says why it stopped.
    """
    by = row.requested_by or SYSTEM
    try:
        with storing.opened(row) as register:
            directory = read_directory()
            report = row.report or reports.empty(register.notes)
            groups = chunks(register.rows(known=directory.known), register.source)
            for place, chunk in enumerate(groups):
                if place >= row.groups_done:
                    _bring_in_chunk(by, row, register, chunk, directory, report)
    except REFUSALS as refused:
        _fail(row, str(refused))
    except (ValidationError, PermissionDenied) as refused:
        _fail(row, " ".join(getattr(refused, "messages", [str(refused)])))
    except DatabaseError:
        raise  # away for a while: a worker goes on later
    except Exception:
        _fail(row, "The register stopped at a mistake of its own. Tell the administrator.")
        row.save()
        raise
    else:
        row.state, row.ended_at = ImportState.DONE, now()
    row.save()
    return row


def dry_run(
    partnership: Partnership, register: Register, heard: Callable[[int], None] | None = None
) -> tuple[dict[str, int], dict]:
    """Say what a register would do: the four counts and the report. Writes nothing."""
    directory = read_directory()
    report = reports.empty(register.notes)
    counts = dict.fromkeys(OUTCOMES, 0)
    for chunk in chunks(register.rows(known=directory.known), register.source):
        plan = _plan(partnership, register, chunk, directory)
        reports.take_in(report, plan, directory)
        for outcome, count in plan.counts.items():
            counts[outcome] += count
        if heard:
            heard(sum(counts.values()))
    return counts, report


def _write_plan(row: Import, register: Register) -> None:
    counts, report = dry_run(row.partnership, register)
    for outcome, count in counts.items():
        setattr(row, outcome, count)
    row.rows = sum(counts.values())
    row.report_text = _text(report)
    row.state = ImportState.PLANNED


def _bring_in_chunk(
    by, row: Import, register: Register, chunk: list[Group], directory: Directory, report: dict
) -> None:
    partnership = row.partnership
    with act(
        by=by, verb="import.applied", subject=partnership, reason=f"From {row.name}.", quiet=True,
    ) as this:  # fmt: skip
        # Two imports at once take turns, and the second finds what the first brought in.
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        catch_up(directory)
        plan = _plan(partnership, register, chunk, directory)
        this.detail.update(file=row.name, sha256=row.sha256, **plan.counts)
        this.quiet = not (plan.counts[NEW] or plan.counts[CHANGED])
        reports.take_in(report, plan, directory)
        _apply(by, row, register.source, plan, directory)
        for outcome, count in plan.counts.items():
            setattr(row, outcome, getattr(row, outcome) + count)
        row.groups_done += 1
        row.claimed_at = now()
        row.report_text = _text(report)
        row.save()


def _plan(
    partnership: Partnership, register: Register, chunk: list[Group], directory: Directory
) -> ChunkPlan:
    source = register.source
    if register.holds_flows:
        return plan_flows(partnership, source, chunk, directory)
    stored = read_stored(partnership, source, [group.key for group in chunk])
    return plan_chunk(chunk, stored, directory, today())


def _apply(by, row: Import, source: str, plan: ChunkPlan, directory: Directory) -> None:
    words = {"by": by, "partnership": row.partnership, "source": source, "came_from": row.name}
    if isinstance(plan, FlowChunk):
        apply_flows(plan=plan, directory=directory, **words)
    else:
        apply(plan=plan, directory=directory, **words)


def _fail(row: Import, sentence: str) -> None:
    row.refresh_from_db()
    row.state, row.failure, row.ended_at = ImportState.FAILED, sentence, now()


def _text(report: dict) -> str:
    return json.dumps(report, ensure_ascii=False)
