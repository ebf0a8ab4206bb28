"""Choosing the record that serves an agreement."""

from __future__ import annotations

from collections.abc import Callable

from django import forms

from register.ui.forms import Form

WORDS = {"dpia": "Impact assessment", "contract": "Processor contract"}


class LinkForm(Form):
    """One record of those that are offered."""

    def __init__(self, *args, name: str, offered, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields[name].queryset = offered


def link_form(name: str, offered) -> Callable[..., LinkForm]:
    """The form that asks for a record under the name that its service takes."""
    field = forms.ModelChoiceField(
        offered.none(), label=WORDS[name], empty_label="Choose one",
        help_text="Records of this partnership that you may read",
    )  # fmt: skip
    kind = type("LinkForm", (LinkForm,), {name: field})

    def make(data=None, files=None, initial=None) -> LinkForm:
        return kind(data, files, initial=initial, name=name, offered=offered)

    return make
