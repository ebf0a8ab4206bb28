"""What the register holds of the flows that a chunk of rows speaks of; constant statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from agreements.flows.models import Flow, FlowItem, FlowParty, FlowSide
from register.directory.models import Partnership
from register.exchange.models import ImportedFlow


@dataclass
class FlowHere:
    """A flow as it stands in one version, with its laws by side, its items and its ends by side."""

    flow: Flow
    laws: dict[str, FlowSide] = field(default_factory=dict)
    items: list[dict] = field(default_factory=list)
    ends: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    # Sides at which a group stands; a sheet leaves them alone.
    grouped: set[str] = field(default_factory=set)

    def value(self, name: str) -> object:
        """A value by its name, see `flows.facts`."""
        if name == "items":
            return self.items
        kind, _, column = name.partition(".")
        row = self.flow if kind == "flow" else self.laws.get(kind)
        return getattr(row, column) if row is not None else ""


@dataclass
class StoredFlows:
    """What came in before, by key of its rows, lane and version, and the flows as they stand now."""

    rows: dict[str, dict[int, dict[str, ImportedFlow]]] = field(default_factory=dict)
    flows: dict[tuple[int, UUID], FlowHere] = field(default_factory=dict)

    def of(self, key: str) -> dict[int, dict[str, ImportedFlow]]:
        """What came in under a key, by lane and version."""
        return self.rows.get(key, {})


def read_stored(partnership: Partnership, source: str, keys: Iterable[str]) -> StoredFlows:
    """Read what came in before from a source under these keys, as the register holds it now."""
    found = StoredFlows()
    if partnership.pk is None:
        return found
    rows = ImportedFlow.objects.filter(partnership=partnership, source=source, key__in=list(keys))
    held = list(rows.order_by("pk"))
    for row in held:
        found.rows.setdefault(row.key, {}).setdefault(row.lane, {})[row.label] = row
    documents = {row.document_id for row in held}
    lineages = {row.lineage for row in held}
    flows = Flow.objects.filter(version__document_id__in=documents, lineage__in=lineages)
    by_pk = {flow.pk: FlowHere(flow) for flow in flows.select_related("version__document")}
    _add_content(by_pk)
    found.flows = {(here.flow.version_id, here.flow.lineage): here for here in by_pk.values()}
    return found


def _add_content(by_pk: dict[int, FlowHere]) -> None:
    for law in FlowSide.objects.filter(flow_id__in=by_pk):
        by_pk[law.flow_id].laws[law.side] = law
    for item in FlowItem.objects.filter(flow_id__in=by_pk).order_by("flow_id", "position", "pk"):
        said = {"name": item.name, "category": item.category, "special": item.special}
        by_pk[item.flow_id].items.append(said)
    for end in FlowParty.objects.filter(flow_id__in=by_pk):
        here = by_pk[end.flow_id]
        if end.organisation_id:
            here.ends[end.side].append(end.organisation_id)
        else:
            here.grouped.add(end.side)
