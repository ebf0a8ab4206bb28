"""The kinds of paper that this room makes, as pages offer them and the worker makes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from register.core.verdicts import YES, Verdict
from register.documents.models import Version
from register.packs.archive import make_zip
from register.packs.posters import has_poster, poster_sheet
from register.packs.releasing import make_release
from register.packs.sheets import sheet_maker
from register.packs.staff import has_staff_sheet, staff_sheet
from register.packs.summaries import summary_sheet
from register.printing.papers import ZIP, Paper, plug_in


@dataclass(frozen=True)
class Sheet:
    """A sheet that a page of a version offers: its code, its button, and which versions have it."""

    code: str
    button: str
    has: Callable[[Version], Verdict] = lambda version: YES


SHEETS = {
    sheet.code: sheet
    for sheet in (
        Sheet("summary", "One-page summary"),
        Sheet("staff", "Staff sheet", has_staff_sheet),
        Sheet("poster-a4", "Poster A4", has_poster),
        Sheet("poster-a3", "Poster A3", has_poster),
    )
}
RELEASE = "release"


def papers() -> None:
    """Add every kind of this room to printing."""
    plug_in(Paper("summary", "one-page summary", sheet_maker("summary", "summary", summary_sheet)))
    plug_in(Paper("staff", "staff sheet", sheet_maker("staff", "staff-sheet", staff_sheet)))
    for code in ("poster-a4", "poster-a3"):
        words = f"poster {code[-2:].upper()}"
        plug_in(Paper(code, words, sheet_maker(code, code, poster_sheet)))
    plug_in(Paper(RELEASE, "release copy", make_release))
    plug_in(Paper(ZIP, "separate PDFs", make_zip, ending=ZIP))
