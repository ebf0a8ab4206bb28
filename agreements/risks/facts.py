"""What is known of the risk side of many versions at once, for rules, lists and scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from agreements.flows.models import Flow
from agreements.risks.levels import level_of, missing_controls, required_controls
from agreements.risks.models import (
    ContractController,
    ContractLink,
    ContractPoint,
    DpiaController,
    DpiaLink,
    Point,
    Risk,
    RiskAnswers,
)
from agreements.risks.statuses import SETTLED
from register.documents.models import Version

AGREEMENT = 3


@dataclass(frozen=True)
class DpiaFacts:
    """A DPIA that serves the document: its status by controller (primary keys of bodies)."""

    reference: str
    review_on: date | None
    statuses: dict[int, str]

    def is_settled_for(self, body: int) -> bool:
        """Whether a controller has decided, relies on another, or needs none."""
        return self.statuses.get(body, "") in SETTLED


@dataclass(frozen=True)
class ContractFacts:
    """A processor contract that serves the document."""

    reference: str
    processor: int
    controllers: frozenset[int]
    is_part3: bool
    starts_on: date | None
    ends_on: date | None
    missing_points: tuple[str, ...]

    def has_ended(self, day: date) -> bool:
        """Whether the contract had ended before a day."""
        return self.ends_on is not None and self.ends_on < day


@dataclass(frozen=True)
class RiskFacts:
    """What a version and its document say of risk."""

    level: str = ""
    level_says: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    risks: int = 0
    unaccepted: tuple[str, ...] = ()
    dpias: tuple[DpiaFacts, ...] = ()
    contracts: dict[int, tuple[ContractFacts, ...]] = field(default_factory=dict)

    def dpia_statuses(self, body: int) -> tuple[str, ...]:
        """How the document's DPIAs stand with a controller; empty where no DPIA names it."""
        return tuple(dpia.statuses[body] for dpia in self.dpias if body in dpia.statuses)

    def has_settled_dpia(self, body: int) -> bool:
        """Whether some DPIA of the document is settled with a controller."""
        return any(dpia.is_settled_for(body) for dpia in self.dpias)


def risks_facts(version_ids: Iterable[int]) -> dict[int, RiskFacts]:
    """The facts of each version asked for, in nine statements however many there are."""
    documents = dict(
        Version.objects.filter(pk__in=list(version_ids)).values_list("pk", "document_id")
    )
    answers = {row.version_id: row for row in RiskAnswers.objects.filter(version__in=documents)}
    risks: dict[int, list[Risk]] = defaultdict(list)
    for risk in Risk.objects.filter(version__in=documents):
        risks[risk.version_id].append(risk)
    in_flows = controls_in_flows(documents)
    dpias = dpias_of(documents.values())
    contracts = contracts_of(documents.values())
    return {
        version: RiskFacts(
            **_of_answers(answers.get(version), in_flows.get(version, ())),
            risks=len(risks[version]),
            unaccepted=tuple(risk.title for risk in risks[version] if risk.must_be_accepted),
            dpias=tuple(dpias.get(document, ())),
            contracts=_by_processor(contracts.get(document, [])),
        )
        for version, document in documents.items()
    }


def load_risks(versions: list[Version]) -> dict[int, object]:
    """The risk side of agreement versions, as rules ask for it in a case."""
    return dict(risks_facts([v.pk for v in versions if v.document.tier == AGREEMENT]))


def controls_in_flows(version_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The controls that every flow about people of a version names; they count for the agreement."""
    found: dict[int, tuple[str, ...]] = {}
    rows = Flow.objects.filter(version_id__in=list(version_ids))
    for flow in rows.only("version_id", "controls", "identifiability"):
        if flow.is_personal:
            held = found.get(flow.version_id, flow.controls)
            found[flow.version_id] = tuple(code for code in held if code in flow.controls)
    return found


def dpias_of(document_ids: Iterable[int]) -> dict[int, list[DpiaFacts]]:
    """The DPIAs of each document, by reference, in two statements."""
    links = DpiaLink.objects.filter(document_id__in=set(document_ids)).select_related("dpia")
    rows = list(links.order_by("dpia__reference"))
    statuses: dict[int, dict[int, str]] = defaultdict(dict)
    named = DpiaController.objects.filter(dpia_id__in={row.dpia_id for row in rows})
    for dpia_id, body, status in named.values_list("dpia_id", "organisation_id", "status"):
        statuses[dpia_id][body] = status
    found: dict[int, list[DpiaFacts]] = defaultdict(list)
    for row in rows:
        dpia = row.dpia
        found[row.document_id].append(
            DpiaFacts(dpia.reference, dpia.review_on, statuses[row.dpia_id])
        )
    return found


def contracts_of(document_ids: Iterable[int]) -> dict[int, list[ContractFacts]]:
    """The processor contracts of each document, by reference, in three statements."""
    links = ContractLink.objects.filter(document_id__in=set(document_ids))
    rows = list(links.select_related("contract").order_by("contract__reference"))
    ids = {row.contract_id for row in rows}
    bodies: dict[int, set[int]] = defaultdict(set)
    named = ContractController.objects.filter(contract_id__in=ids)
    for contract_id, body in named.values_list("contract_id", "organisation_id"):
        bodies[contract_id].add(body)
    missing = missing_points(ids)
    found: dict[int, list[ContractFacts]] = defaultdict(list)
    for row in rows:
        contract = row.contract
        found[row.document_id].append(
            ContractFacts(
                reference=contract.reference,
                processor=contract.processor_id,
                controllers=frozenset(bodies[contract.pk]),
                is_part3=contract.is_part3,
                starts_on=contract.starts_on,
                ends_on=contract.ends_on,
                missing_points=missing[contract.pk],
            )
        )
    return found


def missing_points(contract_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The points of Article 28(3) that contracts do not say, in the order of the article."""
    met: dict[int, set[str]] = {pk: set() for pk in contract_ids}
    rows = ContractPoint.objects.filter(contract_id__in=met, is_met=True)
    for contract_id, point in rows.values_list("contract_id", "point"):
        met[contract_id].add(point)
    return {pk: tuple(p for p in Point.values if p not in held) for pk, held in met.items()}


def _of_answers(row: RiskAnswers | None, in_flows: Iterable[str]) -> dict:
    if row is None:
        return {}
    level = level_of(row.answers)
    controls = tuple(dict.fromkeys([*row.controls, *in_flows]))
    return {
        "level": level.code,
        "level_says": level.says,
        "answers": row.answers,
        "required": required_controls(level.code, row.answers),
        "controls": controls,
        "missing": missing_controls(level.code, controls, row.answers),
    }


def _by_processor(contracts: list[ContractFacts]) -> dict[int, tuple[ContractFacts, ...]]:
    found: dict[int, tuple[ContractFacts, ...]] = {}
    for contract in contracts:
        found[contract.processor] = (*found.get(contract.processor, ()), contract)
    return found
