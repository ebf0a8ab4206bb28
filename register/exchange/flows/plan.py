"""What is to be done about rows of flows, compared with what is stored. Writes nothing: the dry run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from agreements.flows.services.admitting import bound_by, why_closed
from register.core.names import normal_form
from register.directory.models import Partnership
from register.documents.models import Version
from register.exchange.bodies import Named
from register.exchange.flow_vocabulary import ENDS, FLOW_FIELDS
from register.exchange.flows.comparing import compare
from register.exchange.flows.facts import FlowSaid, facts_of, spelt
from register.exchange.flows.rows import FlowRow
from register.exchange.flows.stored import FlowHere, StoredFlows, read_stored
from register.exchange.flows.targets import Entry, NotFound, Targets, read_targets
from register.exchange.groups import Group, lanes
from register.exchange.matching import Directory
from register.exchange.models import ImportedFlow
from register.exchange.outcomes import NEW, REJECTED, ChunkPlan, RowPlan
from register.exchange.rows import Problem


@dataclass
class FlowPlan:
    """What one row says of one flow: to be added, corrected, or only remembered.

    `values`, `new_ends` and `has_new_extras` are what a correction writes; `said` is remembered.
    """

    plan: RowPlan
    row: FlowRow
    facts: FlowSaid
    version: Version
    ends: dict[str, list[Named]]
    said: dict[str, Any]
    key: str
    lane: int
    held: ImportedFlow | None = None
    here: FlowHere | None = None
    values: dict[str, Any] = field(default_factory=dict)
    new_ends: dict[str, list[Named]] = field(default_factory=dict)
    has_new_extras: bool = False

    @property
    def is_new(self) -> bool:
        """Whether the register does not hold the flow yet."""
        return self.held is None

    @property
    def differs(self) -> bool:
        """Whether the flow that the register holds is to be corrected."""
        return bool(self.values or self.new_ends or self.has_new_extras)


@dataclass
class FlowChunk(ChunkPlan):
    """What is to be done about some rows of flows."""

    flows: list[FlowPlan] = field(default_factory=list)


def plan_flows(
    partnership: Partnership, source: str, groups: list[Group], directory: Directory
) -> FlowChunk:
    """Say for every row of some groups whether its flow is new, changed, unchanged or rejected, and why."""
    rows = [row for group in groups for row in group.rows if isinstance(row, FlowRow)]
    targets = read_targets(partnership, rows)
    stored = read_stored(partnership, source, [group.key for group in groups])
    chunk = FlowChunk()
    for group in groups:
        _plan_group(group, targets, stored, directory, chunk)
    chunk.rows.sort(key=lambda plan: plan.row.number)
    return chunk


def _plan_group(
    group: Group, targets: Targets, stored: StoredFlows, directory: Directory, chunk: FlowChunk
) -> None:
    plans: dict[int, RowPlan] = {}
    seen: set[tuple[str, str]] = set()
    for row in group.rows:
        plan = RowPlan(row, problems=list(row.problems))
        chunk.rows.append(plan)
        if row.rejected:
            plan.outcome = REJECTED
        elif (row.version, row.digest) not in seen:
            seen.add((row.version, row.digest))
            plans[row.number] = plan
    held = stored.of(group.key)
    known = {lane: {n: each.digest for n, each in labels.items()} for lane, labels in held.items()}
    for lane, rows in lanes([plan.row for plan in plans.values()], known).items():
        for row in rows:
            before = held.get(lane, {}).get(row.version)
            flow = _flow_plan(plans[row.number], targets, directory, group.key, lane, before)
            if flow is not None:
                _decide(flow, targets, stored, directory, chunk)


def _flow_plan(
    plan: RowPlan, targets: Targets, directory: Directory, key: str, lane: int,
    held: ImportedFlow | None,
) -> FlowPlan | None:  # fmt: skip
    row = plan.row
    assert isinstance(row, FlowRow)
    try:
        entry, version = targets.of(row)
    except NotFound as not_found:
        plan.reject(row.heading("reference"), str(not_found))
        return None
    ends = _ends(row, entry, version, directory)
    for side in ENDS:
        if not ends[side]:
            plan.reject(FLOW_FIELDS[side], _NO_END[side])
    _check_bound(plan, ends, directory)
    if plan.outcome == REJECTED:
        return None
    facts = facts_of(row)
    plan.problems += facts.problems
    said = {
        "values": {name: spelt(value) for name, value in facts.values.items()},
        "ends": {side: [named.text for named in ends[side]] for side in ENDS},
        "extras": facts.extras,
    }
    return FlowPlan(plan, row, facts, version, ends, said, key, lane, held)


def _decide(
    flow: FlowPlan, targets: Targets, stored: StoredFlows, directory: Directory, chunk: FlowChunk
) -> None:
    entry, version = targets.of(flow.row)
    closed = why_closed(version, entry.versions)
    if flow.held is not None:
        flow.here = stored.flows.get((version.pk, flow.held.lineage))
        compare(flow, directory)
        if closed and flow.differs:
            flow.plan.changes.clear()
            flow.plan.reject(flow.row.heading("reference"), closed)
    elif closed:
        flow.plan.reject(flow.row.heading("reference"), closed)
    else:
        flow.plan.outcome = NEW
    if flow.plan.outcome == REJECTED:
        return
    chunk.flows.append(flow)
    _note_bodies(flow, entry, directory, chunk)


def _ends(
    row: FlowRow, entry: Entry, version: Version, directory: Directory
) -> dict[str, list[Named]]:
    ends = {side: [named for role, named in row.bodies if role == side] for side in ENDS}
    if not ends["provider"]:
        ends["provider"] = _provider(row, entry, version, _keys(ends["recipient"], directory))
    if not ends["recipient"]:
        ends["recipient"] = _only_other(entry, version, _keys(ends["provider"], directory))
    return ends


def _provider(row: FlowRow, entry: Entry, version: Version, taken: set[object]) -> list[Named]:
    """Who gives where no column says it: whom the sheet or its sender names, the keeper of the entry,
    its lead, its only other controller, its only other party.
    """
    if row.provider:
        return [Named(row.provider)]
    if entry.document.kept_by:
        return [Named(entry.document.kept_by)]
    lead = entry.document.lead
    if lead is not None and lead.surviving.pk not in taken:
        return [Named(lead.legal_name)]
    return _only_other(entry, version, taken, "separate_controller") or _only_other(
        entry, version, taken
    )


def _only_other(entry: Entry, version: Version, taken: set[object], role: str = "") -> list[Named]:
    parties = entry.parties.get(version.pk, [])
    others = [
        body for body, of_party in parties
        if body.surviving.pk not in taken and (not role or of_party == role)
    ]  # fmt: skip
    return [Named(others[0].legal_name)] if len(others) == 1 else []


def _keys(names: list[Named], directory: Directory) -> set[object]:
    bodies = (directory.find(named) for named in names)
    return {body.pk for body in bodies if body is not None}


def _check_bound(plan: RowPlan, ends: dict[str, list[Named]], directory: Directory) -> None:
    for side, names in ends.items():
        for named in names:
            body = directory.find(named)
            if body is not None and bound_by(body) is None:
                plan.reject(
                    FLOW_FIELDS[side],
                    f"{body} is an arrangement and cannot be bound. Name the bodies behind it.",
                )


def _note_bodies(flow: FlowPlan, entry: Entry, directory: Directory, chunk: FlowChunk) -> None:
    parties = {body.surviving.pk for body, _ in entry.parties.get(flow.version.pk, [])}
    written = flow.ends if flow.is_new else flow.new_ends
    for side, names in flow.ends.items():
        for named in names:
            body = directory.find(named)
            number = flow.row.number
            if body is None:
                form = normal_form(named.text) or named.text
                chunk.unmatched.setdefault(form, (named.text, set()))[1].add(number)
            elif directory.has_ended(body):
                chunk.ended.setdefault(body.pk, set()).add(number)
            party = bound_by(body) if body is not None else None
            if side in written and (party is None or not {body.pk, party.pk} & parties):
                who = party or named.text
                sentence = f"{who} is no party of the agreement yet and is named as one."
                flow.plan.problems.append(Problem(FLOW_FIELDS[side], sentence))


_NO_END = {
    "provider": "Nobody is said to provide the information. Add a column for the provider, or say"
    " once who it is where you send the sheet in.",
    "recipient": "Nobody is said to receive the information. Write the body that receives it.",
}
