"""Bringing an old register in: take the file, say what would happen, and do it, a chunk an act."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, transaction

from register.core.dates import now
from register.core.verdicts import require
from register.directory.models import Partnership
from register.exchange import reports, row_reports, storing
from register.exchange.groups import Group, chunks
from register.exchange.headings import NotRecognised
from register.exchange.kinds import Effects
from register.exchange.matching import Directory, catch_up, read_directory
from register.exchange.models import AppliedChunk, Import, ImportState
from register.exchange.outcomes import CHANGED, NEW, OUTCOMES, ChunkPlan
from register.exchange.permissions import may_import
from register.exchange.reading import Register
from register.exchange.sheets import UnreadableFile
from register.jobs.stopping import is_stopping
from register.ledger.acts import act
from register.ledger.open_acts import OpenAct

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
    row = new_import(by, partnership, path, name)
    row.sheet, row.overrides_text = sheet, "\n".join(overrides or [])
    row.provider = " ".join(provider.split())
    try:
        with storing.opened(row) as register:
            row.rows = sum(1 for _ in register.table.rows())
            row.kind, row.holds_flows = register.kind.code, register.holds_flows
            # A short one is read here: no worker takes it up meanwhile.
            row.claimed_at = now() if row.rows <= AT_ONCE_ROWS else None
            row.save()
            if row.rows <= AT_ONCE_ROWS:
                write_plan(row, register)
                row.claimed_at = None
                keep_plan(row)
    except REFUSALS as refused:
        raise ValidationError({"file": str(refused)}) from refused
    return row


def new_import(by, partnership: Partnership, path: Path, name: str) -> Import:
    """An import of a file, unsaved; the file is kept in storage."""
    row = Import(
        partnership=partnership,
        name=name[-200:],
        requested_by=by if hasattr(by, "person") else None,
        requested_at=now(),
    )
    storing.keep(row, path)
    return row


def make_plan(row: Import) -> None:
    """Say what an import would do, and let it wait for somebody to confirm it."""
    try:
        with storing.opened(row) as register:
            write_plan(row, register)
    except REFUSALS as refused:
        _fail(row, str(refused))
    row.claimed_at = None
    keep_plan(row)


def keep_plan(row: Import) -> None:
    """Keep what was planned, unless the import was left out while it was read."""
    with transaction.atomic():
        waiting = Import.objects.select_for_update().filter(pk=row.pk)
        if waiting.filter(state=ImportState.UPLOADED).exists():
            row.save()


def confirm(*, by, row: Import, seen: str = "") -> None:
    """Let a planned import come in; the worker does the rest. Twice does no more than once.

    `seen` is the mark of the plan that the person read. Raises ValidationError where another was made since.
    """
    require(may_import(by, row.partnership))
    with transaction.atomic():
        planned = Import.objects.select_for_update().filter(pk=row.pk, state=ImportState.PLANNED)
        plan = planned.first()
        if plan is None:
            raise ValidationError("This import was confirmed or left out before.")
        if seen and plan.plan_mark != seen:
            raise ValidationError(
                "It was planned anew since you read it. Read it, and confirm again."
            )
        planned.update(
            state=ImportState.CONFIRMED, requested_by=by if hasattr(by, "person") else None,
            report_text="", new=0, changed=0, unchanged=0, rejected=0, groups_done=0,
            claimed_at=None,
        )  # fmt: skip
        row_reports.forget(row)


def discard(*, by, row: Import) -> None:
    """Leave a planned import out; nothing of it came in."""
    require(may_import(by, row.partnership))
    waiting = [ImportState.MAPPING, ImportState.PLANNED, ImportState.UPLOADED]
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
    row_reports.forget(row)
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
                if place < row.groups_done:
                    continue
                if is_stopping():
                    return lay_down(row)
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


def lay_down(row: Import) -> Import:
    """Let go of an import in the middle, because the worker is to end: the next one goes on at once."""
    row.claimed_at = None
    row.save(update_fields=["claimed_at"])
    return row


def dry_run(
    partnership: Partnership, register: Register, heard: Callable[[int], None] | None = None,
    told: Callable[[ChunkPlan], None] | None = None,
) -> tuple[dict[str, int], dict]:  # fmt: skip
    """Say what a register would do: the four counts and the report. Changes nothing of the register.

    `heard` is told how many rows are dealt with, `told` what is planned for each part of them.
    """
    directory = read_directory()
    report = reports.empty(register.notes)
    counts = dict.fromkeys(OUTCOMES, 0)
    for chunk in chunks(register.rows(known=directory.known), register.source):
        plan = _plan(partnership, register, chunk, directory)
        reports.take_in(report, plan, directory)
        for outcome, count in plan.counts.items():
            counts[outcome] += count
        if told:
            told(plan)
        if heard:
            heard(sum(counts.values()))
    return counts, report


def write_plan(row: Import, register: Register) -> None:
    """Note what an import would do about each of its rows; the import is not saved."""
    row_reports.forget(row)

    def told(plan: ChunkPlan) -> None:
        row_reports.keep(row, plan)
        # So that nobody takes the worker for dead.
        Import.objects.filter(pk=row.pk, claimed_at__isnull=False).update(claimed_at=now())

    counts, report = dry_run(row.partnership, register, told=told)
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
        Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
        catch_up(directory)
        plan = _plan(partnership, register, chunk, directory)
        this.detail.update(file=row.name, sha256=row.sha256, **plan.counts)
        this.quiet = not (plan.counts[NEW] or plan.counts[CHANGED])
        reports.take_in(report, plan, directory)
        row_reports.keep(row, plan)
        words = {"by": by, "partnership": partnership, "came_from": row.name}
        effects = register.kind.apply(
            source=register.source, plan=plan, directory=directory, **words
        )
        _note_effects(this, row, effects)
        for outcome, count in plan.counts.items():
            setattr(row, outcome, getattr(row, outcome) + count)
        row.groups_done += 1
        row.claimed_at = now()
        row.report_text = _text(report)
        row.save()


def _plan(
    partnership: Partnership, register: Register, chunk: list[Group], directory: Directory
) -> ChunkPlan:
    return register.kind.plan(partnership, register.source, chunk, directory)


def _note_effects(this: OpenAct, row: Import, effects: Effects) -> None:
    """Keep what was written with the entry that the open act leaves, so that it can be taken back."""
    if not any(effects.values()):
        return
    mine = this.family[this.family.index(this) :]
    this.attached.append(
        AppliedChunk(
            of_import=row,
            place=row.groups_done,
            acts=sum(bool(each.written) or not each.quiet for each in mine),
            effects_text=json.dumps(effects, cls=DjangoJSONEncoder, ensure_ascii=False),
        )
    )


def _fail(row: Import, sentence: str) -> None:
    row.refresh_from_db()
    row.state, row.failure, row.ended_at = ImportState.FAILED, sentence, now()


def _text(report: dict) -> str:
    return json.dumps(report, ensure_ascii=False)
