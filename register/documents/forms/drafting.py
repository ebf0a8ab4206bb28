"""The short pages of a draft: its title, its sections, its lists, when it comes into force."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models

from register.documents.models import Commencement
from register.documents.tiers import ItemsTask, TextTask
from register.lists.fields import CodesField
from register.lists.labels import choices
from register.ui.forms import ClauseField, EditForm, Form, TypedDate, Upload


class TitleForm(EditForm):
    """What the document is called, of what kind it is, and what this version changes."""

    title = forms.CharField(label="Title", max_length=300)
    kind = forms.ChoiceField(label="Kind", required=False)
    label = forms.CharField(
        label="Version, as its keeper writes it",
        max_length=40,
        required=False,
        help_text="Only where somebody else numbers the versions, for example v5.2",
    )
    changes = forms.CharField(
        label="Summary of changes",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What differs from the version before",
    )

    def __init__(self, *args, kind_list: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices(kind_list, empty="Not chosen yet")


class CommencementForm(EditForm):
    """When a version comes into force and when it ends."""

    commencement = forms.ChoiceField(
        label="It comes into force",
        choices=Commencement.choices,
        widget=forms.RadioSelect,
        help_text="Places to sign stay open afterwards",
    )
    commencement_on = TypedDate(label="Not before", required=False)
    ends_on = TypedDate(label="Ends on", required=False)
    shared_since = TypedDate(
        label="Sharing began earlier, on",
        required=False,
        help_text="Only where information was shared before this was signed",
    )
    shared_since_reason = forms.CharField(
        label="Why sharing began earlier",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GoverningFileForm(EditForm):
    """A PDF on somebody else's paper that is the text."""

    file = Upload(
        label="Governing file",
        help_text="A PDF. It is signed as it is: the register's own clauses are not used.",
    )


class PasteForm(Form):
    """Many clauses at once, from plain text."""

    pasted = forms.CharField(
        label="Text",
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text="Start each clause on its own line: 1 for a clause, 1.1 for the level below, "
        "(a) for a letter, - for a bullet. Lines without a number go with the clause before. A text "
        "without numbers is read by its headings: each on a line of its own, with empty lines around.",
    )


def text_form(task: TextTask) -> type[EditForm]:
    """The form of one section of a draft."""
    fields = {name: _rich(task.model._meta.get_field(name)) for name in task.fields}
    for name in task.required:
        fields[name].help_text = "Needed before it is sent; it may wait until then"
    return type("SectionForm", (EditForm,), {**fields, "hide_optional": True})


def item_form(task: ItemsTask, document, *, changes: bool) -> type[Form]:
    """The form of one row of a list of a draft, to add it or to change it."""
    fields: dict[str, Any] = {n: _field(task.model._meta.get_field(n)) for n in task.fields}
    if task.link is not None:
        fields[task.link.name] = task.link.field(document)
    return type("ItemForm", (EditForm if changes else Form,), fields)


def values_of(row: Any, names: Iterable[str]) -> dict:
    """What a form shows of a row, with the row version that it is opened with."""
    return {**{name: getattr(row, name) for name in names}, "row_version": row.row_version}


def _rich(field: Any) -> ClauseField:
    return ClauseField(label=_sentence(field.verbose_name), required=False)


def _field(field: Any) -> forms.Field:
    required, label = not field.blank, _sentence(field.verbose_name)
    if isinstance(field, CodesField):
        return field.formfield(label=label)
    if field.choices:
        return forms.ChoiceField(label=label, choices=field.choices, required=required)
    if isinstance(field, models.DateField):
        return TypedDate(label=label, required=required)
    if isinstance(field, models.TextField):
        return ClauseField(label=label, required=required)
    if isinstance(field, models.URLField):
        return forms.URLField(
            label=label, required=required, max_length=field.max_length, assume_scheme="https"
        )
    return forms.CharField(label=label, required=required, max_length=field.max_length)


def _sentence(name: Any) -> str:
    return name[:1].upper() + name[1:]
