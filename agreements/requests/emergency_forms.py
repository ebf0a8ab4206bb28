"""What is typed about emergency shares and their reviews, and whose bank holidays count."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import cast

from django import forms
from django.core.exceptions import ValidationError

from agreements.requests.choices import AgreementNeed, Rightness
from agreements.requests.forms import NO_NAMES, AgreementField, Confirming, hold_codes, words
from register.core.dates import LONDON
from register.core.working_days import NATION_WORDS
from register.directory.forms.fields import BodyField, offer_bodies
from register.documents.models import Document
from register.lists.fields import CodesChoice
from register.ui.forms import EditForm, TypedDate


class EmergencyForm(Confirming):
    """An emergency share, on one page."""

    giver = BodyField(label="Body that gave the data")
    receiver = BodyField(label="Body that received them")
    received_words = forms.CharField(
        label="Who received them",
        max_length=200,
        required=False,
        help_text="A member of staff, or a desk",
    )
    case_reference = forms.CharField(label="Case reference", max_length=60, help_text=NO_NAMES)
    data_shared = words("What was shared", help_text=NO_NAMES)
    data_categories = CodesChoice(
        list_code="data_category", label="Categories of data", required=False
    )
    necessity = words("Why it could not wait")
    decider_name = forms.CharField(label="Who decided", max_length=200)
    decider_post = forms.CharField(label="Their post", max_length=200)
    shared_on = TypedDate(label="Day it was shared")
    shared_time = forms.CharField(
        label="Time it was shared", max_length=8, help_text="For example, 14:30"
    )

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer_bodies(self, user)
        hold_codes(self)

    def clean_shared_time(self) -> time:
        """The time of day that was typed, such as 14:30, 1430 or 2.30."""
        typed = self.cleaned_data["shared_time"].strip()
        if found := re.fullmatch(r"(\d{1,2})[:.]?(\d{2})", typed):
            hour, minute = int(found[1]), int(found[2])
            if hour < 24 and minute < 60:
                return time(hour, minute)
        raise ValidationError("Enter a time of the 24-hour clock, such as 14:30.")

    def clean(self) -> dict:
        """Day and time as one instant."""
        said = super().clean() or self.cleaned_data
        on, at = said.pop("shared_on", None), said.pop("shared_time", None)
        if on and at:
            said["shared_at"] = datetime.combine(on, at, LONDON)
        return said


class EmergencyEditForm(EditForm, EmergencyForm):
    """An emergency share that is there already; its bodies stay."""

    giver = None  # type: ignore[assignment]
    receiver = None  # type: ignore[assignment]
    reason = forms.CharField(label="Why it is corrected", max_length=1_000, required=False)


class ReviewForm(EditForm, Confirming):
    """The look back at an emergency share."""

    was_right = forms.ChoiceField(
        label="Was it right to share?", choices=Rightness.choices, widget=forms.RadioSelect
    )
    learnt = words("What is learnt", help_text=NO_NAMES)
    agreement_need = forms.ChoiceField(
        label="Is an agreement now needed?",
        choices=AgreementNeed.choices,
        widget=forms.RadioSelect,
    )
    why_not = words("If not: why not", required=False)
    agreement = AgreementField(label="If there is one: its reference", required=False)
    reviewer_name = forms.CharField(label="Reviewed by", max_length=200)
    reviewer_post = forms.CharField(label="Their post", max_length=200)

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        agreement = cast(AgreementField, self.fields["agreement"])
        agreement.documents = Document.objects.visible_to(user)


class CalendarForm(EditForm):
    """Whose bank holidays count."""

    nation = forms.ChoiceField(
        label="Bank holidays of",
        choices=list(NATION_WORDS.items()),
        widget=forms.RadioSelect,
    )
