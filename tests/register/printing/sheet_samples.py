"""Sheets to print: the fullest of each form, with the longest real names."""

from functools import cache

from django.conf import settings

from register.printing.sheets import SHAPES, build_sheet
from tests.register.printing import bodies

FONTS = settings.BUILD_DIR / "front" / "fonts"
FORMS = tuple(SHAPES)
NAMES = [bodies.LONG, bodies.WELSH, bodies.NHS]
SENTENCE = "We share what is needed, when it is needed, and tell people what we do with it. "


def head(form, **changes):
    """What stands at the head of every sheet."""
    return {
        "form": form, "kind": "Sheet", "title": bodies.fullest(3)["title"],
        "partnership": bodies.fullest(3)["partnership"]["name"], "reference": "WY-A-0042",
        "version": 3, "status": "in_force", "mark": "", "marking": "OFFICIAL-SENSITIVE",
        "facts": [["In force from", "1 December 2026"], ["Look at it again by", "1 December 2027"]],
        "blocks": [], "foot": "The full text says more.", "printed_by": bodies.SIGNER,
        "printed_at": "2026-11-21T09:32:00+00:00", **changes,
    }  # fmt: skip


def fullest(form, rows=20, **changes):
    """A sheet with far more on it than one page holds."""
    pairs = [[f"{n} {NAMES[n % 3]}", SENTENCE * 6] for n in range(rows)]
    blocks = [
        {"heading": "What it is for", "text": SENTENCE * 40},
        {"heading": "Who takes part", "items": [f"{n} {NAMES[n % 3]} 🙂" for n in range(rows)]},
        {"heading": "Principles", "rows": pairs},
    ]
    return head(form, blocks=blocks, mark="DRAFT", status="draft", **changes)


@cache
def made(form):
    """The PDF of the fullest sheet of a form, made once."""
    return build_sheet(fullest(form), fonts=FONTS)
