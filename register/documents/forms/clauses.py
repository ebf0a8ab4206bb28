"""A clause: its level, how it is marked, its heading and its text."""

from __future__ import annotations

from django import forms

from register.documents.models.content import Marker
from register.ui.forms import ClauseField, EditForm, Form

LEVELS = [(1, "1, as in 2"), (2, "2, as in 2.1"), (3, "3, as in 2.1.1")]


class ClauseForm(Form):
    """A new clause."""

    level = forms.TypedChoiceField(label="Level", coerce=int, choices=LEVELS, initial=1)
    marker = forms.ChoiceField(label="Marked by", choices=Marker.choices, initial=Marker.NUMBER)
    heading = forms.CharField(label="Heading", max_length=300, required=False)
    text = ClauseField(label="Text", required=False)

    def clean(self) -> dict:
        """A clause says something."""
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("heading") and not said.get("text"):
            self.add_error("heading", "Enter a heading or a text.")
        return said


class ClauseEditForm(ClauseForm, EditForm):
    """A clause that is there already."""
