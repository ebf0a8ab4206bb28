"""Taking back what a sheet of flows brought in.

What was written is given as `register.exchange.flows.applying.apply_flows` gives it: keys of `flows`,
`parties` and `bodies`; `corrected` as flow, values and ends before; `extras` of documents before;
`remembered` as row, digest, name and words.
"""

from __future__ import annotations

import json
from typing import Any

from agreements.flows.models import Flow
from agreements.flows.services.admitting import admit_flows
from agreements.flows.services.rewriting import CorrectedFlow
from agreements.flows.services.taking_out import take_flows_out
from register.directory.models import Organisation
from register.documents.models import Party
from register.documents.services.taking_back import take_parties_back
from register.exchange.flow_vocabulary import ENDS
from register.exchange.kinds import Effects
from register.exchange.models import ImportedFlow
from register.exchange.taking_back import end_unused

AT_ONCE = 500  # flows in one act: each goes with all that hangs on it


def take_back(*, by, effects: Effects, reason: str) -> Effects:
    """Take a part back inside the act that is open; gives what is left to do, empty at the end."""
    flows = effects.get("flows", [])
    if flows:
        _remove(by, flows[:AT_ONCE], reason)
        if rest := flows[AT_ONCE:]:
            return {**effects, "flows": rest}
    extras = {pk: json.loads(text) if text else {} for pk, text in effects.get("extras", [])}
    admit_flows(
        by=by,
        admissions=[],
        corrections=_corrections(effects.get("corrected", [])),
        extras=extras,
        reason=reason,
    )
    take_parties_back(by=by, parties=effects.get("parties", []), reason=reason)
    _remember_again(effects.get("remembered", []))
    end_unused(by=by, bodies=effects.get("bodies", []), reason=reason)
    return {}


def documents_of(effects: Effects) -> set[int]:
    """The agreements whose flows were made or changed."""
    flows = [*effects.get("flows", []), *(pk for pk, _, _ in effects.get("corrected", []))]
    found = set(Flow.objects.filter(pk__in=flows).values_list("version__document_id", flat=True))
    parties = Party.objects.filter(pk__in=effects.get("parties", []))
    found |= set(parties.values_list("version__document_id", flat=True))
    return found | {pk for pk, _text in effects.get("extras", [])}


def hindrances(effects: Effects) -> dict[int, str]:
    """Agreements from whose version no flow can be taken, with the reason."""
    rows = Flow.objects.filter(pk__in=effects.get("flows", [])).select_related("version__document")
    return {
        flow.version.document_id: "Its version has ended, and what stands in it stays."
        for flow in rows
        if not flow.version.is_editable
    }


def _remove(by, keys: list[int], reason: str) -> None:
    lineages = Flow.objects.filter(pk__in=keys).values_list("lineage", flat=True)
    ImportedFlow.objects.filter(lineage__in=list(lineages)).delete()
    take_flows_out(by=by, flows=keys, reason=reason)


def _corrections(corrected: list[list]) -> list[CorrectedFlow]:
    rows = Flow.objects.select_related("version__document")
    flows = rows.in_bulk([pk for pk, _, _ in corrected])
    bodies = Organisation.objects.in_bulk(
        {key for _, _, ends in corrected for keys in ends.values() for key in keys}
    )
    return [
        CorrectedFlow(
            flow=flows[pk],
            facts=_columns(values, "flow"),
            ends={side: [bodies[key] for key in keys] for side, keys in ends.items()},
            items=values.get("items"),
            laws={side: _columns(values, side) for side in ENDS},
        )
        for pk, values, ends in corrected
        if pk in flows
    ]


def _columns(values: dict[str, Any], kind: str) -> dict[str, Any]:
    start = f"{kind}."
    return {
        name.removeprefix(start): tuple(value) if isinstance(value, list) else value
        for name, value in values.items()
        if name.startswith(start)
    }


def _remember_again(remembered: list[list]) -> None:
    rows = ImportedFlow.objects.in_bulk([pk for pk, *_ in remembered])
    for pk, digest, name, said in remembered:
        if row := rows.get(pk):
            row.digest, row.name, row.said_text = digest, name, said
    ImportedFlow.objects.bulk_update(rows.values(), ["digest", "name", "said_text"], batch_size=500)
