"""One row against the flow that it came in as before: what changes, and what is left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from register.exchange.bodies import Named
from register.exchange.facts import shown
from register.exchange.flow_vocabulary import ENDS, FLOW_FIELDS
from register.exchange.flows.facts import label, spelt
from register.exchange.matching import Directory
from register.exchange.outcomes import CHANGED, UNCHANGED, Change
from register.exchange.rows import Problem
from register.lists.labels import labels

if TYPE_CHECKING:
    from register.exchange.flows.plan import FlowPlan


def compare(flow: FlowPlan, directory: Directory) -> None:
    """Put into a flow's plan which values change; what was changed here since is a conflict."""
    assert flow.held is not None
    before = flow.held.said
    if flow.here is None:
        sentence = "The flow of this row was taken out here, and is not added again."
        flow.plan.problems.append(Problem("", sentence))
        flow.said = before
        return
    for name, value in flow.facts.values.items():
        _compare_value(flow, name, value, before["values"].get(name, ""))
    for side in ENDS:
        _compare_end(flow, side, before["ends"].get(side, []), directory)
    _compare_extras(flow, before["extras"])
    # What the sheet no longer says was said once, and is not forgotten.
    flow.said["values"] = {**before["values"], **flow.said["values"]}
    flow.plan.outcome = CHANGED if flow.differs else UNCHANGED


def _compare_value(flow: FlowPlan, name: str, value: object, last: str) -> None:
    assert flow.here is not None
    here = flow.here.value(name)
    new, now = spelt(value), spelt(here)
    if now == new:
        return
    if now != last or last == new:
        flow.said["values"][name] = last
        if name != "flow.title" or not flow.row.title_made:
            flow.plan.conflicts.append(Change(label(name), words(here), words(value)))
        return
    flow.values[name] = value
    flow.plan.changes.append(Change(label(name), words(here), words(value)))


def _compare_end(flow: FlowPlan, side: str, before: list[str], directory: Directory) -> None:
    assert flow.here is not None
    here = {directory.bodies[pk].surviving.pk for pk in flow.here.ends.get(side, [])}
    new = {_key(directory, named) for named in flow.ends[side]}
    if new == here:
        return
    last = {_key(directory, Named(text)) for text in before}
    names = "; ".join(directory.bodies[pk].legal_name for pk in flow.here.ends.get(side, []))
    said = "; ".join(named.text for named in flow.ends[side])
    change = Change(FLOW_FIELDS[side], names or "nobody", said)
    if last != here or last == new or side in flow.here.grouped:
        flow.said["ends"][side] = before
        flow.plan.conflicts.append(change)
        return
    flow.new_ends[side] = flow.ends[side]
    flow.plan.changes.append(change)


def _compare_extras(flow: FlowPlan, before: dict[str, str]) -> None:
    new = flow.facts.extras
    for heading, text in new.items():
        if before.get(heading) != text:
            flow.has_new_extras = True
            flow.plan.changes.append(Change(heading, shown(before.get(heading, "")), shown(text)))
    flow.said["extras"] = {**before, **new}


def words(value: object) -> str:
    """A value as a report shows it."""
    if isinstance(value, list):
        names = [
            f"{item['name']} ({labels('data_category').get(item['category'], item['category'])})"
            if item["category"] else item["name"]
            for item in value
        ]  # fmt: skip
        return shown("; ".join(names))
    return shown(", ".join(value) if isinstance(value, tuple) else value)


def _key(directory: Directory, named: Named) -> object:
    body = directory.find(named)
    return body.pk if body else named.text
