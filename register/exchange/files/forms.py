"""What is asked about signed files: the ZIP, and the entries of those that were not matched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.forms import BoundField

from register.documents.models import Document
from register.exchange.models import BundledFile
from register.exchange.permissions import importable_partnerships
from register.ui.forms import Form, Upload, dress

OTHER, LEAVE = "other", "leave"


class BundleForm(Form):
    """A ZIP of signed files."""

    partnership: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label="Partnership", empty_label=None,
        help_text="The partnership whose entries the files belong to.",
    )  # fmt: skip
    file = Upload(
        label="ZIP of signed files",
        help_text="PDF or Word files, packed in one ZIP. Name each by the reference of its entry, or"
        " as its entry is called. Nothing is attached until you have seen the list and confirmed it.",
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        places = importable_partnerships(user)
        self.fields["partnership"].queryset = places
        if len(places) == 1:
            asked = self.fields["partnership"]
            asked.widget, asked.initial = forms.HiddenInput(), places[0].pk


@dataclass(frozen=True)
class Asked:
    """A file that was not matched, with the fields that ask for its entry."""

    file: BundledFile
    entry: BoundField
    reference: BoundField


class MatchForm(Form):
    """The entry of each file that was not matched: one of the likely ones, another, or none."""

    hide_optional = True

    def __init__(
        self, *args, files: Sequence[BundledFile], entries: Mapping[int, Document], **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.bundled = list(files)
        for file in self.bundled:
            likely = [entries[pk] for pk in file.likely if pk in entries]
            choices = [("", "Not yet known")]
            choices += [(entry.reference, str(entry)) for entry in likely]
            choices += [(OTHER, "The entry with this reference"), (LEAVE, "Leave the file out")]
            self._add(f"file-{file.pk}", forms.ChoiceField(
                choices=choices, required=False, label=f"Entry of {file.name}",
            ))  # fmt: skip
            self._add(f"other-{file.pk}", forms.CharField(
                required=False, max_length=40, label=f"Reference of the entry of {file.name}",
            ))  # fmt: skip

    @property
    def asked(self) -> list[Asked]:
        """The files, each with its two fields."""
        return [
            Asked(file, self[f"file-{file.pk}"], self[f"other-{file.pk}"]) for file in self.bundled
        ]

    def clean(self) -> dict:
        """A reference that is typed counts; “the entry with this reference” needs one."""
        cleaned = super().clean() or self.cleaned_data
        for file in self.bundled:
            chosen = cleaned.get(f"file-{file.pk}")
            typed = (cleaned.get(f"other-{file.pk}") or "").strip()
            if chosen == OTHER and not typed:
                self.add_error(f"other-{file.pk}", "Enter the reference of the entry.")
        return cleaned

    def said(self) -> tuple[dict[int, str], set[int]]:
        """The reference by the key of each file that was answered, and the files to leave out."""
        references, left_out = {}, set()
        for file in self.bundled:
            chosen = self.cleaned_data.get(f"file-{file.pk}", "")
            typed = (self.cleaned_data.get(f"other-{file.pk}") or "").strip()
            if chosen == LEAVE:
                left_out.add(file.pk)
            elif typed or chosen not in ("", OTHER):
                references[file.pk] = typed or chosen
        return references, left_out

    def _add(self, name: str, asked: forms.Field) -> None:
        self.fields[name] = asked
        dress(asked, name)
