"""Two texts word by word: what stays, what is taken out, what is put in, with nothing changed unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from register.documents.comparing.tokens import (
    EMPHASIS,
    Token,
    is_told_apart,
    letters_of,
    name_of,
    tokens_of,
)

SAME, REMOVED, ADDED = "same", "removed", "added"
Kind = str  # one of the three
AROUND = 24  # words that stay on each side of a change; what is between is counted
MOST_PAIRS = 4_000_000  # tokens × tokens that are compared word by word; more is shown whole
LEAST_ALIKE = 0.35  # of the words between the first and the last change; less is shown whole
_WORD = re.compile(r"\w")
_SHAPES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "\xa0": " "})


@dataclass(frozen=True)
class Run:
    """A stretch of a piece that is shown in one way: words, or the name of what cannot be seen."""

    text: str
    is_mark: bool = False


@dataclass(frozen=True)
class Piece:
    """A stretch of both texts that stays, or of one that is taken out or put in."""

    kind: Kind
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The piece as plain text, names in square brackets."""
        return "".join(f"[{run.text}]" if run.is_mark else run.text for run in self.runs)


def pieces_of(old: str, new: str, *, is_markup: bool = False, is_short: bool = True) -> list[Piece]:
    """The pieces from which both texts can be read; long stretches that stay are counted, not shown."""
    before = tokens_of(old, is_markup=is_markup)
    after = tokens_of(new, is_markup=is_markup)
    if not before or not after:
        whole = [(REMOVED, before), (ADDED, after)]
        return [Piece(kind, _whole(tokens)) for kind, tokens in whole if tokens]
    if before == after and old != new:  # the same to a reader, yet not the same characters
        return [Piece(REMOVED, (Run(old),)), Piece(ADDED, (Run(new),))]
    found = _joined(list(_stretches(before, after)))
    last = len(found) - 1
    return [
        piece
        for place, (kind, tokens, is_swap) in enumerate(found)
        for piece in _piece(kind, tokens, is_swap, is_short, place == 0, place == last)
    ]


def is_only_appearance(old: str, new: str, *, is_markup: bool) -> bool:
    """Whether two texts have the same words in the same structure.

    Only emphasis, the amount of space, and the shape of quotation marks and dashes may differ.
    """
    if old == new or not old or not new:
        return False
    # Most changes change a letter: that is seen without reading either text whole.
    if letters_of(old, is_markup=is_markup) != letters_of(new, is_markup=is_markup):
        return False
    return _bare(old, is_markup) == _bare(new, is_markup)


def _bare(text: str, is_markup: bool) -> str:
    tokens = tokens_of(text, is_markup=is_markup)
    words = (t.text for t in tokens if t.name not in EMPHASIS)
    return re.sub(" +", " ", "".join(words).translate(_SHAPES)).strip()


def _stretches(before: list[Token], after: list[Token]) -> Iterator[tuple[Kind, list[Token], bool]]:
    """What stays, goes and comes; the last value says whether it stands for something else."""
    start, end = _same_ends(before, after)
    yield SAME, before[:start], False
    yield from _between(before[start : len(before) - end], after[start : len(after) - end])
    yield SAME, before[len(before) - end :], False


def _between(before: list[Token], after: list[Token]) -> list[tuple[Kind, list[Token], bool]]:
    is_swap = bool(before and after)
    whole: list[tuple[Kind, list[Token], bool]]
    whole = [(REMOVED, before, is_swap), (ADDED, after, is_swap)]
    if not is_swap or len(before) * len(after) > MOST_PAIRS:
        return whole
    found: list[tuple[Kind, list[Token], bool]] = []
    for word, i, j, k, m in SequenceMatcher(None, before, after).get_opcodes():
        if word == "equal":
            found.append((SAME, before[i:j], False))
        else:
            found.append((REMOVED, before[i:j], word == "replace"))
            found.append((ADDED, after[k:m], word == "replace"))
    stay = sum(_count(tokens) for kind, tokens, _ in found if kind == SAME)
    most = max(_count(before), _count(after))
    return found if most < 3 or stay >= most * LEAST_ALIKE else whole


def _count(tokens: list[Token]) -> int:
    return sum(bool(_WORD.search(token.text)) and not token.name for token in tokens)


def _same_ends(before: list[Token], after: list[Token]) -> tuple[int, int]:
    most = min(len(before), len(after))
    start = next((n for n in range(most) if before[n] != after[n]), most)
    most -= start
    end = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    return start, end


def _joined(stretches: list) -> list[tuple[Kind, list[Token], bool]]:
    """Changes with nothing but a space between them, as one change."""
    found: list[tuple[Kind, list[Token], bool]] = []
    gone: list[Token] = []
    come: list[Token] = []
    swaps = False
    for place, (kind, tokens, is_swap) in enumerate(stretches):
        follows = any(is_next for _, _, is_next in stretches[place + 1 : place + 3])
        if kind == REMOVED:
            gone, swaps = gone + tokens, swaps or is_swap
        elif kind == ADDED:
            come, swaps = come + tokens, swaps or is_swap
        elif gone and come and follows and all(token.is_space for token in tokens):
            gone, come = gone + tokens, come + tokens
        else:
            found += [(REMOVED, gone, swaps), (ADDED, come, swaps), (SAME, tokens, False)]
            gone, come, swaps = [], [], False
    found += [(REMOVED, gone, swaps), (ADDED, come, swaps)]
    return [each for each in found if each[1]]


def _piece(kind, tokens, is_swap, is_short, is_first, is_last) -> Iterator[Piece]:
    if kind != SAME:
        yield Piece(kind, _named(tokens, is_swap))
        return
    words = [n for n, token in enumerate(tokens) if _WORD.search(token.text) and not token.name]
    most = AROUND * (2 - is_first - is_last)
    if not is_short or (is_first and is_last) or len(words) <= most + AROUND:
        yield Piece(SAME, _as_read(tokens))
        return
    head = 0 if is_first else words[AROUND - 1] + 1
    tail = len(tokens) if is_last else words[-AROUND]
    count = len([n for n in words if head <= n < tail])
    gap = Run(f"… {count} words the same …", is_mark=True)
    yield Piece(SAME, (*_as_read(tokens[:head]), gap, *_as_read(tokens[tail:])))


def _as_read(tokens: list[Token]) -> tuple[Run, ...]:
    """Tokens as a text reads: paragraphs as lines; what acts unseen, and where links go, is named."""
    runs: list[Run] = []
    for token in tokens:
        is_named = token.shown.startswith("[") and bool(token.name)
        if is_named or token.name.startswith("link to "):
            runs.append(Run(token.name, is_mark=True))
        elif token.shown:
            runs.append(Run(token.shown))
    return _together(runs)


def _whole(tokens: list[Token]) -> tuple[Run, ...]:
    has_words = any(not token.is_space and not token.name for token in tokens)
    return _as_read(tokens) if has_words else _named(tokens, is_swap=False)


def _named(tokens: list[Token], is_swap: bool) -> tuple[Run, ...]:
    """Tokens of a change: whatever a reader could miss in it is named."""
    only_space = all(token.is_space or token.name for token in tokens)
    runs: list[Run] = []
    for place, token in enumerate(tokens):
        is_edge = is_swap and place in (0, len(tokens) - 1)
        if token.name:
            runs.append(Run(token.name, is_mark=True))
            runs += [Run("\n")] if token.shown.startswith("\n") else []
        elif token.is_space and (only_space or is_edge or len(token.text) > 1):
            count = len(token.text)
            runs.append(Run("space" if count == 1 else f"{count} spaces", is_mark=True))
        else:
            runs += _letters(token.text) if is_swap else _unseen(token.text)
    return _together(runs)


def _letters(text: str) -> list[Run]:
    """A word that stands for another one: letters that look like others are named after it."""
    strange = dict.fromkeys(each for each in text if not is_told_apart(each))
    return [Run(text), *(Run(name_of(each), is_mark=True) for each in strange)]


def _unseen(text: str) -> list[Run]:
    if len(text) == 1 and not is_told_apart(text) and not text.isalnum():
        return [Run(text), Run(name_of(text), is_mark=True)]
    return [Run(text)]


def _together(runs: list[Run]) -> tuple[Run, ...]:
    found: list[Run] = []
    for run in runs:
        if found and not run.is_mark and not found[-1].is_mark:
            found[-1] = Run(found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)
