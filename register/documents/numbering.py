"""Numbers of clauses: 1, 1.1, 1.1.1, letters (a), (b) … and bullets."""

from __future__ import annotations

from collections.abc import Iterable

from register.documents.models import Clause
from register.documents.models.content import Marker


def letter(place: int) -> str:
    """The letter of a place from 1: a … z, aa, ab …"""
    letters = ""
    while place > 0:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def numbered(clauses: Iterable[Clause]) -> list[tuple[Clause, str]]:
    """Each clause in order with its number: “2.1.1”, “(b)”, or nothing for a bullet.

    Letters count anew under each numbered clause; a bullet takes no place.
    """
    numbers, letters, answer = [0, 0, 0], [0, 0, 0], []
    for clause in clauses:
        depth = clause.level - 1
        if clause.marker == Marker.NUMBER:
            numbers[depth] += 1
            numbers[depth + 1 :] = [0] * (2 - depth)
            letters = [0, 0, 0]
            answer.append((clause, ".".join(str(n or 1) for n in numbers[: depth + 1])))
        elif clause.marker == Marker.LETTER:
            letters[depth] += 1
            letters[depth + 1 :] = [0] * (2 - depth)
            answer.append((clause, f"({letter(letters[depth])})"))
        else:
            answer.append((clause, ""))
    return answer
