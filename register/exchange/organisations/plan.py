"""What is to be done about the rows of a list of bodies. Writes nothing: this is the dry run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from register.core.dates import words
from register.core.names import Candidate, normal_form
from register.directory.models import Organisation, Partnership
from register.directory.models.organisations import LegalStatus, NameKind
from register.exchange.groups import Group
from register.exchange.matching import Directory
from register.exchange.models import ImportedBody
from register.exchange.organisations.known import Known, Unsure, read_known
from register.exchange.organisations.rows import BodyRow
from register.exchange.organisations.vocabulary import BODY_FIELDS
from register.exchange.outcomes import CHANGED, NEW, REJECTED, UNCHANGED, Change, ChunkPlan, RowPlan
from register.exchange.rows import Problem
from register.lists.labels import label

ALIKE = 93  # of 100, from which a new body is said to look like one that is held
NAME, NUMBER = BODY_FIELDS["body_name"], "Number"
_LABELS = {
    "short_name": "Short name", "kind": "Kind of body", "legal_status": "Legal status",
    "starts_on": "Opened", "ends_on": "Closed", "website": "Web address",
    "ico_number": "ICO registration",
}  # fmt: skip


@dataclass
class BodyPlan:
    """What a list says of one body: to be made, completed, or only remembered."""

    key: int
    body: Organisation
    row_key: str
    before: dict[str, str] = field(default_factory=dict)
    held: ImportedBody | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)
    numbers: list[tuple[str, str, bool]] = field(default_factory=list)
    membership: str = ""
    successors: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    # What a row of this list has said already: of two rows for one body the first counts.
    heard: set[str] = field(default_factory=set)

    @property
    def is_new(self) -> bool:
        """Whether the register does not hold the body yet."""
        return self.key < 0

    @property
    def writes(self) -> bool:
        """Whether anything of it is to be written."""
        return self.is_new or bool(self.facts or self.names or self.numbers or self.membership)


@dataclass
class BodyChunk(ChunkPlan):
    """What is to be done about some rows of bodies."""

    bodies: dict[int, BodyPlan] = field(default_factory=dict)


def plan_bodies(
    partnership: Partnership, source: str, groups: list[Group], directory: Directory
) -> BodyChunk:
    """Say for every row of some groups whether its body is new, completed, known or unsure, and why."""
    known = read_known(partnership)
    held = _remembered(partnership, source, groups)
    chunk = BodyChunk()
    for group in groups:
        for row in group.rows:
            if not isinstance(row, BodyRow):
                continue
            plan = RowPlan(row, problems=list(row.problems))
            chunk.rows.append(plan)
            if row.rejected:
                plan.outcome = REJECTED
            else:
                _plan_row(plan, row, group.key, held.get(group.key), known, chunk, directory)
    chunk.rows.sort(key=lambda plan: plan.row.number)
    return chunk


def _remembered(
    partnership: Partnership, source: str, groups: list[Group]
) -> dict[str, ImportedBody]:
    if partnership.pk is None:
        return {}
    keys = [group.key for group in groups]
    rows = ImportedBody.objects.filter(partnership=partnership, source=source, key__in=keys)
    return {row.key: row for row in rows}


def _plan_row(
    plan: RowPlan, row: BodyRow, row_key: str, held: ImportedBody | None, known: Known,
    chunk: BodyChunk, directory: Directory,
) -> None:  # fmt: skip
    try:
        key = _meant(row, row_key, held, known)
    except Unsure as unsure:
        plan.reject(NAME, str(unsure))
        return
    is_first = key is None
    if key is None:
        if not row.title:
            plan.reject(NAME, "No body has this number, and the row has no name. Enter the name.")
            return
        key = _made(row, row_key, known)
        _note_alike(plan, row, known, directory)
    elif key in known.foreign:
        sentence = f"{known.label(key)} is kept by the office of another partnership; nothing of"
        plan.problems.append(Problem(NAME, f"{sentence} it was changed."))
        return
    elif known.is_succeeded(key):
        sentence = f"{known.label(key)}: {known.bodies[key].surviving} took its place."
        plan.problems.append(Problem(NAME, f"{sentence} Nothing of either was changed."))
        return
    body = chunk.bodies.get(key)
    if body is None:
        body = chunk.bodies[key] = BodyPlan(key, known.bodies[key], row_key, held=held)
        body.before = held.said if held and held.organisation_id == key else {}
        body.said = dict(body.before)
    _take(plan, row, body, known)
    plan.outcome = NEW if is_first else CHANGED if plan.changes else UNCHANGED
    if is_first:
        plan.changes = []


def _meant(row: BodyRow, row_key: str, held: ImportedBody | None, known: Known) -> int | None:
    """As `Known.body_meant`; a body of its own that came in before from this list is known again."""
    if row_key in known.others:
        return known.others[row_key]
    before = known.bodies.get(held.organisation_id) if row.is_another and held else None
    if before and (before.is_confirmed or not before.ends_on):
        return before.surviving.pk
    return known.body_meant(row)


def _made(row: BodyRow, row_key: str, known: Known) -> int:
    key = min([0, *known.bodies]) - 1
    known.add(key, Organisation(legal_name=row.title))
    if row.is_another:
        known.others[row_key] = key
    return key


def _note_alike(plan: RowPlan, row: BodyRow, known: Known, directory: Directory) -> None:
    if row.codes:
        return  # its number says that it is another
    near: list[Candidate] = directory.candidates(row.title)
    for candidate in near[:1]:
        if candidate.score >= ALIKE and candidate.id in known.bodies:
            plan.problems.append(Problem(NAME, f"{known.label(int(str(candidate.id)))} is spelt much"
                                               " like it. If it is the same body, merge the two."))  # fmt: skip


def _take(plan: RowPlan, row: BodyRow, body: BodyPlan, known: Known) -> None:
    for name, value in row.values.items():
        _take_value(plan, row, body, name, value)
    for code in row.codes:
        _take_number(plan, body, code, known)
    for name, kind in [(row.title, NameKind.VARIANT.value), *row.others]:
        _take_name(plan, body, name, kind, known)
    if not body.is_new and not body.body.is_confirmed and row.codes:
        body.facts["is_confirmed"] = True
        plan.changes.append(Change("Confirmed", "No", "Yes"))
    if row.member and body.key not in known.members:
        known.members.add(body.key)
        body.membership = row.member
        plan.changes.append(Change("Member of the partnership", "No", "Yes"))
    if row.successors and body.before.get("successors") != (said := "; ".join(row.successors)):
        body.said["successors"], body.successors = said, row.successors
        if not body.is_new:
            plan.changes.append(Change("Successor", "nothing noted", said))


def _take_value(plan: RowPlan, row: BodyRow, body: BodyPlan, name: str, value: Any) -> None:
    here = body.facts.get(name, getattr(body.body, name))
    is_first = name not in body.heard
    body.heard.add(name)
    if here == value or (name == "kind" and here and row.kind_guessed):
        body.said[name] = _plain(value)
        return
    change = Change(_LABELS[name], _shown(name, here), _shown(name, value))
    unset = not here or (body.is_new and name == "legal_status" and name not in body.facts)
    is_ours = is_first and bool(here) and body.before.get(name) == _plain(here)
    if not (unset or is_ours) or not _in_order(body, name, value):
        plan.conflicts.append(change)
        return
    body.facts[name], body.said[name] = value, _plain(value)
    plan.changes.append(change)


def _in_order(body: BodyPlan, name: str, value: Any) -> bool:
    """Whether a body still opens before it closes."""
    days = {day: body.facts.get(day, getattr(body.body, day)) for day in ("starts_on", "ends_on")}
    days |= {name: value} if name in days else {}
    return not (days["starts_on"] and days["ends_on"] and days["ends_on"] < days["starts_on"])


def _take_number(plan: RowPlan, body: BodyPlan, code, known: Known) -> None:
    holder = known.by_code.get(code.key)
    if holder is not None and known.current(holder) != body.key:
        sentence = (
            f"{code.scheme} {code.value} is the number of {known.label(holder)}; it stays so."
        )
        plan.problems.append(Problem(NUMBER, sentence))
        return
    exact = (code.scheme.casefold(), code.value.casefold())
    if exact in known.exact:
        return
    known.add_code(body.key, code)
    body.numbers.append((code.scheme, code.value, code.is_former))
    plan.changes.append(Change(code.scheme, "nothing", code.value))


def _take_name(plan: RowPlan, body: BodyPlan, name: str, kind: str, known: Known) -> None:
    if not name or not normal_form(name) or body.key in (owners := known.whose_name(name)):
        return
    if owners:
        others = " and ".join(known.label(key) for key in sorted(owners)[:2])
        sentence = f"“{name}” is a name of {others} too, so it was not added here."
        problem = Problem(NAME, f"{sentence} Add it on the page of the body if it is right.")
        if problem not in plan.problems:
            plan.problems.append(problem)
        return
    known.add_name(body.key, name)
    body.names.append((name, kind))
    plan.changes.append(Change(NameKind(kind).label, "nothing", name))


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _shown(name: str, value: Any) -> str:
    if isinstance(value, date):
        return words(value)
    if name == "kind" and value:
        return label("organisation_kind", str(value))
    if name == "legal_status" and value:
        return str(LegalStatus(value).label)
    return str(value) if value else "nothing"
