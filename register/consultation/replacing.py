"""Puts suggested words in the place of others in a text, and keeps the formatting of the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from register.core.blocks import Block, Bullets, Item, Run, Table, tidy, to_html
from register.core.reading import read


def spaced(words: str) -> str:
    """Words with every stretch of white space as one space: as they read, however they were copied."""
    return " ".join(words.split())


def holds(html: str, quoted: str) -> int:
    """How often words stand in a text, inside one paragraph, item or cell."""
    return sum(_words(holder).count(spaced(quoted)) for holder in _holders(read(html)))


def replaced(html: str, quoted: str, suggestion: str) -> str:
    """The text with the one place where words stand replaced; only what differs is touched.

    Raises ValueError where they stand nowhere, or more than once.
    """
    blocks = read(html)
    old, new = spaced(quoted), spaced(suggestion)
    found = [holder for holder in _holders(blocks) if old in _words(holder)]
    if len(found) != 1 or _words(found[0]).count(old) != 1:
        raise ValueError("The words do not stand there once.")
    first, last, put = _difference(_words(found[0]).index(old), old, new)
    found[0].runs = tidy(list(_with(found[0].runs, first, last, put)))
    return to_html(blocks)


def _words(holder) -> str:
    # A line break counts as a space: places stay the same.
    return "".join(run.words for run in holder.runs).replace("\n", " ")


def _difference(start: int, old: str, new: str) -> tuple[int, int, str]:
    """From where to where something else is put, without what both have at their ends."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return start + head, start + len(old) - tail, new[head : len(new) - tail]


def _with(runs: list[Run], first: int, last: int, put: str) -> Iterator[Run]:
    place, is_put = 0, not put
    for run in runs:
        end = place + len(run.words)
        before = run.words[: max(0, first - place)]
        after = run.words[max(0, last - place) :]
        # New words look like those that they replace; where they replace none, like those before.
        is_within = place <= first < end if first < last else place < first <= end
        is_here = not is_put and (is_within or first == place == 0)
        yield replace(run, words=before + (put if is_here else "") + after)
        is_put, place = is_put or is_here, end


def _holders(blocks: list[Block]) -> Iterator:
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row)
        elif isinstance(block, Bullets):
            yield from _items(block.items)
        else:
            yield block


def _items(items: list[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        for below in item.lists:
            yield from _items(below.items)
