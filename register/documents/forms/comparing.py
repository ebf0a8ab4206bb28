"""Which two versions of a document are compared."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from register.documents.models import Version
from register.documents.standing import Standing
from register.ui.forms import Form


class PairForm(Form):
    """The older and the newer version, among those that the reader may read."""

    old = forms.TypedChoiceField(label="From", coerce=int)
    new = forms.TypedChoiceField(label="To", coerce=int)

    def __init__(self, asked: Mapping[str, str], *, standing: Standing) -> None:
        super().__init__({**first_choice(standing, asked.get("new", "")), **asked})
        choices = [(version.number, _words(version)) for version in standing.versions]
        self.fields["old"].choices = self.fields["new"].choices = choices

    def pair(self, standing: Standing) -> tuple[Version, Version] | None:
        """The two versions, or None where one of them is not there for this reader."""
        if not self.is_valid():
            return None
        by_number = {version.number: version for version in standing.versions}
        return by_number[self.cleaned_data["old"]], by_number[self.cleaned_data["new"]]


def first_choice(standing: Standing, new: str = "") -> dict[str, str]:
    """What is compared before anybody chooses: what governs against what is in preparation.

    Else the newest version; a version goes with the last one before it that was in force.
    """
    by_number = {str(version.number): version for version in standing.versions}
    newer = by_number.get(new) or standing.preparing or standing.versions[0]
    before = [version for version in standing.versions if version.number < newer.number]
    held = [version for version in before if version.in_force_on or version.is_governing]
    older = next(iter(held or before), newer)
    return {"old": str(older.number), "new": str(newer.number)}


def _words(version: Version) -> str:
    label = f" ({version.label})" if version.label else ""
    return f"Version {version.number}{label}, {version.get_state_display().lower()}"
