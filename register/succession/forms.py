"""What is asked of a succession."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from register.directory.forms.fields import BodyField
from register.directory.models import Organisation
from register.directory.permissions import visible_bodies
from register.succession.models import Kind
from register.ui.forms import EditForm, Form, TypedDate

MOST_LINES = 40


class BodiesField(forms.CharField):
    """Several bodies, one a line, each typed as for `BodyField`."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("max_length", 10_000)
        kwargs.setdefault(
            "help_text", "One a line: its name, its short name, or a number such as ODS R0A"
        )
        super().__init__(**kwargs)
        self.bodies: QuerySet[Organisation] = Organisation.objects.none()

    def clean(self, value) -> list[Organisation]:
        """The bodies that were meant, in order; the first line that means none says so."""
        typed = super().clean(value)
        lines = [line for line in (typed or "").splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(f"Enter {MOST_LINES} bodies at most.")
        one = BodyField(required=False)
        one.bodies = self.bodies
        return [body for line in lines if (body := one.clean(line)) is not None]


class SuccessionForm(Form):
    """What happens to which bodies, from which day, by what."""

    kind = forms.ChoiceField(label="What happens", choices=Kind.choices, widget=forms.RadioSelect)
    bodies_from = BodiesField(label="Bodies that it is about")
    bodies_to = BodiesField(
        label="Bodies that take the place",
        required=False,
        help_text="One a line, for a merger or a split. The first takes what you choose for none",
    )
    on = TypedDate(
        label="First day on which it holds", help_text="It may lie ahead. For example, 1 4 2027"
    )
    instrument = forms.CharField(
        label="Order, act or decision", max_length=300, required=False,
        help_text="For example, The Cumbria (Structural Changes) Order 2022",
    )  # fmt: skip
    by_transfer_order = forms.BooleanField(
        label="Rights and liabilities transfer by this order",
        required=False,
        help_text="Signatures carry over. Otherwise the successor is asked to sign afresh",
    )
    new_name = forms.CharField(label="New legal name", max_length=300, required=False)
    new_short_name = forms.CharField(label="New short name", max_length=100, required=False)
    reason = forms.CharField(label="Why", max_length=1_000, required=False)

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, BodiesField):
                field.bodies = visible_bodies(user)


class ConfirmForm(EditForm):
    """The version of what is confirmed."""


class UndoForm(EditForm):
    """Why a succession is undone."""

    reason = forms.CharField(label="Why", max_length=1_000)
