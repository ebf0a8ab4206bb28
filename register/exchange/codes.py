"""Codes that stand where names stood before: the same register, sent in its raw form."""

from __future__ import annotations

from collections import Counter

from register.core.names import normal_form
from register.exchange.bodies import Named
from register.exchange.groups import Group
from register.exchange.matching import Directory
from register.exchange.rows import RowRead
from register.exchange.stored import Stored


def stand_ins(groups: list[Group], stored: Stored, directory: Directory) -> dict[str, str]:
    """The names for which unknown codes stand, by code.

    Told from entries that came in before with names: in a row of the same entry, what is left of
    names and codes once the names that both have are struck out, in its order, row after row the
    same. A code that stands for different names in different rows is left alone.
    """
    votes: dict[str, Counter[str]] = {}
    for group in groups:
        held = stored.of(group.key).get(1, {})
        for row in group.rows:
            if row.version in held:
                for code, name in _pairs(row, held[row.version].row.said["bodies"], directory):
                    votes.setdefault(code, Counter())[name] += 1
    found = {}
    for code, names in votes.items():
        (name, count), *others = names.most_common(2)
        if not others or count > 3 * others[0][1]:
            found[code] = name
    return found


def _pairs(row: RowRead, said: list[list[str]], directory: Directory) -> list[tuple[str, str]]:
    pairs = []
    for role in {role for role, _ in row.bodies}:
        new = [named for each, named in row.bodies if each == role]
        old = [text for each, text in said if each == role]
        forms = {normal_form(named.text) for named in new}
        known = {normal_form(text) for text in old}
        left = [n for n in new if normal_form(n.text) not in known]
        gone = [text for text in old if normal_form(text) not in forms]
        if len(left) == len(gone) and all(_is_unknown(named, directory) for named in left):
            pairs += [(named.text, text) for named, text in zip(left, gone, strict=True)]
    return pairs


def _is_unknown(named: Named, directory: Directory) -> bool:
    return bool(named.scheme) and directory.find(named) is None
