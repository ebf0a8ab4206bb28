"""Items of data from plain text, a line each: “item; category; needed because”."""

from __future__ import annotations

import difflib

from django.core.exceptions import ValidationError

from register.lists.labels import labels

LINES, NAME = 200, 300


def items_in(text: str) -> list[dict[str, str]]:
    """The items that lines of text name; cells of a spreadsheet, with tabs between, will do as well.

    Raises ValidationError with a sentence for every line that cannot be read.
    """
    rows, problems = [], []
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        raise ValidationError({"pasted": "Enter at least one item."})
    if len(lines) > LINES:
        raise ValidationError({"pasted": f"Paste {LINES} items or fewer at a time."})
    for number, line in lines:
        try:
            rows.append(_item(line))
        except ValueError as error:
            problems.append(f"Line {number}: {error}")
    if problems:
        raise ValidationError({"pasted": problems})
    return rows


def _item(line: str) -> dict[str, str]:
    mark = "\t" if "\t" in line else ";"
    name, category, because = ([part.strip() for part in line.split(mark, 2)] + ["", ""])[:3]
    if not name:
        raise ValueError("enter what the item is before the first semicolon.")
    if len(name) > NAME:
        raise ValueError(f"the name of the item is longer than {NAME} characters.")
    return {"name": name, "category": _category(category), "needed_because": because}


def _category(words: str) -> str:
    if not words:
        return ""
    known = {label.casefold(): code for code, label in labels("data_category").items()}
    known |= {code.casefold(): code for code in labels("data_category")}
    if found := known.get(words.casefold()):
        return found
    near = difflib.get_close_matches(words.casefold(), known, 1, 0.5)
    meant = labels("data_category")[known[near[0]]] if near else ""
    hint = f" Did you mean “{meant}”?" if meant else " Leave it empty to choose it later."
    raise ValueError(f"there is no category “{words}”.{hint}")
