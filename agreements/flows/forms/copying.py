"""Choosing the agreement whose flows are copied."""

from __future__ import annotations

from django import forms

from register.documents.models import Version
from register.ui.forms import Form


class CopyFromForm(Form):
    """One of the agreements found."""

    source = forms.ModelChoiceField(
        Version.objects.none(), label="Agreement", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, sources, counts: dict[int, int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        field.queryset = sources
        field.label_from_instance = lambda row: _words(row, counts.get(row.pk, 0))


def _words(version: Version, flows: int) -> str:
    state = version.get_state_display().lower()
    many = "1 flow" if flows == 1 else f"{flows} flows"
    return (
        f"{version.document.reference} {version.title}, version {version.number} ({state}): {many}"
    )
