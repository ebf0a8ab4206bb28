"""The form of one short page of a flow: only the questions that the earlier answers make relevant."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.html import format_html

from agreements.flows.forms.choosing import Group, OneChoice, SomeChoices
from agreements.flows.forms.wording import OF_ITEMS, WORDINGS, Wording
from agreements.flows.models import Asset, Flow, FlowItem, FlowSide
from register.lists.labels import choices, labels
from register.ui.forms import EditForm, Form, TypedDate

NOT_YET = "Not chosen yet"
TEXT_LIMIT = 5_000


@dataclass
class Offers:
    """What the fields of a page may offer besides the lists."""

    purposes: Sequence[tuple[str, list[tuple[str, str]]]] = ()
    assets: QuerySet[Asset] = field(default_factory=Asset.objects.none)
    add_asset: str = ""
    gateways: Sequence[Group] = ()
    schedule1: Collection[str] | None = None


class AskedInput(forms.HiddenInput):
    """Carries which questions a form was opened with; never restored from what was typed before."""

    def value_omitted_from_data(self, data, files, name) -> bool:
        """As if it had not been typed: the page knows better."""
        return True


def page_form(
    names: Sequence[str], row: Flow | FlowSide | FlowItem, offers: Offers, *, changes: bool = True
) -> type[Form]:
    """The form class of some questions about a row; nothing but a name has to be answered."""
    fields: dict[str, Any] = {name: _field(name, row, offers) for name in names}
    fields = {name: made for name, made in fields.items() if made is not None}
    fields["asked"] = forms.CharField(widget=AskedInput, required=False, initial=" ".join(fields))
    fields["hide_optional"] = True
    return type("PageForm", (EditForm if changes else Form,), fields)


def _field(name: str, row, offers: Offers) -> forms.Field | None:
    wording = (OF_ITEMS.get(name) if isinstance(row, FlowItem) else None) or WORDINGS[name]
    said: dict[str, Any] = {"label": wording.label, "help_text": wording.hint, "required": False}
    if name == "purpose_of":
        return _purpose(said, offers)
    if name == "asset":
        return _asset(said, offers)
    column = row._meta.get_field(name)
    if wording.look in {"radios", "ticks", "select"}:
        return _choice(column, wording, getattr(row, name), said, offers)
    if wording.look == "tick":
        return forms.BooleanField(**said)
    if wording.look == "day":
        return TypedDate(**{**said, "help_text": wording.hint or "For example, 21 11 2026"})
    return _text(column, wording, said)


def _choice(
    column: models.Field, wording: Wording, held, said: dict, offers: Offers
) -> forms.Field:
    if column.choices:
        return forms.ChoiceField(choices=column.choices, widget=forms.RadioSelect, **said)
    code, guided = wording.list_code, wording.is_guided
    if wording.look == "ticks":
        offered = offers.schedule1 if column.name == "schedule1" else None
        groups = offers.gateways if column.name == "gateways" else _folded(column.name)
        return SomeChoices(
            list_code=code, held=held, is_guided=guided, offered=offered, groups=groups, **said
        )
    if wording.look == "radios":
        return OneChoice(list_code=code, held=held, is_guided=guided, **said)
    return forms.ChoiceField(choices=choices(code, also=held, empty=NOT_YET), **said)


def _folded(name: str) -> Sequence[Group]:
    if name != "excludes":
        return ()
    return (Group("Kinds of data to rule out", tuple(labels("data_category"))),)


def _text(column: models.Field, wording: Wording, said: dict) -> forms.CharField:
    said["required"] = not column.blank
    limit = column.max_length or TEXT_LIMIT
    if wording.look == "area":
        return forms.CharField(max_length=limit, widget=forms.Textarea(attrs={"rows": 3}), **said)
    return forms.CharField(max_length=limit, **said)


def _purpose(said: dict, offers: Offers) -> forms.ChoiceField | None:
    if not offers.purposes:
        return None
    return forms.ChoiceField(choices=[("", NOT_YET), *offers.purposes], **said)


def _asset(said: dict, offers: Offers) -> forms.ModelChoiceField:
    words = "The system or records that it is taken from, as the parties keep them in the register."
    said["help_text"] = format_html(
        '{} <a class="govuk-link" href="{}">Add an asset</a>', words, offers.add_asset
    )
    return forms.ModelChoiceField(offers.assets, empty_label=NOT_YET, **said)
