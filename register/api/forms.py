"""What is asked: may one body send another this, and what a token is for."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from agreements.flows.asking import Asked, categories_named
from register.core.dates import today
from register.directory.forms.fields import BodyField, offer_bodies
from register.lists.labels import labels
from register.ui.forms import Form, TypedDate


class AskForm(Form):
    """May this body send that one such data, for such a purpose, on a day?"""

    giver = BodyField(label="May", help_text="A name, or a number such as ODS R0A")
    taker = BodyField(label="send", help_text="A name, or a number such as ODS R0A")
    category = forms.CharField(
        label="this data",
        required=False,
        max_length=200,
        help_text="For example health; empty for any",
    )
    purpose = forms.CharField(
        label="for", required=False, max_length=200, help_text="For example safeguarding"
    )
    on = TypedDate(label="on", required=False, help_text="Empty for today")

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer_bodies(self, user)

    def clean_category(self) -> tuple[str, ...]:
        """The codes of the categories that were meant."""
        typed = self.cleaned_data["category"].strip()
        if not typed:
            return ()
        if found := categories_named(typed):
            return found
        known = "; ".join(labels("data_category").values())
        raise ValidationError(f"No category of data is called “{typed}”. There are: {known}.")

    def clean(self) -> dict:
        """Two different bodies."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("giver") and cleaned.get("giver") == cleaned.get("taker"):
            self.add_error("taker", "Name another body than the one that sends.")
        return cleaned

    @property
    def asked(self) -> Asked:
        """The question, once the form is clean."""
        values = self.cleaned_data
        return Asked(
            giver=values["giver"].surviving,
            taker=values["taker"].surviving,
            on=values["on"] or today(),
            categories=values["category"],
            purpose=values["purpose"].strip(),
        )


class TokenForm(Form):
    """A new token."""

    name = forms.CharField(
        label="What it is for", max_length=100, help_text="For example the case system"
    )
    ends_on = TypedDate(label="Last day on which it works", help_text="Within the next 12 months")
