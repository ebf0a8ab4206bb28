"""Forms whose free text is looked through for personal data of the public."""

from __future__ import annotations

from django import forms

from register.core.confirmed_words import flagged
from register.ui.forms import Form, dress


class Confirming(Form):
    """A form whose free text is looked through: what seems personal data is to be confirmed."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.look_through()

    def look_through(self) -> None:
        """Offer the tick box last where a text seems personal data; again once a form has more fields."""
        self.fields.pop("is_confirmed", None)
        typed = {name: self.data.get(name) or "" for name in self.fields} if self.is_bound else {}
        if flagged(typed):
            self.fields["is_confirmed"] = forms.BooleanField(
                label="It is nobody’s personal data",
                required=False,
                help_text="Tick it only when you have looked at each of the texts named above",
            )
            dress(self.fields["is_confirmed"], "is_confirmed")
