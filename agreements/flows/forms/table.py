"""The schedule of flows as a table: one row a flow, the columns that are alike for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from agreements.flows.models import Flow
from register.lists.labels import choices
from register.ui.forms import EditForm

# Column, its short heading, and the list whose rows it offers.
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("title", "Name", ""),
    ("direction", "Direction", "direction"),
    ("use_kind", "Used for", "use_kind"),
    ("frequency", "How often", "frequency"),
    ("volume", "How much", "volume"),
    ("data_format", "Format", "data_format"),
    ("system", "System", ""),
    ("retention_period", "Kept for", ""),
    ("retention_trigger", "Kept from", ""),
    ("retention_reference", "Schedule", ""),
    ("disposal", "Disposal", "disposal"),
)
NAMES = tuple(name for name, _, _ in COLUMNS)


class RowForm(EditForm):
    """One row: its fields carry the flow's number and name, so that errors can name the row."""

    def __init__(self, *args, flow: Flow, number: int, **kwargs) -> None:
        self.flow, self.number = flow, number
        kwargs.setdefault("prefix", f"f{flow.pk}")
        super().__init__(*args, **kwargs)
        for name, heading, list_code in COLUMNS:
            self.fields[name] = _cell(flow, name, heading, list_code)
        for name, heading, _ in COLUMNS:
            field = self.fields[name]
            css = "govuk-select" if isinstance(field.widget, forms.Select) else "govuk-input"
            field.widget.attrs |= {
                "class": f"{css} register-cell register-cell--{name}",
                "aria-label": f"{heading} of {self.words}",
            }

    @property
    def words(self) -> str:
        """How errors name the row."""
        return f"row {self.number}, {self.flow.title}"

    @property
    def cells(self) -> Sequence[forms.BoundField]:
        """The fields of the row in the order of the columns."""
        return [self[name] for name in NAMES]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is wrong in the row, each with the id of the cell: sentences that name the row."""
        said = f"{self.words[:1].upper()}{self.words[1:]}"
        found = [(f"#row-{self.flow.pk}", error) for error in self.non_field_errors()]
        for name in ("row_version", *NAMES):
            found += [(f"#{self[name].auto_id}", error) for error in self[name].errors]
        return [(address, f"{said}: {error}") for address, error in found]

    def facts(self) -> dict:
        """The values that the row says, by column."""
        return {name: self.cleaned_data[name] for name in NAMES}


def _cell(flow: Flow, name: str, heading: str, list_code: str) -> forms.Field:
    column = flow._meta.get_field(name)
    if list_code:
        held = getattr(flow, name)
        empty = "" if name == "direction" else "Not chosen"
        options = choices(list_code, also=held, empty=empty)
        return forms.ChoiceField(
            label=heading,
            choices=options,
            required=name == "direction",
            error_messages={"required": f"Choose the {heading.lower()}."},
        )
    words = {"required": "Enter a name for the flow."}
    return forms.CharField(
        label=heading, max_length=column.max_length, required=not column.blank, error_messages=words
    )
