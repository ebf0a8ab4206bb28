"""What is asked before an old register comes in."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from register.exchange.headings import NotRecognised, read_overrides
from register.exchange.permissions import importable_partnerships
from register.ui.forms import Form, Upload


class ImportForm(Form):
    """The file, and what cannot be told from it."""

    partnership: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label="Partnership", empty_label=None,
        help_text="The partnership whose register the entries belong to.",
    )  # fmt: skip
    file = Upload(
        label="Spreadsheet",
        help_text="A CSV, XLSX, XLS or ODS file. Nothing comes in until you have seen the report"
        " and confirmed it.",
    )
    sheet = forms.CharField(
        label="Sheet", required=False, max_length=200,
        help_text="Only where the file has several and the wrong one was read.",
    )  # fmt: skip
    columns = forms.CharField(
        label="Columns", required=False, max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Where a column was not recognised: its heading, an equals sign and what it holds,"
        " one a line, such as Project=title.",
    )  # fmt: skip

    provider = forms.CharField(
        label="Provider", required=False, max_length=250,
        help_text="For a sheet of information flows: who gives the information, where no column of it"
        " says so.",
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        places = importable_partnerships(user)
        self.fields["partnership"].queryset = places
        if len(places) == 1:
            field = self.fields["partnership"]
            field.widget, field.initial = forms.HiddenInput(), places[0].pk

    def clean_columns(self) -> str:
        """The columns, each a heading and a field that the register knows."""
        columns = "\n".join(
            line.strip() for line in self.cleaned_data["columns"].splitlines() if line.strip()
        )
        try:
            read_overrides(columns.splitlines())
        except NotRecognised as refused:
            raise ValidationError(str(refused).replace("--map ", "")) from refused
        return columns
