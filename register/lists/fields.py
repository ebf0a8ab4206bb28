"""Columns that hold codes of a reference list, and the column of a row's facts."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.db import models

from register.lists.facts import NONE
from register.lists.facts_in_words import facts_in_words
from register.lists.labels import choices, label, labels


class Codes(tuple[str, ...]):
    """Codes as read from a column: a tuple that knows the text it is stored as."""

    __slots__ = ()

    @property
    def column_text(self) -> str:
        """What stands in the column, for the ledger: digests outlive the field's class."""
        return " ".join(self)


class CodesChoice(forms.MultipleChoiceField):
    """Ticks for the codes of a list that may be chosen today; codes already held stay on offer."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, list_code: str, held: Iterable[str] = (), **options) -> None:
        self.list_code = list_code
        options.pop("max_length", None)
        super().__init__(choices=lambda: choices(list_code, also=tuple(held)), **options)
        self.widget.attrs["class"] = "register-codes-choice"

    def hold(self, held: Iterable[str]) -> None:
        """Go on offering codes that a row already has, though they have ended."""
        self.choices = choices(self.list_code, also=tuple(held))

    def clean(self, value) -> tuple[str, ...]:
        """The ticked codes, in the list's own order."""
        ticked = set(super().clean(value))
        return tuple(code for code in labels(self.list_code) if code in ticked)


class CodesField(models.TextField):
    """Codes of one reference list, stored with a space between them; a tuple of codes in Python.

    `filter(field__has="code")` finds the rows that hold a code.
    """

    # What type checkers take the attribute of a record for.
    _pyi_private_set_type: Iterable[str]  # type: ignore[assignment]
    _pyi_private_get_type: tuple[str, ...]  # type: ignore[assignment]

    def __init__(self, list_code: str, *args, **options) -> None:
        self.list_code = list_code
        options.setdefault("blank", True)
        options.setdefault("default", "")
        super().__init__(*args, **options)

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        return name, path, [self.list_code, *args], options

    def from_db_value(self, value, expression, connection) -> Codes:
        return self.to_python(value)

    def to_python(self, value) -> Codes:
        if isinstance(value, str) or value is None:
            return Codes((value or "").split())
        return Codes(value)

    def get_prep_value(self, value) -> str:
        return self.to_python(value).column_text

    def get_default(self) -> Codes:
        return self.to_python(super().get_default())

    def value_to_string(self, obj) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def in_words(self, value) -> str:
        """The wordings of the codes, as pages of history show them."""
        return ", ".join(label(self.list_code, code) for code in self.to_python(value))

    def formfield(self, **options):
        return CodesChoice(
            list_code=self.list_code,
            label=options.get("label", str(self.verbose_name)),
            required=False,
            help_text=self.help_text,
        )


@CodesField.register_lookup
class Has(models.Lookup):
    """Whether a code is among those of a row."""

    lookup_name = "has"

    def get_prep_lookup(self) -> str:
        return f" {self.rhs} "

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value]

    def as_sql(self, compiler, connection):
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        find = "STRPOS" if connection.vendor == "postgresql" else "INSTR"
        return f"{find}(' ' || {left} || ' ', {right}) > 0", [*left_values, *right_values]


class FactsField(models.TextField):
    """The facts of a row as canonical JSON; pages of history show them in words."""

    def __init__(self, *args, **options) -> None:
        options.setdefault("blank", True)
        options.setdefault("default", NONE)
        super().__init__(*args, **options)

    def in_words(self, value) -> str:
        """The facts that say something, each by its label."""
        return facts_in_words(value or NONE)
