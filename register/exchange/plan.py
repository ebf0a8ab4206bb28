"""What is to be done about rows, compared with what is stored. Writes nothing: this is the dry run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from register.core.names import normal_form
from register.documents.lifecycle import PAST, PREPARING, State
from register.exchange.bodies import Named
from register.exchange.codes import stand_ins
from register.exchange.comparing import compare, mark_said
from register.exchange.facts import Facts, facts_of, plain
from register.exchange.groups import Group, lanes
from register.exchange.matching import Directory
from register.exchange.outcomes import (
    CHANGED,
    NEW,
    REJECTED,
    Change,
    ChunkPlan,
    EntryPlan,
    RowPlan,
    VersionPlan,
)
from register.exchange.references import version_order
from register.exchange.rows import RowRead
from register.exchange.stored import Held, Stored


def plan_chunk(groups: list[Group], stored: Stored, directory: Directory, day: date) -> ChunkPlan:
    """Say for every row of some groups whether it is new, changed, unchanged or rejected, and why."""
    chunk = ChunkPlan()
    chunk.codes = stand_ins(groups, stored, directory)
    for group in groups:
        _plan_group(group, stored.of(group.key), chunk, directory, day)
    chunk.rows.sort(key=lambda plan: plan.row.number)
    return chunk


def _plan_group(
    group: Group, held: dict[int, dict[str, Held]], chunk: ChunkPlan, directory: Directory,
    day: date,
) -> None:  # fmt: skip
    plans: dict[int, tuple[RowPlan, Facts]] = {}
    seen: set[tuple[str, str]] = set()
    first = next((h.document for labels in held.values() for h in labels.values()), None)
    for row in group.rows:
        plan = RowPlan(row, problems=list(row.problems))
        chunk.rows.append(plan)
        if first is not None:
            row = plan.row = replace(row, tier=first.tier)
        facts = facts_of(row, day)
        plan.problems += facts.problems
        if any(problem.stops for problem in plan.problems):
            plan.outcome = REJECTED
        elif (row.version, row.digest) not in seen:
            seen.add((row.version, row.digest))
            plans[row.number] = (plan, facts)
    rows = [plan.row for plan, _ in plans.values()]
    known = {lane: {n: h.row.digest for n, h in labels.items()} for lane, labels in held.items()}
    for lane, mine in lanes(rows, known).items():
        entry = [plans[row.number] for row in mine]
        chunk.entries.append(
            _plan_held(group.key, lane, entry, held[lane], chunk, directory)
            if lane in held
            else _plan_new(group.key, lane, entry, chunk, directory)
        )


def _plan_new(
    key: str, lane: int, rows: list[tuple[RowPlan, Facts]], chunk: ChunkPlan, directory: Directory
) -> EntryPlan:
    versions = [_version(plan, facts, chunk, directory) for plan, facts in rows]
    for version in versions:
        version.plan.outcome = NEW
    _order_states(versions)
    return EntryPlan(key, lane, versions)


def _plan_held(
    key: str, lane: int, rows: list[tuple[RowPlan, Facts]], held: dict[str, Held],
    chunk: ChunkPlan, directory: Directory,
) -> EntryPlan:  # fmt: skip
    newest = max([*held, *(plan.row.version for plan, _ in rows)], key=version_order)
    versions = []
    for plan, facts in rows:
        label = plan.row.version
        if label in held:
            version = _version(plan, facts, chunk, directory, held[label])
            compare(version, chunk.codes, directory, is_newest=label == newest)
        else:
            further = _further(plan, facts, held, chunk, directory)
            if further is None:
                continue
            version = further
        versions.append(version)
    _order_states([v for v in versions if v.held is None], newest)
    return EntryPlan(key, lane, versions, next(iter(held.values())).document)


def _further(
    plan: RowPlan, facts: Facts, held: dict[str, Held], chunk: ChunkPlan, directory: Directory
) -> VersionPlan | None:
    """A version that the entry does not have yet, unless the entry has gone its own way since."""
    last = held[max(held, key=version_order)]
    if last.is_revised:
        plan.reject(
            "", f"{last.document} was revised here, so version {plan.row.version or '1'} was not"
            " added. Attach its file to the entry if it is needed.",
        )  # fmt: skip
        return None
    if any(each.version.state in PREPARING for each in held.values()):
        plan.reject(
            "", f"{last.document} came in as a draft and still is one. Bring it into force or end it,"
            " then send this row again.",
        )  # fmt: skip
        return None
    if version_order(plan.row.version) < version_order(last.label) and last.version.state in PAST:
        plan.reject(
            "", f"{last.document} has ended with version {last.label}, which is later than this"
            f" one, {plan.row.version or 'without a number'}. Attach its file if it is needed.",
        )  # fmt: skip
        return None
    plan.outcome = CHANGED
    plan.changes.append(
        Change("Version", last.label or "nothing", plan.row.version or "unnumbered")
    )
    return _version(plan, facts, chunk, directory)


def _version(
    plan: RowPlan, facts: Facts, chunk: ChunkPlan, directory: Directory, held: Held | None = None
) -> VersionPlan:
    said: dict[str, Any] = {name: plain(value) for name, value in facts.values.items()}
    said["bodies"] = [[role, named.text] for role, named in plan.row.bodies]
    if facts.places:
        said["signs"] = {named.text: mark_said(marked) for named, marked in facts.places}
    bodies = [(role, _meant(named, chunk.codes)) for role, named in plan.row.bodies]
    version = VersionPlan(plan, facts, bodies, said, facts.state, held)
    if facts.signed and not bodies:
        facts.values["extra.Signed by"] = facts.signed[0]
        facts.signed = None
    if held is None:
        version.new_bodies = bodies
    _note_bodies(plan.row, bodies, chunk, directory)
    return version


def _note_bodies(
    row: RowRead, bodies: list[tuple[str, Named]], chunk: ChunkPlan, directory: Directory
) -> None:
    for _role, named in bodies:
        body = directory.find(named)
        if body is None:
            form = normal_form(named.text) or named.text
            chunk.unmatched.setdefault(form, (named.text, set()))[1].add(row.number)
        elif directory.has_ended(body):
            chunk.ended.setdefault(body.pk, set()).add(row.number)


def _meant(named: Named, codes: dict[str, str]) -> Named:
    return Named(codes[named.text]) if named.text in codes else named


def _order_states(versions: list[VersionPlan], newest: str | None = None) -> None:
    """Only the newest version of an entry stands; what came before it was superseded."""
    for version in versions:
        is_last = version is versions[-1] if newest is None else version.label == newest
        if not is_last and version.state != State.ENDED:
            version.state = State.SUPERSEDED
