"""Changes in plain words: a few sentences for the head of a page, lines for a mail."""

from __future__ import annotations

from collections.abc import Sequence

from register.documents.comparing.changes import FieldChange
from register.documents.comparing.words import ADDED, REMOVED, SAME, Piece

FIRST = "This is the first version: everything in it is new."
NOTHING = "Nothing differs."
MOST_NAMED = 4
MOST_SENTENCES = 6
MOST_CHARACTERS = 240
_AROUND = 30  # characters of what stays on each side of a change


def summary_of(changes: Sequence[FieldChange], *, is_first: bool) -> list[str]:
    """What differs, in at most a dozen or so sentences however much there is."""
    if is_first:
        return [FIRST]
    if not changes:
        return [NOTHING]
    by_section: dict[str, list[FieldChange]] = {}
    for change in changes:
        by_section.setdefault(change.section, []).append(change)
    return [says for section, found in by_section.items() for says in _sentences(section, found)]


def lines_of(changes: Sequence[FieldChange], limit: int) -> list[str]:
    """One line a change; the last line says how many more there are."""
    if not changes:
        return [NOTHING]
    shown = changes if len(changes) <= limit else changes[: max(limit - 1, 0)]
    lines = [line_of(change) for change in shown]
    if rest := len(changes) - len(shown):
        lines.append(f"And {_count(rest, 'more change')}.")
    return lines


def line_of(change: FieldChange) -> str:
    """A change as one line of plain text; what is taken out and put in stands in brackets."""
    if change.what == "moved":
        was, now = (" / ".join(words.split("\n")) for words in (change.old, change.new))
        return _cut(f"{change.where}: moved. Was: {was}. Now: {now}")
    if change.what != "changed":
        words = " ".join((change.new or change.old).split())
        word = "New" if change.what == "added" else "Taken out"
        return _cut(f"{word}: {change.where}. {words}")
    if len(change.old) + len(change.new) < 120 and not _hides(change.pieces):
        was, now = change.old or "nothing", change.new or "nothing"
        return f"{change.where}: was “{_flat(was)}”, now “{_flat(now)}”."
    return _cut(f"{change.where}: {_flat(''.join(_marked(change.pieces)))}")


def names(found: Sequence[str]) -> str:
    """Names with commas and “and”, only the first few of many."""
    each = list(dict.fromkeys(found))
    if len(each) > MOST_NAMED + 1:
        each = [*each[:MOST_NAMED], f"{len(each) - MOST_NAMED} more"]
    return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} and {each[-1]}"


def _sentences(section: str, found: list[FieldChange]) -> list[str]:
    rows: dict[str, list[FieldChange]] = {}
    is_reordered = False
    for change in found:
        if change.path.startswith("order.") and change.label != "Place":
            is_reordered = True
        elif change.row:
            rows.setdefault(change.row, []).append(change)
    joined, gone = _whole(rows, "added"), _whole(rows, "removed")
    sentences = [f"{section}: {names(joined)} {_is(joined)} new."] if joined else []
    sentences += [f"{section}: {names(gone)} {_is(gone)} taken out."] if gone else []
    whole = {*joined, *gone}
    sentences += _changed(section, {row: each for row, each in rows.items() if row not in whole})
    fields = [change for change in found if not change.row and change.what != "moved"]
    sentences += [f"{section}: {_happened(fields)}."] if fields else []
    return [*sentences, f"{section}: the order is another."] if is_reordered else sentences


def _whole(rows: dict[str, list[FieldChange]], what: str) -> list[str]:
    """The rows that are new, or gone, as a whole."""
    return [
        row
        for row, found in rows.items()
        if len(found) == 1 and found[0].what == what and not found[0].label
    ]


def _changed(section: str, rows: dict[str, list[FieldChange]]) -> list[str]:
    if len(rows) > MOST_SENTENCES:
        return [f"{section}: {names([*rows])} change."]
    return [f"{section}, {row}: {_happened(found)}." for row, found in rows.items()]


def _happened(found: Sequence[FieldChange]) -> str:
    """What happened to the fields of a row: “Kept” changes; “Address” is new; it moves."""
    by_what: dict[str, list[str]] = {}
    for change in found:
        by_what.setdefault(change.what, []).append(
            f"“{change.label}”" if change.label else "the text"
        )
    said = [
        f"{names(each)} {_verb(what, each)}" for what, each in by_what.items() if what != "moved"
    ]
    moved = {"clauses.place": "it stands under another clause"}
    said += dict.fromkeys(moved.get(c.path, "it moves") for c in found if c.what == "moved")
    return "; ".join(said)


def _verb(what: str, found: list[str]) -> str:
    if what == "changed":
        return "changes" if len(set(found)) == 1 else "change"
    return f"{_is(list(dict.fromkeys(found)))} {'new' if what == 'added' else 'taken out'}"


def _is(found: list[str]) -> str:
    return "is" if len(found) == 1 else "are"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _hides(pieces: Sequence[Piece]) -> bool:
    return any(run.is_mark for piece in pieces for run in piece.runs)


def _marked(pieces: Sequence[Piece]) -> list[str]:
    words = {ADDED: "[put in: {}]", REMOVED: "[taken out: {}]"}
    return [
        _ends(piece.text) if piece.kind == SAME else words[piece.kind].format(_flat(piece.text))
        for piece in pieces
    ]


def _ends(text: str) -> str:
    flat = " ".join(text.split())
    lead, trail = " " * text[:1].isspace(), " " * text[-1:].isspace()
    if len(flat) > 2 * _AROUND:
        flat = f"{flat[:_AROUND].rsplit(' ', 1)[0]} … {flat[-_AROUND:].split(' ', 1)[-1]}"
    return f"{lead}{flat}{trail}"


def _flat(text: str) -> str:
    return " ".join(text.split()) or text


def _cut(line: str) -> str:
    return line if len(line) <= MOST_CHARACTERS else f"{line[: MOST_CHARACTERS - 1].rstrip()}…"
