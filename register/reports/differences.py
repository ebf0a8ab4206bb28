"""Two flows, or two agreements, side by side: what is the same, and what differs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agreements.flows.body import flow_in_body, purposes_of
from agreements.flows.facts import FlowFacts, flows_of
from agreements.flows.models import Line
from register.core.dates import words
from register.documents.models import Document, Version
from register.lists.labels import label
from register.reports.flow_list import purpose_titles
from register.reports.seen import bodies_named


@dataclass(frozen=True)
class Compared:
    """One answer of both: its words, and whether they are the same."""

    label: str
    first: str
    second: str

    @property
    def is_same(self) -> bool:
        """Whether both say the same."""
        return self.first == self.second


def flows_side_by_side(first: Version, second: Version, lineages: tuple) -> list[Compared]:
    """Everything that two flows say, answer by answer, those that differ first; nothing where one is gone."""
    told = flows_of({first.pk, second.pk})
    chosen = [
        one
        for version, lineage in zip((first, second), lineages, strict=True)
        for one in told.get(version.pk, [])
        if one.flow.lineage == lineage
    ]
    if len(chosen) != 2:
        return []
    purposes = purposes_of(chosen)
    return _compared(*(_answers(one, purposes) for one in chosen))


def agreements_side_by_side(first: Document, second: Document) -> list[Compared]:
    """What two agreements are and what their flows move, those that differ first."""
    return _compared(*(_of_agreement(document) for document in (first, second)))


def _compared(first: dict[str, str], second: dict[str, str]) -> list[Compared]:
    labels = list(dict.fromkeys([*first, *second]))
    found = [Compared(name, first.get(name, ""), second.get(name, "")) for name in labels]
    return sorted(found, key=lambda one: one.is_same)


def _answers(one: FlowFacts, purposes: dict) -> dict[str, str]:
    body = flow_in_body(one, purposes)
    found = {
        "Name": one.flow.title,
        "From": "; ".join(sorted(one.provider.names)),
        "To": "; ".join(sorted(one.recipient.names)),
        "Categories": "; ".join(sorted(label("data_category", c) for c in one.categories)),
        "Items": "; ".join(sorted(item.name for item in one.items)),
    }
    for part in body["parts"]:
        place = part["heading"].removeprefix("The law for the ")
        prefix = f"{place.capitalize()}: " if place != part["heading"] else ""
        found |= {f"{prefix}{name}": said for name, said in part["answers"]}
    return found


def _of_agreement(document: Document) -> dict[str, str]:
    version = document.governing
    lines = Line.objects.filter(document_id=document.pk, is_governing=True)
    rows = list(lines.values_list("provider_id", "recipient_id", "purpose_lineage", "use_kind"))
    bodies = bodies_named(pk for row in rows for pk in row[:2])
    titles = purpose_titles(row[2] for row in rows)
    flows = flows_of([version.pk])[version.pk] if version else []
    say: Callable[[set], str] = lambda names: "; ".join(sorted(filter(None, names)))  # noqa: E731
    return {
        "Title": version.title if version else "",
        "Lead": document.lead.legal_name if document.lead else "",
        "In force since": words(version.in_force_on) if version and version.in_force_on else "",
        "Next review": words(document.review_on) if document.review_on else "",
        "Bodies that share": say({bodies[pk].name for row in rows for pk in row[:2]}),
        "Purposes": say({titles.get(str(row[2]), "") for row in rows}),
        "Uses": say({label("use_kind", row[3]) for row in rows if row[3]}),
        "Categories": say({label("data_category", c) for one in flows for c in one.categories}),
        "Flows": say({one.flow.title for one in flows}),
    }
