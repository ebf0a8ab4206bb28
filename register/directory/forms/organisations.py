"""A body: its facts, its names, its numbers, and which record survives a merger."""

from __future__ import annotations

from django import forms

from register.directory.forms.fields import BodyField, offer_bodies
from register.directory.models.organisations import LegalStatus, NameKind, Part3, PublicAuthority
from register.lists.labels import choices
from register.ui.forms import EditForm, Form, TypedDate

SCHEMES = "For example ODS, GSS, ICO, company, charity, local-authority-eng"


class AddressFields(Form):
    """What a body's own officer keeps: addresses and the ICO registration."""

    mailbox = forms.EmailField(label="General mailbox", required=False)
    website = forms.URLField(label="Web address", required=False, assume_scheme="https")
    privacy_notice = forms.URLField(label="Privacy notice", required=False, assume_scheme="https")
    ico_number = forms.CharField(label="ICO registration number", max_length=20, required=False)
    ico_expires_on = TypedDate(label="ICO registration ends", required=False)


class BodyFacts(AddressFields):
    """All facts of a body."""

    field_order = [
        "legal_name", "short_name", "kind", "legal_status", "unit_of", "starts_on",
        "public_authority", "part3", "part3_function",
    ]  # fmt: skip
    legal_name = forms.CharField(label="Legal name", max_length=300)
    short_name = forms.CharField(label="Short name", max_length=100, required=False)
    kind = forms.ChoiceField(label="Kind", required=False)
    legal_status = forms.ChoiceField(
        label="Legal status",
        choices=LegalStatus.choices,
        widget=forms.RadioSelect,
        initial=LegalStatus.LEGAL_PERSON,
        help_text="Only legal persons and office holders may be controller, processor or sign",
    )
    unit_of = BodyField(
        label="Unit of", required=False, help_text="The body that it is a unit of, by name"
    )
    public_authority = forms.ChoiceField(
        label="Public authority",
        choices=PublicAuthority.choices,
        initial=PublicAuthority.UNKNOWN,
        help_text="Data Protection Act 2018, section 7",
    )
    part3 = forms.ChoiceField(
        label="Competent authority for law enforcement",
        choices=Part3.choices,
        initial=Part3.UNKNOWN,
        help_text="Data Protection Act 2018, section 30",
    )
    part3_function = forms.CharField(
        label="Statutory function",
        max_length=200,
        required=False,
        help_text="Where it is competent by statutory function, for example trading standards",
    )
    starts_on = TypedDate(label="Exists since", required=False)

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        held = (kwargs.get("initial") or {}).get("kind", "")
        self.fields["kind"].choices = choices("organisation_kind", also=held, empty="Not recorded")
        offer_bodies(self, user)

    def clean(self) -> dict:
        """Answers that belong together."""
        said = super().clean() or {}
        status, part3 = said.get("legal_status"), said.get("part3")
        if status == LegalStatus.UNIT and not said.get("unit_of") and "unit_of" not in self.errors:
            self.add_error("unit_of", "Enter the body that this is a unit of.")
        if part3 == Part3.STATUTORY and not said.get("part3_function"):
            self.add_error(
                "part3_function", "Enter the statutory function that makes it competent."
            )
        return said


class BodyEditForm(BodyFacts, EditForm):
    """A body that is there already."""

    reason = forms.CharField(label="Why", max_length=1_000, required=False)


class AddressesForm(AddressFields, EditForm):
    """The part of a body that its own officer keeps."""


class NameForm(Form):
    """Another name of a body."""

    name = forms.CharField(label="Name", max_length=300)
    kind = forms.ChoiceField(label="Kind", choices=NameKind.choices)
    starts_on = TypedDate(label="From", required=False)
    ends_on = TypedDate(label="Until", required=False)


class IdentifierForm(Form):
    """A body's number in somebody's list."""

    scheme = forms.CharField(label="Scheme", max_length=60, help_text=SCHEMES)
    value = forms.CharField(label="Number or code", max_length=60)


class ReasonForm(Form):
    """Why something is done."""

    reason = forms.CharField(label="Why", max_length=1_000, required=False)


class ArrangementMemberForm(Form):
    """A body that makes up an arrangement."""

    member = BodyField(label="Body")
    starts_on = TypedDate(label="From")

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer_bodies(self, user)


class MergeForm(EditForm):
    """Which record survives."""

    into = BodyField(label="The record that survives")
    reason = forms.CharField(label="Why", max_length=1_000, required=False)

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer_bodies(self, user)
