"""Writing the content of a draft: text fields, items, clauses and parties, always under the version's lock."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Max

from register.core.conflicts import expect
from register.core.text import clean, strip
from register.core.verdicts import require
from register.documents.models import Clause, Content, Part, Party, Version
from register.documents.permissions import may_edit_version
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_version
from register.ledger.acts import act, bulk_create, bulk_update

RICH = {"text", "meaning"}

Item = TypeVar("Item", bound=Content)


def save_text(*, by, version: Version, model: type[Content], row_version: int, **texts: str):
    """Save text fields of a draft's section. Markup is cleaned to the allow-list.

    Raises Conflict when somebody changed the section since the form was opened.
    """
    with act(by=by, verb="version.written", subject=version, quiet=True):
        version = _for_editing(by, version)
        row = model._default_manager.select_for_update().get(version=version)
        expect(row, row_version)
        _write(row, _clean_markup(texts, set(texts)), version)
    return row


def add_item(
    *, by, version: Version, model: type[Item], after: Content | None = None, **values
) -> Item:
    """Add a row to a list of a draft: a principle, a purpose, a clause; at the end, or after another."""
    with act(by=by, verb="version.written", subject=version):
        version = _for_editing(by, version)
        rows = list(model._default_manager.select_for_update().filter(version=version))
        place = _place_after(rows, after)
        row = model(version=version, position=place + 1, **_cleaned(model, values))
        row.full_clean()
        row.save()
        _number([*rows[:place], row, *rows[place:]])
        keep_up([version.document_id])
    return row


def add_items(*, by, version: Version, model: type[Content], rows: list[dict]) -> list[Content]:
    """Add many rows at the end of a list of a draft, such as a pasted set of clauses."""
    with act(by=by, verb="version.written", subject=version, quiet=True):
        version = _for_editing(by, version)
        last = model._default_manager.filter(version=version).aggregate(last=Max("position"))
        first = (last["last"] or 0) + 1
        made = [
            model(version=version, position=place, **_cleaned(model, values))
            for place, values in enumerate(rows, start=first)
        ]
        for row in made:
            row.full_clean(exclude=["version"])
        bulk_create(made)
        keep_up([version.document_id])
    return made


def change_item(*, by, row: Content, row_version: int, **values) -> Content:
    """Change a row of a draft. Raises Conflict when somebody changed it since the form was opened."""
    with act(by=by, verb="version.written", subject=row.version, quiet=True):
        version = _for_editing(by, row.version)
        row = _locked(row, version)
        expect(row, row_version)
        _write(row, _cleaned(type(row), values), version)
    return row


def remove_item(*, by, row: Content) -> None:
    """Take a row out of a draft."""
    with act(by=by, verb="version.written", subject=row.version):
        version = _for_editing(by, row.version)
        row = _locked(row, version)
        for model in Content.kinds():
            for link in model.content_links():
                if link.related_model is type(row):
                    for dependant in model._default_manager.filter(**{link.name: row}):
                        dependant.delete()
        row.delete()
        keep_up([version.document_id])


def move_item(*, by, row: Content, up: bool) -> None:
    """Move a row of a draft one place up or down; the first and the last stay where they are."""
    with act(by=by, verb="version.written", subject=row.version, quiet=True):
        version = _for_editing(by, row.version)
        rows = list(type(row)._default_manager.select_for_update().filter(version=version))
        place = next((n for n, other in enumerate(rows) if other.pk == row.pk), None)
        if place is None:
            raise ValidationError("It is not there any more.")
        other = place - 1 if up else place + 1
        if not 0 <= other < len(rows):
            return
        rows[place], rows[other] = rows[other], rows[place]
        _number(rows)
        keep_up([version.document_id])


def add_party(
    *, by, version: Version, organisation, part: str = Part.PARTY, role="", only_this_reason=""
) -> Party:
    """Name a body in a draft. A party that is no member of the partnership needs a reason."""
    body = organisation.surviving
    _check_bound(body, part)
    return add_item(
        by=by,
        version=version,
        model=Party,
        organisation=body,
        part=part,
        role=role,
        only_this_reason=only_this_reason,
    )


def change_party(*, by, party: Party, row_version: int, part: str, role="", only_this_reason=""):
    """Change what part a body plays in a draft, in which role, and why it is bound here only."""
    _check_bound(party.organisation, part)
    return change_item(
        by=by,
        row=party,
        row_version=row_version,
        part=part,
        role=role,
        only_this_reason=only_this_reason,
    )


def add_clause(
    *, by, version: Version, level=1, marker="number", heading="", text="", after=None
) -> Clause:
    """Add a clause at the end of a draft, or after another clause."""
    if not heading.strip() and not strip(text):
        raise ValidationError("Enter a heading or a text.")
    return add_item(
        by=by,
        version=version,
        model=Clause,
        after=after,
        level=level,
        marker=marker,
        heading=heading,
        text=text,
    )


def _for_editing(by, version: Version) -> Version:
    version = lock_version(version)
    require(may_edit_version(by, version))
    return version


def _locked(row: Content, version: Version) -> Content:
    found = type(row)._default_manager.select_for_update().filter(pk=row.pk, version=version)
    if (locked := found.first()) is None:
        raise ValidationError("Somebody else has removed it. Your text is below: add it again.")
    return locked


def _write(row: Content, values: dict, version: Version) -> None:
    if all(getattr(row, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.row_version += 1
    row.full_clean()
    row.save()
    keep_up([version.document_id])


def _cleaned(model: type[Content], values: dict) -> dict:
    return _clean_markup(values, RICH & {f.name for f in model._meta.concrete_fields})


def _clean_markup(values: dict, rich: set[str]) -> dict:
    cleaned = dict(values)
    for name in rich & set(values):
        try:
            cleaned[name] = clean(values[name] or "")
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from error
    return cleaned


def _place_after(rows: list[Content], after: Content | None) -> int:
    if after is None:
        return len(rows)
    return next((n for n, row in enumerate(rows, start=1) if row.pk == after.pk), len(rows))


def _number(rows: list[Content]) -> None:
    changed = []
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            changed.append(row)
    bulk_update(changed, ["position"])


def _check_bound(body, part: str) -> None:
    if part == Part.PARTY and not body.may_hold_slot:
        raise ValidationError(
            {
                "organisation": f"{body} is {_a(body)}: it cannot be bound. "
                "Name the legal persons or office holders behind it."
            }
        )


def _a(body) -> str:
    word = body.get_legal_status_display().lower()
    return f"an {word}" if word.startswith("a") else f"a {word}"
