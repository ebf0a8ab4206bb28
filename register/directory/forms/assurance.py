"""Facts of assurance: one short form for each kind, and the filter of their list."""

from __future__ import annotations

from django import forms

from register.directory.assurance_kinds import Asked
from register.directory.assurance_levels import LABELS
from register.lists.labels import choices
from register.ui.forms import EditForm, Form, TypedDate, dress

SHARE = "Enter a share of staff as a whole number from 0 to 100."


class FactForm(EditForm):
    """The questions of one kind of fact."""

    def __init__(self, *args, asked: Asked, held: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, label in asked.columns.items():
            field = _field(asked, name, label, held)
            dress(field, name)
            self.fields[name] = field


class EndFactForm(EditForm):
    """Why a fact ends."""

    reason = forms.CharField(label="Why", max_length=1_000, required=False)


class ConfirmForm(EditForm):
    """Nothing but the row version: the button is the answer."""


class LevelsFilter(Form):
    """Which bodies a list of assurance shows."""

    level = forms.ChoiceField(
        label="Level", choices=[("", "Any level"), *LABELS.items()], required=False
    )
    before = TypedDate(label="Ends before", required=False)
    partnership = forms.ChoiceField(label="Member of", required=False)

    def __init__(self, *args, partnerships: list, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(place.pk), place.name) for place in partnerships]
        self.fields["partnership"].choices = [("", "Any or none"), *places]


def _field(asked: Asked, name: str, label: str, held: str) -> forms.Field:
    needed = name in asked.needs
    if name == "value":
        offered = (
            choices(asked.list_code, also=held)
            if asked.list_code
            else list(asked.standings.items())
        )
        return forms.ChoiceField(
            label=label, choices=offered, widget=forms.RadioSelect, required=needed
        )
    if name.endswith("_on"):
        return TypedDate(label=label, required=needed)
    if name == "percent":
        return forms.IntegerField(
            label=label,
            min_value=0,
            max_value=100,
            required=needed,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), SHARE),
        )
    if name == "words":
        area = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(label=label, max_length=1_000, widget=area, required=needed)
    longest = 20 if name == "ico_number" else 300
    return forms.CharField(label=label, max_length=longest, required=needed)
