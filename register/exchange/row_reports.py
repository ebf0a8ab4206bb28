"""What is said of each row of an import: kept as rows, counted, and given out as files."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db.models import QuerySet

from register.exchange import storing
from register.exchange.facts import REASON_HEADING
from register.exchange.models import Import, ReportedRow
from register.exchange.outcomes import CHANGED, NEW, REJECTED, UNCHANGED, ChunkPlan, RowPlan
from register.ui.listing import counts_of

# What the report can be narrowed to: the code in the address, the words, and the question.
FILTERS: dict[str, tuple[str, dict]] = {
    "": ("All rows", {}),
    NEW: ("New", {"outcome": NEW}),
    CHANGED: ("Changed", {"outcome": CHANGED}),
    UNCHANGED: ("Same", {"outcome": UNCHANGED}),
    "conflicts": ("Changed here since", {"has_conflicts": True}),
    REJECTED: ("Rejected", {"outcome": REJECTED}),
    "notes": ("With a note", {"has_notes": True}),
}
OUTCOME_WORDS = {NEW: "New", CHANGED: "Changed", UNCHANGED: "Same", REJECTED: "Rejected"}
HEADER = ("Row", "Reference", "Title", "Outcome", "Column or value", "Here", "In the file",
          "What and what to do")  # fmt: skip


def keep(row: Import, plan: ChunkPlan) -> None:
    """Keep what is planned, or was done, for some rows."""
    ReportedRow.objects.bulk_create(_reported(row, each) for each in plan.rows)


def forget(row: Import) -> None:
    """Drop what was kept for the rows of an import, before it is planned or done anew."""
    rows = ReportedRow.objects.filter(of_import=row)
    # One statement for any number: nothing hangs on them, and nobody listens.
    rows._raw_delete(rows.db)


def narrowed(row: Import, code: str) -> QuerySet[ReportedRow]:
    """The rows of an import to which a filter of its report narrows."""
    _words, question = FILTERS.get(code, FILTERS[""])
    return ReportedRow.objects.filter(of_import=row, **question)


def filters(row: Import, code: str) -> list[dict]:
    """The filters with how many rows each leaves; all in one statement."""
    counts = counts_of([narrowed(row, each) for each in FILTERS])
    return [
        {"code": each, "words": words, "count": count, "is_more": is_more, "is_on": each == code}
        for (each, (words, _)), (count, is_more) in zip(FILTERS.items(), counts, strict=True)
        if count or each in ("", code)
    ]


def lines(row: Import, code: str = "") -> Iterator[list]:
    """The report as rows of a file: one for each change, conflict and sentence; one for a plain row."""
    for each in narrowed(row, code).order_by("number").iterator(chunk_size=500):
        told = each.told
        about = [each.number, each.reference, each.title, OUTCOME_WORDS[each.outcome]]
        said = [[*about, value, old, new, ""] for value, old, new in told.get("changes", ())]
        said += [
            [
                *about,
                value,
                old,
                new,
                "Changed here since the last import; the register keeps its own.",
            ]
            for value, old, new in told.get("conflicts", ())
        ]
        said += [[*about, column, "", "", words] for column, words, _ in told.get("problems", ())]
        yield from said or [[*about, "", "", "", ""]]


def rejected(row: Import) -> Iterator[list]:
    """The rejected rows as a file: first the headings and a column for the reason, then each row."""
    reasons = {each.number: reason_of(each) for each in narrowed(row, REJECTED).iterator()}
    with storing.opened(row) as register:
        headings = list(register.columns.headings)
        places = [at for at, name in enumerate(headings) if name != REASON_HEADING]
        yield [*(headings[at] for at in places), REASON_HEADING]
        for number, cells in register.table.rows():
            if number in reasons:
                yield [*(_cell(cells[at]) for at in places), reasons[number]]


def reason_of(reported: ReportedRow) -> str:
    """Why a row was rejected, in one text."""
    problems = reported.told.get("problems", ())
    return " ".join(f"{column}: {words}" if column else words
                    for column, words, stops in problems if stops)  # fmt: skip


def _reported(row: Import, plan: RowPlan) -> ReportedRow:
    told = {
        "changes": [[each.label, each.old, each.new] for each in plan.changes],
        "conflicts": [[each.label, each.old, each.new] for each in plan.conflicts],
        "problems": [[each.column, each.sentence, each.stops] for each in plan.problems],
    }
    said = {name: items for name, items in told.items() if items}
    return ReportedRow(
        of_import=row,
        number=plan.row.number,
        outcome=plan.outcome,
        has_conflicts=bool(plan.conflicts),
        has_notes=any(not each.stops for each in plan.problems),
        reference=plan.row.reference[:120],
        title=plan.row.title[:120],
        told_text=json.dumps(said, ensure_ascii=False) if said else "",
    )


def _cell(cell: object) -> str:
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
