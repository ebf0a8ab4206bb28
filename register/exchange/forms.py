"""What is asked on the way of an import: the file, what its columns hold, and corrections of rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django import forms
from django.forms import BoundField

from register.exchange.extents import letters
from register.exchange.looking import ColumnSeen, Look
from register.exchange.mending import RowToMend
from register.exchange.permissions import importable_partnerships
from register.exchange.vocabulary import EXTRA, LEFT_OUT
from register.ui.forms import Form, Upload, dress

LONG = 60  # characters from which a cell is edited in several lines
_CELL = re.compile(r"cell-(\d{1,7})-(\d{1,3})")


class ImportForm(Form):
    """A file, or cells copied from one."""

    partnership: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label="Partnership", empty_label=None,
        help_text="The partnership whose register the entries belong to.",
    )  # fmt: skip
    file = Upload(
        label="Spreadsheet", required=False,
        help_text="A CSV, XLSX, XLS or ODS file. Nothing comes in until you have seen the report"
        " and confirmed it.",
    )  # fmt: skip
    pasted = forms.CharField(
        label="Or paste cells", required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Select the cells in your spreadsheet, the headings with them, copy them and paste"
        " them here.",
    )  # fmt: skip
    name = forms.CharField(
        label="Name for the pasted cells", required=False, max_length=100,
        help_text="Use the same name next time, so that its rows are known again.",
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        places = importable_partnerships(user)
        self.fields["partnership"].queryset = places
        if len(places) == 1:
            field = self.fields["partnership"]
            field.widget, field.initial = forms.HiddenInput(), places[0].pk


class ColumnsForm(Form):
    """What each column of a file holds."""

    hide_optional = True

    sheet = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    kind = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, look: Look, lists: Sequence[str], said: dict, **kwargs) -> None:
        self.look = look
        super().__init__(*args, **kwargs)
        self.initial = {"sheet": look.sheet, "kind": look.kind.code, **said, **self.initial}
        choices = [*sorted(look.kind.fields.items(), key=lambda pair: pair[1])]
        beside = [(EXTRA, "Keep beside the entry")] if look.kind.keeps_extras else []
        choices = [*beside, (LEFT_OUT, "Leave out"), *choices]
        for column in look.columns:
            self._add(f"column-{column.at}", forms.ChoiceField(
                choices=choices, label=f"What “{column.name}” holds", initial=column.field,
            ))  # fmt: skip
        if look.kind.asks_provider:
            self._add("provider", forms.CharField(
                label="Provider", required=False, max_length=250,
                help_text="Who gives the information, where no column says so.",
            ))  # fmt: skip
        if lists:
            named = [(name, f"The list “{name}”, which came in before") for name in lists]
            self._add("list_name", forms.ChoiceField(
                choices=[("", "A list of its own"), *named], required=False, label="Which list is it?",
                help_text="Rows of a list that came in before are known again by their references.",
            ))  # fmt: skip

        if look.is_another:
            self._add("sure", forms.BooleanField(
                label=f"It lists {look.kind.words[0].lower()}{look.kind.words[1:]} all the same",
                error_messages={"required": "Tick this if it is one all the same, or leave it out."},
            ))  # fmt: skip

    @property
    def columns(self) -> list[tuple[ColumnSeen, BoundField]]:
        """The columns of the file, each with the field that asks for it."""
        return [(column, self[f"column-{column.at}"]) for column in self.look.columns]

    @property
    def further(self) -> list[BoundField]:
        """What is asked besides the columns."""
        return [self[name] for name in ("provider", "list_name", "sure") if name in self.fields]

    def _add(self, name: str, asked: forms.Field) -> None:
        self.fields[name] = asked
        dress(asked, name)


@dataclass
class Section:
    """A rejected row on the page that mends it: its cells as fields, and the way to leave it out."""

    row: RowToMend
    cells: list[BoundField] = field(default_factory=list)
    leave: BoundField | None = None


class MendForm(Form):
    """The failing cells of rejected rows, each as a field; a row may be left out instead."""

    hide_optional = True

    def __init__(self, *args, rows: Sequence[RowToMend], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            for cell in row.cells:
                self._ask(row.number, cell.at, cell.heading, cell.text)
            self._leave(row.number)
        # What was typed into a row that has moved on since comes back all the same.
        for name in self.data:
            if (found := _CELL.fullmatch(name)) and name not in self.fields:
                number, at = int(found[1]), int(found[2])
                self._ask(number, at, f"Row {number}, column {letters(at + 1)}", "")

    @property
    def sections(self) -> list[Section]:
        """The rows, each with its fields."""
        return [
            Section(
                row,
                [self[f"cell-{row.number}-{cell.at}"] for cell in row.cells],
                self[f"leave-{row.number}"],
            )
            for row in self.rows
        ]

    @property
    def strays(self) -> list[BoundField]:
        """Fields of rows that are not on the page any more."""
        numbers = {row.number for row in self.rows}
        names = [name for name in self.fields if (f := _CELL.fullmatch(name))
                 and int(f[1]) not in numbers]  # fmt: skip
        return [self[name] for name in names]

    def mended(self) -> tuple[dict[int, dict[int, str]], set[int]]:
        """What was typed, by row and column, where it differs; and the rows to leave out."""
        cells: dict[int, dict[int, str]] = {}
        for name in self.changed_data:
            # A field that was not sent says nothing.
            if (found := _CELL.fullmatch(name)) and name in self.data:
                text = self.cleaned_data[name]
                cells.setdefault(int(found[1]), {})[int(found[2])] = text
        out = {row.number for row in self.rows if self.cleaned_data.get(f"leave-{row.number}")}
        return cells, out

    def _ask(self, number: int, at: int, label: str, text: str) -> None:
        is_long = len(text) > LONG or "\n" in text
        widget = forms.Textarea(attrs={"rows": 4}) if is_long else forms.TextInput()
        name = f"cell-{number}-{at}"
        self.fields[name] = forms.CharField(
            label=label or f"Column {letters(at + 1)}", required=False, initial=text,
            widget=widget, strip=False, max_length=50_000,
        )  # fmt: skip
        dress(self.fields[name], name)

    def _leave(self, number: int) -> None:
        name = f"leave-{number}"
        self.fields[name] = forms.BooleanField(label=f"Leave row {number} out", required=False)
        dress(self.fields[name], name)
