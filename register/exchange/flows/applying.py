"""Writing what a plan of flows says through the service of flows: a few statements a chunk."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from agreements.flows.models import Flow
from agreements.flows.services.admitting import AdmittedFlow, admit_flows
from agreements.flows.services.rewriting import CorrectedFlow
from register.directory.models import Organisation, Partnership
from register.documents.models import Document, Party
from register.exchange.applying import make_bodies
from register.exchange.bodies import Named
from register.exchange.flows.plan import FlowChunk, FlowPlan
from register.exchange.kinds import Effects
from register.exchange.matching import Directory
from register.exchange.models import ImportedFlow

# Before the heading under which words without a home are kept with an agreement.
OF_FLOWS = "Flows: "


def apply_flows(
    *, by, partnership: Partnership, source: str, came_from: str, plan: FlowChunk,
    directory: Directory,
) -> Effects:  # fmt: skip
    """Write a chunk's plan inside the act that is open; bodies that match none come in unconfirmed.

    Gives what was written, as `register.exchange.flows.taking_back` reads it.
    """
    added = [flow for flow in plan.flows if flow.is_new]
    changed = [flow for flow in plan.flows if not flow.is_new and flow.differs]
    written = [flow.ends for flow in added] + [flow.new_ends for flow in changed]
    named = [each for ends in written for names in ends.values() for each in names]
    bodies = make_bodies(by=by, came_from=came_from, named=named, directory=directory)
    extras = _extras([*added, *changed])
    before = [_before(flow) for flow in changed]
    documents = Document.objects.in_bulk(list(extras))
    held = Party.objects.filter(version__in={flow.version.pk for flow in [*added, *changed]})
    parties = set(held.values_list("pk", flat=True))
    flows = admit_flows(
        by=by,
        admissions=[_admitted(flow, directory) for flow in added],
        corrections=[_corrected(flow, directory) for flow in changed],
        extras=extras,
        reason=f"From {came_from}.",
    )
    ImportedFlow.objects.bulk_create(
        _imported(partnership, source, plan, flow) for plan, flow in zip(added, flows, strict=True)
    )
    return {
        "flows": [flow.pk for flow in flows],
        "corrected": before,
        "extras": [[pk, document.extras] for pk, document in documents.items()],
        "parties": sorted(set(held.values_list("pk", flat=True)) - parties),
        "remembered": _remember(plan.flows),
        "bodies": bodies,
    }


def _before(flow: FlowPlan) -> list:
    """A flow that is about to be corrected: its key, its values by name, and who stood at its ends."""
    assert flow.here is not None
    values = {name: flow.here.value(name) for name in flow.values}
    ends = {side: list(flow.here.ends.get(side, [])) for side in flow.new_ends}
    return [flow.here.flow.pk, values, ends]


def _admitted(flow: FlowPlan, directory: Directory) -> AdmittedFlow:
    values = flow.facts.values
    return AdmittedFlow(
        version=flow.version,
        facts=_columns(values, "flow"),
        ends={side: _bodies(names, directory) for side, names in flow.ends.items()},
        items=values.get("items", []),
        laws={side: _columns(values, side) for side in flow.ends},
    )


def _corrected(flow: FlowPlan, directory: Directory) -> CorrectedFlow:
    assert flow.here is not None
    values = flow.values
    return CorrectedFlow(
        flow=flow.here.flow,
        facts=_columns(values, "flow"),
        ends={side: _bodies(names, directory) for side, names in flow.new_ends.items()},
        items=values.get("items"),
        laws={side: _columns(values, side) for side in flow.ends},
    )


def _columns(values: dict, kind: str) -> dict:
    start = f"{kind}."
    return {name.removeprefix(start): v for name, v in values.items() if name.startswith(start)}


def _bodies(names: list[Named], directory: Directory) -> list[Organisation]:
    found: dict[int, Organisation] = {}
    for named in names:
        body = directory.find(named)
        if body is None:  # all were made before
            raise LookupError(named.text)
        found[body.pk] = body
    return list(found.values())


def _extras(flows: list[FlowPlan]) -> dict[int, dict[str, str]]:
    """What is kept beside each agreement: its own words, and those of all flows that came in."""
    documents: dict[int, Document] = {f.version.document_id: f.version.document for f in flows}
    told: dict[int, dict[object, tuple[str, dict[str, str]]]] = defaultdict(dict)
    for row in ImportedFlow.objects.filter(document_id__in=documents).order_by("pk"):
        told[row.document_id][row.pk] = (row.name, row.said["extras"])
    for place, flow in enumerate(flows):
        key = flow.held.pk if flow.held else f"new {place}"
        told[flow.version.document_id][key] = (_name(flow), flow.said["extras"])
    found = {}
    for pk, document in documents.items():
        held = json.loads(document.extras) if document.extras else {}
        own = {name: text for name, text in held.items() if not name.startswith(OF_FLOWS)}
        if (new := own | _joined(told[pk].values())) != held:
            found[pk] = new
    return found


def _joined(told: Iterable[tuple[str, dict[str, str]]]) -> dict[str, str]:
    by_heading: dict[str, dict[str, list[str]]] = {}
    rows = list(told)
    for name, extras in rows:
        for heading, text in extras.items():
            by_heading.setdefault(heading, {}).setdefault(text, []).append(name)
    return {
        f"{OF_FLOWS}{heading}"[:100]: "\n".join(
            text if len(names) == len(rows) else f"{text} ({', '.join(dict.fromkeys(names))})"
            for text, names in texts.items()
        )
        for heading, texts in by_heading.items()
    }


def _imported(partnership: Partnership, source: str, plan: FlowPlan, flow: Flow) -> ImportedFlow:
    return ImportedFlow(
        partnership=partnership,
        source=source,
        key=plan.key,
        lane=plan.lane,
        label=plan.row.version,
        document_id=flow.version.document_id,
        lineage=flow.lineage,
        name=_name(plan),
        digest=plan.row.digest,
        said_text=_text(plan.said),
    )


def _remember(flows: list[FlowPlan]) -> list[list]:
    changed, before = [], []
    for flow in flows:
        if flow.held is None:
            continue
        row, now = flow.held, (flow.row.digest, _name(flow), _text(flow.said))
        if (row.digest, row.name, row.said_text) != now:
            before.append([row.pk, row.digest, row.name, row.said_text])
            row.digest, row.name, row.said_text = now
            changed.append(row)
    ImportedFlow.objects.bulk_update(changed, ["digest", "name", "said_text"], batch_size=500)
    return before


def _name(flow: FlowPlan) -> str:
    title = str(flow.facts.values["flow.title"])
    return f"{flow.row.flow}, {title}"[:200] if flow.row.flow else title[:200]


def _text(said: dict) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
