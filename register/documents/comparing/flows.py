"""Information flows row by row and answer by answer, by the labels that stand in the bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from register.documents.comparing.bodies import Bodies
from register.documents.comparing.changes import FieldChange
from register.documents.comparing.fields import reordered, said, slug, texts, words_of
from register.documents.comparing.rows import paired
from register.documents.comparing.tables import tables

ENDS = ("provider", "recipient")
_READ_BY_NAME = {"lineage", "number", "title", "from", "to", "parts", "law", "items"}


def flows(heading: str, old: list[dict], new: list[dict], bodies: Bodies) -> Iterator[FieldChange]:
    """The changes of the flows; each concerns the bodies at its ends, in either version."""
    pairs = paired(old, new, lambda row: row.get("lineage"), lambda row: row.get("title"))
    for i, k in pairs:
        before = old[i] if i is not None else None
        after = new[k] if k is not None else None
        touched = _touched(before, after, bodies)
        if before is None or after is None:
            yield _whole(heading, before or after or {}, touched, is_new=before is None)
        else:
            yield from _flow(heading, before, after, touched, bodies)
    yield from reordered("flows", heading, pairs, old, new, lambda row: row.get("title", ""))


def _touched(old: dict | None, new: dict | None, bodies: Bodies) -> frozenset[str] | None:
    found: set[str] = set()
    for flow, is_new in ((old, False), (new, True)):
        ends = [*((flow or {}).get("from") or []), *((flow or {}).get("to") or [])]
        behind = bodies.behind(ends, is_new=is_new)
        if behind is None:
            return None
        found.update(behind)
    return frozenset(found) or None  # a flow that names nobody could be anybody's


def _whole(heading: str, flow: dict, touched, *, is_new: bool) -> FieldChange:
    answers = _answers(flow)
    items = [
        ": ".join(filter(None, row[:2])) for row in (flow.get("items") or {}).get("rows") or []
    ]
    words = said(
        f"From {words_of(flow.get('from'))} to {words_of(flow.get('to'))}",
        *(f"{label}: {value}" for (label, _), value in answers.items()),
        *(f"{name} ({end}): {value}" for (name, end), value in _law(flow).items() if value),
        *(f"Item of data: {item}" for item in items),
    )
    return FieldChange(
        f"flows.{'added' if is_new else 'removed'}", heading, row=_name(flow),
        before="" if is_new else words, after=words if is_new else "",
        what="added" if is_new else "removed", kind="row", touched=touched,
    )  # fmt: skip


def _flow(heading, old: dict, new: dict, touched, bodies: Bodies) -> Iterator[FieldChange]:
    more = {"row": _name(new), "touched": touched}
    found = list(
        texts("flows.title", heading, old.get("title"), new.get("title"), label="Name", **more)
    )
    for end, label in (("from", "From"), ("to", "To")):
        before, after = old.get(end) or [], new.get(end) or []
        path = "order.flows" if bodies.same_ends(before, after) else f"flows.{end}"
        found += texts(path, heading, before, after, label=label, **more)
    found += _parts(heading, old, new, more)
    found += _laws(heading, old, new, more)
    found += tables("flows.items", heading, old.get("items"), new.get("items"), **more)
    yield from found
    yield from _others(heading, old, new, found, more)


def _parts(heading: str, old: dict, new: dict, more: dict) -> Iterator[FieldChange]:
    before, after = _answers(old), _answers(new)
    for label, place in dict.fromkeys([*after, *before]):
        yield from texts(
            f"flows.{slug(label)}", heading, before.get((label, place)), after.get((label, place)),
            label=label, **more,
        )  # fmt: skip


def _answers(flow: dict) -> dict[tuple[str, int], str]:
    """Every answer under its label, and under its turn where a label comes twice."""
    turns: Counter[str] = Counter()
    found = {}
    for part in flow.get("parts") or []:
        for label, value in part.get("answers") or []:
            turns[label] += 1
            found[label, turns[label]] = value
    return found


def _laws(heading: str, old: dict, new: dict, more: dict) -> Iterator[FieldChange]:
    before, after = _law(old), _law(new)
    for name in dict.fromkeys(name for name, _ in (*after, *before)):
        pairs = [(before.get((name, end), ""), after.get((name, end), "")) for end in ENDS]
        path = f"flows.law.{slug(name)}"
        if pairs[0] == pairs[1]:
            label = f"{name}, at both ends"
            yield from texts(path, heading, *pairs[0], label=label, **more)
            continue
        for end, (was, now) in zip(ENDS, pairs, strict=True):
            yield from texts(path, heading, was, now, label=f"{name} of the {end}", **more)


def _law(flow: dict) -> dict[tuple[str, str], str]:
    """The law of a flow by name and end; one column stands for both ends."""
    rows = (flow.get("law") or {}).get("rows") or []
    return {
        (row[0], end): row[min(place, len(row) - 1)]
        for row in rows
        for place, end in enumerate(ENDS, 1)
    }


def _others(heading, old: dict, new: dict, found: list, more) -> Iterator[FieldChange]:
    """What else a flow says, unless a change above says it already."""
    for name in dict.fromkeys([*new, *old]):
        if name in _READ_BY_NAME:
            continue
        was, now = _listed(old.get(name)), _listed(new.get(name))
        if not all(_is_said(pair, found) for pair in _unlike(was, now)):
            label = name.replace("_", " ").capitalize()
            yield from texts(
                f"flows.{slug(name)}", heading, old.get(name), new.get(name), label=label, **more
            )


def _listed(value: object) -> list[str]:
    return [words_of(each) for each in value] if isinstance(value, list) else [words_of(value)]


def _unlike(was: list[str], now: list[str]) -> list[tuple[str, str]]:
    most = max(len(was), len(now))
    pairs = zip(was + [""] * (most - len(was)), now + [""] * (most - len(now)), strict=True)
    return [(before, after) for before, after in pairs if before != after]


def _is_said(pair: tuple[str, str], found: list[FieldChange]) -> bool:
    was, now = pair
    return any(
        change.kind == "text"
        and was in change.before
        and now in change.after
        and change.label != "Name"
        for change in found
    )


def _name(flow: dict) -> str:
    return f"Flow {flow.get('number', '')}, {flow.get('title', '')}"
