"""Fields by which forms of this room name bodies."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from register.directory.forms.fields import BodyField
from register.directory.models import Organisation
from register.directory.permissions import visible_bodies

MOST = 200


class BodiesField(forms.CharField):
    """Bodies, one a line, each typed by its name or number."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("max_length", 20_000)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        kwargs.setdefault("help_text", "One a line: a name, a short name, or a number")
        super().__init__(**kwargs)
        self.one = BodyField()

    def clean(self, value) -> list[Organisation]:
        """The bodies that were meant, each once; an error for every line that means none or several."""
        typed = super().clean(value)
        lines = [line for line in typed.splitlines() if line.strip()]
        if len(lines) > MOST:
            raise ValidationError(f"Enter {MOST} bodies or fewer.")
        found, errors = [], []
        for line in lines:
            try:
                found.append(self.one.clean(line))
            except ValidationError as error:
                errors += error.messages
        if errors:
            raise ValidationError(errors)
        return list(dict.fromkeys(body for body in found if body is not None))


def offer(form: forms.Form, user) -> None:
    """Let the body fields of a form find what a login may know of."""
    known = visible_bodies(user)
    for field in form.fields.values():
        if isinstance(field, BodyField):
            field.bodies = known
        elif isinstance(field, BodiesField):
            field.one.bodies = known


def named(bodies) -> str:
    """Bodies as the field shows them: one a line."""
    return "\n".join(body.legal_name for body in bodies)
