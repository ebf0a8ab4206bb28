"""Who gives and who receives."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from agreements.flows.models import Direction
from register.ui.forms import Form

# What the two ends are called, by direction: (who gives, who receives).
WORDS: dict[str, tuple[str, str]] = {
    Direction.ONE_WAY: ("Who gives it?", "Who receives it?"),
    Direction.TWO_WAY: ("Who stands at the first end?", "Who stands at the second end?"),
    Direction.POOL: ("Who gives into the pool?", "Who uses the pool?"),
    Direction.ONE_TO_MANY: ("Who gives it?", "Who are the many that receive it?"),
    Direction.SHARED_SYSTEM: ("Who keeps the shared system?", "Who else works in it?"),
}
HINTS: dict[str, str] = {
    Direction.TWO_WAY: "Both ends give and both receive",
    Direction.POOL: "Whoever gives may use it as well",
    Direction.SHARED_SYSTEM: "Everybody who works in it both gives and receives",
}


class EndsForm(Form):
    """The bodies and groups at the two ends of a flow."""

    providers = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    recipients = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    row_version = forms.CharField(widget=forms.HiddenInput, required=False)
    hide_optional = True

    def __init__(self, *args, offered: Sequence[tuple[str, str]], direction: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        gives, receives = WORDS.get(direction, WORDS[Direction.ONE_WAY])
        hint = HINTS.get(direction, "")
        for name, words in (("providers", gives), ("recipients", receives)):
            field = self.fields[name]
            field.choices, field.label, field.help_text = offered, words, hint
            field.error_messages["required"] = f"Choose at least one: {_lower(words)}"
            hint = ""


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:].replace("?", ".")
