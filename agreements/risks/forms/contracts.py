"""Processor contracts: what is asked of them, of their checklist and their sub-processors."""

from __future__ import annotations

from django import forms

from agreements.risks.forms.bodies import BodiesField, offer
from agreements.risks.models import Point
from register.directory.forms.fields import BodyField
from register.directory.models import Partnership
from register.ui.forms import ClauseField, EditForm, Form, TypedDate


class ContractFacts(Form):
    """What every processor contract says of itself."""

    title = forms.CharField(label="Title", max_length=300)
    controllers = BodiesField(label="Controllers")
    processor = BodyField(label="Processor")
    summary = ClauseField(label="What the processor does", required=False)
    is_part3 = forms.BooleanField(
        label="It also covers law enforcement processing under Part 3 (DPA 2018, section 59)",
        required=False,
    )
    starts_on = TypedDate(label="From", required=False)
    ends_on = TypedDate(label="Until", required=False)
    link = forms.URLField(
        label="Link to the contract", required=False, max_length=500, assume_scheme="https",
        help_text="Where it is kept; a file can be added afterwards",
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer(self, user)


class ContractForm(ContractFacts):
    """A new processor contract."""

    field_order = ["partnership", "title", "controllers", "processor"]
    partnership = forms.ModelChoiceField(
        Partnership.objects.none(), label="Partnership", empty_label=None
    )

    def __init__(self, *args, places, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = places
        if len(places) == 1:
            self.fields["partnership"].initial = places[0].pk
            self.fields["partnership"].widget = forms.HiddenInput()


class ContractEditForm(ContractFacts, EditForm):
    """A processor contract that is there already."""


class _Checklist(EditForm):
    """Which points of Article 28(3) the contract says, and where."""

    @property
    def pairs(self):
        """Each point with its tick and its note, as the page draws them."""
        return [(self[code], self[f"{code}_note"]) for code in Point.values]


def _points() -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for code, words in Point.choices:
        fields[code] = forms.BooleanField(label=words, required=False)
        fields[f"{code}_note"] = forms.CharField(
            label="Where, or what is missing", required=False, max_length=500
        )
    return fields


ChecklistForm: type[EditForm] = type("ChecklistForm", (_Checklist,), _points())


class SubProcessorForm(Form):
    """Somebody whom the processor engages."""

    organisation = BodyField(label="Body of the register", required=False)
    name = forms.CharField(
        label="Or its name", required=False, max_length=300,
        help_text="Where the register does not know the body",
    )  # fmt: skip
    does = forms.CharField(label="What it does", required=False, max_length=500)
    country = forms.CharField(
        label="Country, where not the United Kingdom", required=False, max_length=120
    )

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer(self, user)


class SubProcessorEditForm(SubProcessorForm, EditForm):
    """A sub-processor that is there already."""
