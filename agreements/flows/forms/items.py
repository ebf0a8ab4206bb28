"""Many items of data at once."""

from __future__ import annotations

from django import forms

from register.ui.forms import Form


class PasteItemsForm(Form):
    """Items of data as lines of text."""

    pasted = forms.CharField(
        label="Items",
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="One item a line: item; category; needed because. Rows copied from a spreadsheet "
        "will do. A category may stay empty and be chosen later.",
    )
