"""What an import has to say: rows that are not plain, bodies that need somebody, in plain data.

A report is a dictionary: `notes` about the file, `rows` (row, reference, title, outcome, column,
sentence), `changes` and `conflicts` (row, reference, title, value, old, new), `unmatched` (name, rows,
suggestions), `ended` (name, on, rows), `codes` (code, name), `rejected` (row, reason), `repeats`
(how many rows repeat another's reference). `left_out` counts what was too much to list.
"""

from __future__ import annotations

from collections.abc import Iterator

from register.core.dates import words
from register.exchange.matching import Directory
from register.exchange.outcomes import REJECTED, Change, ChunkPlan, RowPlan

LISTED = 2_000  # of each kind
ROWS_NAMED = 20


def empty(notes: list[str]) -> dict:
    """A report of nothing yet."""
    kinds = ("rows", "changes", "conflicts", "unmatched", "ended", "codes", "rejected")
    return {"notes": notes, "left_out": 0, **{kind: [] for kind in kinds}}


def take_in(report: dict, plan: ChunkPlan, directory: Directory) -> None:
    """Add what was found about some rows."""
    for row in plan.rows:
        _take_row(report, row)
    for form, (name, numbers) in plan.unmatched.items():
        held = next((each for each in report["unmatched"] if each["form"] == form), None)
        if held is None:
            suggestions = [candidate.name for candidate in directory.candidates(name)]
            held = {"form": form, "name": name, "rows": [], "count": 0, "suggestions": suggestions}
            _list(report, "unmatched", held)
        _count(held, numbers)
    for pk, numbers in plan.ended.items():
        body = directory.bodies[pk]
        held = _held(report["ended"], body.legal_name)
        if held is None:
            held = {"name": body.legal_name, "on": words(body.ends_on), "rows": [], "count": 0}
            _list(report, "ended", held)
        _count(held, numbers)
    for code, name in plan.codes.items():
        if not any(each["code"] == code for each in report["codes"]):
            _list(report, "codes", {"code": code, "name": name})


def lines(report: dict) -> Iterator[str]:
    """The report as lines of plain text, grouped, for the terminal."""
    yield from report["notes"]
    for each in alike(report["rows"]):
        column = f", {each['column']}" if each["column"] else ""
        numbers = ", ".join(map(str, each["numbers"][:ROWS_NAMED]))
        numbers += f" and {len(each['numbers']) - ROWS_NAMED} more" * (
            len(each["numbers"]) > ROWS_NAMED
        )
        word = "Row" if len(each["numbers"]) == 1 else "Rows"
        yield f"{word} {numbers} {each['outcome']}{column}: {each['sentence']}"
    for each in report["changes"]:
        yield (
            f"Row {each['row']} changed, {each['reference'] or each['title']}, {each['value']}:"
            f" {each['old']} becomes {each['new']}"
        )
    for each in report["conflicts"]:
        yield (
            f"Row {each['row']} conflict, {each['reference'] or each['title']}, {each['value']}:"
            f" kept here: {each['old']}; the file says: {each['new']}"
        )
    for each in report["unmatched"]:
        like = "; ".join(each["suggestions"])
        yield (
            f"Body not matched, {_rows(each)}: {each['name']}{f' (perhaps {like})' if like else ''}"
        )
    for each in report["ended"]:
        yield f"Body that ended on {each['on']}, {_rows(each)}: {each['name']}"
    for each in report["codes"]:
        yield f"Code taken for the body that stood there before: {each['code']} is {each['name']}"
    if report["left_out"]:
        yield f"{report['left_out']:,} more were found and are not listed."


def alike(rows: list[dict]) -> list[dict]:
    """What is said of rows, each sentence once with the `numbers` of all its rows."""
    found: dict[tuple[str, str, str], dict] = {}
    for each in rows:
        key = (each["outcome"], each["column"], each["sentence"])
        found.setdefault(key, {**each, "numbers": []})["numbers"].append(each["row"])
    return list(found.values())


def _take_row(report: dict, plan: RowPlan) -> None:
    about = {"row": plan.row.number, "reference": plan.row.reference[:120],
             "title": plan.row.title[:120]}  # fmt: skip
    for problem in plan.problems:
        said = {"outcome": plan.outcome, "column": problem.column, "sentence": problem.sentence}
        _list(report, "rows", about | said)
    for kind in ("changes", "conflicts"):
        change: Change
        for change in getattr(plan, kind):
            _list(report, kind, about | {"value": change.label, "old": change.old,
                                         "new": change.new})  # fmt: skip
    if plan.outcome == REJECTED:
        reasons = [f"{p.column}: {p.sentence}" if p.column else p.sentence
                   for p in plan.problems if p.stops]  # fmt: skip
        report["rejected"].append([plan.row.number, " ".join(reasons)])


def _list(report: dict, kind: str, item: dict) -> None:
    if len(report[kind]) < LISTED:
        report[kind].append(item)
    else:
        report["left_out"] += 1


def _held(items: list[dict], name: str) -> dict | None:
    return next((item for item in items if item["name"] == name), None)


def _count(held: dict, numbers: set[int]) -> None:
    held["count"] += len(numbers)
    held["rows"] = (held["rows"] + sorted(numbers))[:ROWS_NAMED]


def _rows(held: dict) -> str:
    return f"{held['count']:,} row{'s' * (held['count'] != 1)}"
