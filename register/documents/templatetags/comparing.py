"""Two texts word by word on a page: what is put in and taken out can be seen, printed and heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from register.documents.comparing import FieldChange
from register.documents.comparing.words import ADDED, SAME, Piece, Run

register = template.Library()

# What a screen reader says besides the words; the eye sees a line under them or through them.
_HEARD = {"added": ("added: ", " (end of added) "), "removed": ("removed: ", " (end of removed) ")}


@register.filter
def word_by_word(change: FieldChange) -> SafeString:
    """Both values of a change as one text with `ins` and `del`."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in _trimmed(change.pieces)))


@register.filter
def in_sections(changes: Sequence[FieldChange]) -> str:
    """Where changes stand, section by section: “Parties; Clauses (3)”."""
    counts = Counter(change.section for change in changes)
    return "; ".join(f"{name} ({n})" if n > 1 else name for name, n in counts.items())


def _piece(piece: Piece) -> SafeString:
    words = format_html_join("", "{}", ((_run(run),) for run in piece.runs))
    if piece.kind == SAME:
        return words
    before, after = _HEARD[piece.kind]
    return format_html(
        '<{0}><span class="govuk-visually-hidden">{1}</span>{2}'
        '<span class="govuk-visually-hidden">{3}</span></{0}>',
        "ins" if piece.kind == ADDED else "del",
        before,
        words,
        after,
    )


def _run(run: Run) -> str | SafeString:
    if not run.is_mark:
        return run.text
    return format_html('<span class="register-difference__mark">[{}]</span>', run.text)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the empty line with which a first paragraph begins."""
    if not pieces or not pieces[0].runs or pieces[0].runs[0].is_mark:
        return pieces
    first = pieces[0]
    run = Run(first.runs[0].text.lstrip("\n"))
    return [Piece(first.kind, (run, *first.runs[1:])), *pieces[1:]]
