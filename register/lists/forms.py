"""A row of a reference list."""

from __future__ import annotations

from django import forms

from register.ui.forms import EditForm, Form, TypedDate


class ItemForm(Form):
    """A new row: its wording, what it means and where that comes from."""

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


class ItemEditForm(ItemForm, EditForm):
    """A row that is there already."""

    reason = forms.CharField(label="Why", max_length=1_000, required=False)


class EndItemForm(EditForm):
    """The last day of a row."""

    until = TypedDate(label="Last day on which it may be chosen")
    reason = forms.CharField(label="Why", max_length=1_000, required=False)
