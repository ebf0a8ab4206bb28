"""Fields by which forms of the directory name a body."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from register.core.names import candidates
from register.directory.models import Organisation
from register.directory.permissions import visible_bodies
from register.directory.searching import body_named
from register.ui.forms import Form, TypedDate


class BodyField(forms.CharField):
    """A body, typed by its name, another name of it, or a number such as “ODS R0A”."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("max_length", 300)
        kwargs.setdefault("help_text", "Type its name, its short name, or a number such as ODS R0A")
        super().__init__(**kwargs)
        self.bodies: QuerySet[Organisation] = Organisation.objects.none()

    def clean(self, value) -> Organisation | None:
        """The one body that was meant; else an error that says which there are."""
        typed = super().clean(value)
        if not typed:
            return None
        found = body_named(self.bodies, typed)
        if len(found) == 1:
            return found[0]
        if found:
            names = "; ".join(_told_apart(body) for body in found)
            raise ValidationError(f"“{typed}” may be several bodies. Type one of: {names}.")
        raise ValidationError(_not_found(typed, self.bodies))


class LastDayForm(Form):
    """When something ends, and why."""

    ends_on = TypedDate(label="Last day")
    reason = forms.CharField(label="Why", max_length=1_000, required=False)


def offer_bodies(form: forms.Form, user) -> None:
    """Let every body field of a form find what a login may know of."""
    for field in form.fields.values():
        if isinstance(field, BodyField):
            field.bodies = visible_bodies(user)


def _not_found(typed: str, bodies: QuerySet[Organisation]) -> str:
    known = dict(bodies.filter(merged_into__isnull=True).values_list("legal_name", "pk"))
    near = "; ".join(candidate.name for candidate in candidates(typed, known, 3))
    meant = f" Did you mean: {near}?" if near else " Add the body first."
    return f"No body is called “{typed}”.{meant}"


def _told_apart(body: Organisation) -> str:
    number = body.identifiers.first()
    return f"{body.legal_name} ({number})" if number else body.legal_name
