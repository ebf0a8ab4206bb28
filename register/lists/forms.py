"""A row of a reference list: one form for every list, with the facts of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from register.lists.facts_in_words import fact_in_words
from register.lists.fields import CodesChoice
from register.lists.labels import choices
from register.lists.models import Item
from register.lists.shapes import Fact, ReferenceList
from register.ui.forms import EditForm, Form, TypedDate, dress

PREFIX = "fact_"


class ItemForm(Form):
    """A new row: its wording, what it means, where that comes from, and the facts of its list."""

    label = forms.CharField(label="Wording", max_length=200)
    meaning = forms.CharField(
        label="What it means",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source = forms.CharField(
        label="Source",
        max_length=300,
        required=False,
        help_text="For example UK GDPR, Article 26",
    )
    extent = forms.CharField(
        label="Extent", max_length=40, required=False, help_text="For example England and Wales"
    )
    in_force_from = TypedDate(label="In force from", required=False)
    in_force_until = TypedDate(label="In force until", required=False)

    def __init__(self, *args, found: ReferenceList, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for fact in found.facts:
            name = PREFIX + fact.name
            self.fields[name] = _field(fact, self.initial.get(name, fact.empty))
            dress(self.fields[name], name)
        if "reason" in self.fields:
            self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])


class ItemEditForm(ItemForm, EditForm):
    """A row that is there already."""

    reason = forms.CharField(label="Why", max_length=1_000, required=False)


class EndItemForm(EditForm):
    """The last day of a row."""

    until = TypedDate(label="Last day on which it may be chosen")
    reason = forms.CharField(label="Why", max_length=1_000, required=False)


def columns_of(item: Item, names: tuple[str, ...]) -> dict[str, Any]:
    """What a form of a row starts from: the columns named, and the facts of its list."""
    facts = {PREFIX + name: value for name, value in item.all_facts().items()}
    return {name: getattr(item, name) for name in names} | facts


def sorted_out(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """What a form gave, as the services take it: the facts in one mapping by their own names."""
    facts = {
        name.removeprefix(PREFIX): value
        for name, value in cleaned.items()
        if name.startswith(PREFIX)
    }
    columns = {name: value for name, value in cleaned.items() if not name.startswith(PREFIX)}
    return {**columns, "facts": facts}


def stored(item: Item, found: ReferenceList) -> list[tuple[str, Any]]:
    """What stands in a row by the labels of its form, for the page that shows both of two texts."""
    labels = {name: field.label for name, field in ItemForm.base_fields.items()}
    columns: list[tuple[str, Any]] = [
        (str(label), getattr(item, name)) for name, label in labels.items()
    ]
    facts = [(f.label, _stored_fact(f, item.fact(f.name))) for f in found.facts]
    return [*columns, *facts]


def _stored_fact(fact: Fact, value) -> Any:
    return value if fact.kind in {"yes_no", "day"} else fact_in_words(fact, value)


def _field(fact: Fact, held) -> forms.Field:
    words: dict[str, Any] = {"label": fact.label, "help_text": fact.help, "required": False}
    if fact.kind == "yes_no":
        return forms.BooleanField(**words)
    if fact.kind == "day":
        return TypedDate(**words)
    if fact.kind == "codes":
        return CodesChoice(list_code=fact.list_code, held=held, **words)
    if fact.kind == "one_code":
        offered = fact.choices or choices(fact.list_code, also=held)
        return forms.ChoiceField(choices=[("", "Not recorded"), *offered], **words)
    return forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 2}), **words)
