"""Tags of flows: the choices of a field with their guidance, and how far a page is."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from register.core.dates import today, words
from register.lists.catalogue import LISTS
from register.lists.catalogue.gateways import POWERS
from register.lists.labels import items
from register.lists.models import Item

register = template.Library()


@register.simple_tag
def choice_groups(field: BoundField) -> list[dict]:
    """The choices of a field, group by group, each with what it means, its source and its marks."""
    options = {str(option.data["value"]): option for option in field.subwidgets}
    rows = items(field.field.list_code)  # type: ignore[attr-defined]
    groups = getattr(field.field, "groups", ())
    made = [
        _group(g.heading, g.is_folded, [(c, options.pop(c)) for c in g.codes if c in options], rows)
        for g in groups
    ]
    if options or not made:
        made.append(_group("", False, options.items(), rows))
    return [group for group in made if group["options"]]


@register.simple_tag
def progress_tag(status: str) -> SafeString:
    """How far a page is, as the task list of a draft shows it."""
    if status == "Complete":
        return mark_safe("Complete")
    colour = "blue" if status == "In progress" else "grey"
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, status)


def _group(heading: str, is_folded: bool, options: Iterable, rows: dict[str, Item]) -> dict:
    shown = [_option(option, rows.get(code)) for code, option in options]
    chosen = sum(bool(each["option"].data["selected"]) for each in shown)
    return {"heading": heading, "is_folded": is_folded, "options": shown, "chosen": chosen}


def _option(option, row: Item | None) -> dict:
    made = {"option": option, "meaning": "", "source": "", "marks": []}
    if row is not None:
        source = row.source if LISTS[row.list_code].is_law else ""
        made |= {"meaning": row.meaning, "source": source, "marks": _marks(row)}
        if row.meaning:
            option.data["attrs"]["aria-describedby"] = f"{option.id_for_label}_meaning"
    return made


def _marks(row: Item) -> list[str]:
    marks = []
    if row.in_force_until and row.in_force_until < today():
        marks.append(f"Ended {words(row.in_force_until)}")
    if row.commencement_is_unknown:
        marks.append("Commencement not certain")
    if row.list_code == "legal_gateway" and (power := row.fact("power")):
        marks.append(dict(POWERS).get(str(power), str(power)))
    return marks
