"""Writing anew what a sheet says otherwise of flows that it brought in before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from agreements.flows.models import Flow, FlowItem, FlowParty, FlowSide
from register.directory.models import Organisation
from register.documents.models import Content
from register.ledger.acts import bulk_create, bulk_update

Ends = dict[str, list[Organisation]]
Row = TypeVar("Row", bound=Content)


@dataclass
class CorrectedFlow:
    """What a sheet changes of a flow: only what is given; items and ends are given whole."""

    flow: Flow
    facts: dict[str, Any] = field(default_factory=dict)
    ends: Ends = field(default_factory=dict)
    items: list[dict[str, Any]] | None = None
    laws: dict[str, dict[str, Any]] = field(default_factory=dict)


def rewrite(corrections: Sequence[CorrectedFlow]) -> None:
    """Write the values, laws, items and ends that differ; call it inside an act, under the locks."""
    if not corrections:
        return
    ids = [correction.flow.pk for correction in corrections]
    flows = Flow.objects.select_for_update().in_bulk(ids)
    _write([(flows[c.flow.pk], c.facts) for c in corrections])
    rows = FlowSide.objects.select_for_update().filter(flow_id__in=ids)
    laws = {(law.flow_id, law.side): law for law in rows}
    said = [(laws.get((c.flow.pk, s)), v) for c in corrections for s, v in c.laws.items()]
    _write([(law, values) for law, values in said if law is not None])
    _write_items(corrections)
    _write_ends(corrections)


def _write(pairs: list[tuple[Row, dict[str, Any]]]) -> None:
    names: dict[str, None] = {}
    changed = []
    for row, values in pairs:
        new = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not new:
            continue
        for name, value in new.items():
            setattr(row, name, value)
        row.row_version += 1
        row.clean_fields(exclude=[f.name for f in row._meta.concrete_fields if f.is_relation])
        names.update(dict.fromkeys(new))
        changed.append(row)
    bulk_update(changed, [*names, "row_version"])


def _write_items(corrections: Sequence[CorrectedFlow]) -> None:
    told = {c.flow.pk: c for c in corrections if c.items is not None}
    held: dict[int, list[FlowItem]] = defaultdict(list)
    rows = FlowItem.objects.select_for_update().filter(flow_id__in=told)
    for row in rows.order_by("flow_id", "position", "pk"):
        held[row.flow_id].append(row)
    kept, added = [], []
    for pk, correction in told.items():
        wanted, here = correction.items or [], held[pk]
        kept += list(zip(here, wanted, strict=False))
        for row in here[len(wanted) :]:
            row.delete()
        flow = correction.flow
        added += [
            FlowItem(version=flow.version, flow=flow, position=place, **values)
            for place, values in enumerate(wanted[len(here) :], start=len(here) + 1)
        ]
    _write(kept)
    bulk_create(added)


def _write_ends(corrections: Sequence[CorrectedFlow]) -> None:
    told = {(c.flow.pk, side): (c.flow, b) for c in corrections for side, b in c.ends.items()}
    held: dict[tuple[int, str], list[FlowParty]] = defaultdict(list)
    flows = {flow_id for flow_id, _ in told}
    for row in FlowParty.objects.filter(flow_id__in=flows, organisation__isnull=False):
        held[row.flow_id, row.side].append(row)
    added = []
    for (pk, side), (flow, bodies) in told.items():
        wanted = {body.pk: body for body in bodies}
        for row in held[pk, side]:
            if wanted.pop(row.organisation_id or 0, None) is None:
                row.delete()
        added += [
            FlowParty(version=flow.version, flow=flow, side=side, organisation=body, position=place)
            for place, body in enumerate(wanted.values(), start=1)
        ]
    bulk_create(added)
