"""Keeping processor contracts: their controllers, what they must say, and sub-processors."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from agreements.risks.models import (
    ContractController,
    ContractPoint,
    Point,
    ProcessorContract,
    SubProcessor,
)
from agreements.risks.permissions import may_keep_contract, may_make
from agreements.risks.services.rows import ask_rules_again, file_record, lock, set_facts
from register.core.conflicts import expect
from register.core.text import clean
from register.core.verdicts import require
from register.directory.models import Organisation, Partnership
from register.documents.services.locks import issue_references
from register.ledger.acts import act, bulk_create

FACTS = ("title", "processor", "is_part3", "summary", "link", "starts_on", "ends_on")
SUB_PROCESSOR = ("organisation", "name", "does", "country")


def make_contract(
    *, by, partnership: Partnership, title: str, controllers: list[Organisation],
    processor: Organisation, is_part3: bool = False, summary: str = "", link: str = "",
    starts_on: date | None = None, ends_on: date | None = None,
) -> ProcessorContract:  # fmt: skip
    """Record a contract of controllers with a processor, under the next reference, such as WY-PC-0003."""
    bodies = list(dict.fromkeys(body.surviving for body in controllers))
    if not bodies:
        raise ValidationError({"controllers": "Name at least one controller."})
    _check_many(by, partnership, bodies)
    contract = ProcessorContract(
        partnership=partnership, title=_title(title), processor=processor.surviving,
        is_part3=is_part3, summary=clean(summary), link=link, starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    with act(by=by, verb="contract.made", subject=contract):
        [contract.reference] = issue_references(partnership, "PC")
        _check_apart(contract.processor, bodies)
        contract.full_clean()
        contract.save()
        bulk_create([ContractController(contract=contract, organisation=b) for b in bodies])
        bulk_create([ContractPoint(contract=contract, point=point) for point in Point.values])
    return contract


def change_contract(
    *, by, contract: ProcessorContract, row_version: int,
    controllers: list[Organisation] | None = None, **facts,
) -> ProcessorContract:  # fmt: skip
    """Change what a contract says of itself and on whose behalf the processor acts. Raises Conflict."""
    if "title" in facts:
        facts["title"] = _title(facts["title"])
    if "summary" in facts:
        facts["summary"] = clean(facts["summary"])
    with act(by=by, verb="contract.changed", subject=contract, quiet=True):
        contract = lock(contract)
        require(may_keep_contract(by, contract))
        set_facts(contract, facts, FACTS, row_version)
        if controllers is not None:
            _write_controllers(contract, [body.surviving for body in controllers])
        rows = contract.controllers.select_related("organisation")
        _check_apart(contract.processor, [row.organisation for row in rows])
        ask_rules_again(contract)
    return contract


def file_contract(
    *, by, contract: ProcessorContract, row_version: int, content: bytes, name: str
) -> ProcessorContract:
    """Put the file of a contract in its place; it replaces the one before. Raises Conflict."""
    with act(by=by, verb="contract.filed", subject=contract):
        contract = lock(contract)
        require(may_keep_contract(by, contract))
        file_record(contract, row_version, content, name)
    return contract


def save_checklist(
    *, by, contract: ProcessorContract, row_version: int, points: dict[str, tuple[bool, str]]
) -> ProcessorContract:
    """Save which points of Article 28(3) a contract says, with a note on each. Raises Conflict."""
    with act(by=by, verb="contract.checked", subject=contract, quiet=True):
        contract = lock(contract)
        require(may_keep_contract(by, contract))
        expect(contract, row_version)
        changed = False
        for row in contract.points.select_for_update():
            is_met, note = points.get(row.point, (row.is_met, row.note))
            if (row.is_met, row.note) != (is_met, note.strip()):
                row.is_met, row.note = is_met, note.strip()
                row.full_clean(exclude=["contract"])
                row.save()
                changed = True
        if changed:
            contract.row_version += 1
            contract.save()
            ask_rules_again(contract)
    return contract


def add_sub_processor(*, by, contract: ProcessorContract, **facts) -> SubProcessor:
    """Name somebody whom the processor engages: a body of the register, or a name."""
    with act(by=by, verb="contract.sub_processor_added", subject=contract):
        contract = lock(contract)
        require(may_keep_contract(by, contract))
        row = SubProcessor(contract=contract, **_sub_processor(facts))
        row.full_clean()
        row.save()
    return row


def change_sub_processor(*, by, row: SubProcessor, row_version: int, **facts) -> SubProcessor:
    """Change what is known of a sub-processor. Raises Conflict."""
    with act(by=by, verb="contract.sub_processor_changed", subject=row.contract, quiet=True):
        row = lock(row)
        require(may_keep_contract(by, row.contract))
        set_facts(row, _sub_processor(facts), SUB_PROCESSOR, row_version)
    return row


def remove_sub_processor(*, by, row: SubProcessor) -> None:
    """Say that the processor no longer engages somebody; the history keeps it."""
    with act(by=by, verb="contract.sub_processor_removed", subject=row.contract):
        row = lock(row)
        require(may_keep_contract(by, row.contract))
        row.delete()


def _write_controllers(contract: ProcessorContract, bodies: list[Organisation]) -> None:
    if not bodies:
        raise ValidationError({"controllers": "Name at least one controller."})
    wanted = {body.pk: body for body in bodies}
    for row in contract.controllers.select_for_update():
        if wanted.pop(row.organisation_id, None) is None:
            row.delete()
    for body in wanted.values():
        ContractController(contract=contract, organisation=body).save()


def _check_many(by, partnership: Partnership, bodies: list[Organisation]) -> None:
    if not any(may_make(by, partnership, body) for body in bodies):
        require(may_make(by, partnership, bodies[0]))


def _check_apart(processor: Organisation, bodies: list[Organisation]) -> None:
    if processor in bodies:
        raise ValidationError(
            {"processor": f"{processor} is a controller here: it cannot be its own processor."}
        )


def _sub_processor(facts: dict) -> dict:
    if facts.get("organisation") is not None:
        facts = {**facts, "name": ""}
    elif not (facts.get("name") or "").strip():
        raise ValidationError({"name": "Choose the body, or enter the name of the sub-processor."})
    return facts


def _title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise ValidationError({"title": "Enter a title."})
    return title
