"""Reports as PDF: a title, notes and tables whose heads stand again on every page. Knows no database."""

from __future__ import annotations

from pathlib import Path

from django.template import Context

from register.printing import engine, layout, words

LONGEST = 90  # letters of a title in the foot of a page


def report_page(report: dict) -> str:
    """The whole page of a report: `title`, `kind`, `day`, `printed_by`, `notes`, and `tables`, each with a
    heading, its columns, their `widths` in hundredths (90 together) where they are not the same, and rows of cells,
    each cell a list of lines, or `{"bar": "40"}` for a bar of so many
    hundredths of its cell. A table may have a `note` above it. `as_at` is the past moment that it is about.
    """
    context = {
        "report": report | {"tables": [_with_heads(table) for table in report["tables"]]},
        "edge_title": words.shortened(report["title"], LONGEST),
        "head": {"title": report["title"], "author": report.get("partnership", ""),
                 "created": report.get("printed_at", "")},
    }  # fmt: skip
    return layout.ENGINE.get_template("print/report.html").render(
        Context(context, use_l10n=False, use_tz=False)
    )


def build_report(report: dict, *, fonts: Path) -> bytes:
    """The PDF of a report; PrintFailed where it cannot be made."""
    return engine.write_page(report_page(report), report, fonts)


def _with_heads(table: dict) -> dict:
    columns = table["columns"]
    # The layout adds the room between columns to their widths.
    widths = table.get("widths") or [90 // len(columns)] * len(columns)
    return table | {"heads": list(zip(columns, map(str, widths), strict=True))}
