"""A time of day as people type it."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from django import forms
from django.core.exceptions import ValidationError

from register.core.dates import LONDON


class TypedTime(forms.CharField):
    """A time of the 24-hour clock: 14:30, 1430 or 2.30."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("help_text", "For example, 14:30")
        kwargs.setdefault("max_length", 8)
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-5"}))
        super().__init__(**kwargs)

    def clean(self, value) -> time | None:
        """The time that was typed, or None for nothing."""
        typed = super().clean(value).strip()
        if not typed:
            return None
        if found := re.fullmatch(r"(\d{1,2})[:.]?(\d{2})", typed):
            hour, minute = int(found[1]), int(found[2])
            if hour < 24 and minute < 60:
                return time(hour, minute)
        raise ValidationError("Enter a time of the 24-hour clock, such as 14:30.")


def instant_of(on: date | None, at: time | None) -> datetime | None:
    """A day and a time of day in London as one instant; midday where no time is given."""
    return datetime.combine(on, at or time(12), LONDON) if on else None


def typed_instant(instant: datetime | None, name: str) -> dict:
    """What the two fields `<name>_on` and `<name>_time` of a form begin with."""
    if instant is None:
        return {}
    local = instant.astimezone(LONDON)
    return {f"{name}_on": local.date(), f"{name}_time": f"{local:%H:%M}"}
