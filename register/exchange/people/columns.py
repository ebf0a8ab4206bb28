"""Telling a list of people and posts, and which of its columns holds what."""

from __future__ import annotations

import re
from collections.abc import Mapping

from register.exchange.headings import (
    Columns,
    NotRecognised,
    chosen_columns,
    distinct,
    field_of,
    heading_key,
    heading_parts,
    short,
)
from register.exchange.people.vocabulary import (
    COMMON_HEADINGS,
    MANY_POST,
    POST_FIELDS,
    POST_HEADINGS,
    PRIVATE,
)
from register.exchange.people.words import kind_of_post
from register.exchange.tables import Table
from register.exchange.vocabulary import EXTRA, LEFT_OUT, TELLING

_HOLDERS = {"holder", "last_name", "holder_of", "holder_email"}
_POSTS = {"post_title", "post_kind", "holder_of"}


def holds_people(table: Table, overrides: Mapping[str, str]) -> bool:
    """Whether a table lists people and posts: what was said of its columns decides, else its headings."""
    said = set(overrides.values()) - {EXTRA, LEFT_OUT}
    if said:
        return bool(said & set(POST_FIELDS))
    fields = set(guess_people(table, {}).fields.values())
    others = {field_of(name) for name in table.headings if not post_field_of(name)}
    telling = others & (TELLING - {"parties", "kind", "lead"})
    named = any(heading_key(name) in POST_HEADINGS for name in table.headings)
    return not telling and named and _is_enough(fields) and bool(fields & _HOLDERS)


def people_columns(table: Table, overrides: Mapping[str, str]) -> Columns:
    """Say which column of a list of people holds what. Raises NotRecognised where it is not enough."""
    columns = guess_people(table, overrides)
    if not _is_enough(set(columns.fields.values())):
        seen = ", ".join(f"“{short(name)}”" for name in columns.headings[:30] if name)
        raise NotRecognised(
            "A list of people and posts needs the body of each post, and the post."
            f" Columns seen: {seen}. Say which they are, for example:"
            ' --map "A=post_body" --map "B=post_title" --map "C=holder".'
        )
    return columns


def guess_people(table: Table, overrides: Mapping[str, str]) -> Columns:
    """What `people_columns` says, whether or not it is enough; columns without a use are left out."""
    names = distinct([" ".join(str(heading).split()) for heading in table.headings])
    chosen = chosen_columns(names, overrides)
    fields = {at: field for at, field in chosen.items() if field != EXTRA}
    taken = set(fields.values()) - MANY_POST
    notes = []
    for strong in (True, False):
        for at, heading in enumerate(table.headings):
            field = post_field_of(heading) if at not in chosen and at not in fields else ""
            is_strong = heading_key(heading) not in COMMON_HEADINGS
            if field and is_strong == strong and field not in taken:
                fields[at] = field
                taken |= {field} - MANY_POST
    for name in names:
        if re.search(PRIVATE, heading_key(name)):
            notes.append(f"“{name}” is not read: a list of posts needs nothing private.")
    whole = {at: fields.get(at, LEFT_OUT) for at in range(len(names)) if names[at]}
    return Columns(tuple(names), whole, "", tuple(notes))


def post_field_of(heading: object) -> str:
    """The field of a list of people that a heading names; or ""."""
    text = str(heading).strip()
    for part in heading_parts(text):
        key = heading_key(part)
        if found := POST_HEADINGS.get(key) or COMMON_HEADINGS.get(key):
            return found
    key = heading_key(text)
    if (
        len(key.split()) <= 5
        and kind_of_post(key)
        and not re.search(r"mail|phone|tel\b|from|until", key)
    ):
        return "holder_of"
    return ""


def _is_enough(fields: set[str]) -> bool:
    return bool(fields & {"post_body", "body_number"}) and bool(fields & _POSTS)
