"""What is typed about a breach or concern."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from register.concerns.models import IcoAnswer, PeopleAnswer
from register.directory.models import Organisation
from register.documents.bound import bound_bodies
from register.documents.models import Document
from register.lists.fields import CodesChoice
from register.lists.labels import choices
from register.ui.confirming import Confirming
from register.ui.forms import EditForm, TypedDate
from register.ui.typed_times import TypedTime, instant_of

NO_NAMES = "Name nobody of the public, and give no number of theirs"
ICO_HELP = (
    "A controller notifies the ICO within 72 hours of becoming aware of a personal data breach, "
    "unless it is unlikely to put people at risk (UK GDPR, Article 33; for law enforcement, Data "
    "Protection Act 2018, section 67)"
)


def words(label: str, required: bool = True, rows: int = 3, **options) -> forms.CharField:
    """A field for some sentences."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=5_000, widget=area, **options)


class ConcernForm(Confirming):
    """A breach or concern, on one page."""

    title = forms.CharField(label="In one line", max_length=200, help_text=NO_NAMES)
    kind = forms.ChoiceField(label="What kind it is", widget=forms.RadioSelect)
    severity = forms.ChoiceField(label="How severe it is", widget=forms.RadioSelect)
    what_happened = words("What happened", rows=5, help_text=NO_NAMES)
    happened_on = TypedDate(label="Day it happened", required=False)
    happened_words = forms.CharField(
        label="Or when, in words",
        max_length=200,
        required=False,
        help_text="For example, between March and May 2026",
    )
    found_on = TypedDate(label="Day it was found")
    found_time = TypedTime(label="Time it was found")
    data_categories = CodesChoice(list_code="data_category", label="Data concerned", required=False)
    people_number = forms.IntegerField(
        label="About how many people’s data",
        required=False,
        min_value=0,
        max_value=100_000_000,
        error_messages={"invalid": "Enter a whole number, such as 40."},
    )
    bodies = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label="Bodies that it concerns",
        widget=forms.CheckboxSelectMultiple,
        help_text="They can read this record. Other parties cannot",
    )
    lead_body = forms.ModelChoiceField(
        Organisation.objects.none(), label="Body that deals with it", empty_label="Choose a body"
    )
    lead_name = forms.CharField(label="Who deals with it", max_length=200)
    lead_post = forms.CharField(label="Their post", max_length=200, required=False)
    ico_answer = forms.ChoiceField(
        label="Was the ICO notified?",
        choices=IcoAnswer.choices,
        widget=forms.RadioSelect,
        initial=IcoAnswer.UNDECIDED,
        help_text=ICO_HELP,
    )
    ico_on = TypedDate(label="If it was: the day", required=False)
    ico_time = TypedTime(label="The time", required=False)
    ico_reference = forms.CharField(label="The ICO’s reference", max_length=60, required=False)
    ico_reason = words("If it was not, or after 72 hours: why", required=False)
    people_answer = forms.ChoiceField(
        label="Were the people told?",
        choices=PeopleAnswer.choices,
        widget=forms.RadioSelect,
        initial=PeopleAnswer.UNDECIDED,
        help_text="They are told without undue delay where the risk to them is high (UK GDPR, Article 34; for law enforcement, Data Protection Act 2018, section 68)",
    )
    people_reason = words("How they were told, or why not", required=False)

    def __init__(self, *args, document: Document, held: Iterable[Organisation] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices("concern_kind")
        self.fields["severity"].choices = choices("concern_severity")
        offered = _offered(document, held)
        self.fields["bodies"].queryset = offered
        self.fields["lead_body"].queryset = offered

    def clean(self) -> dict:
        """Days and times as instants."""
        said = super().clean() or self.cleaned_data
        found = instant_of(said.pop("found_on", None), said.pop("found_time", None))
        notified = instant_of(said.pop("ico_on", None), said.pop("ico_time", None))
        return {**said, "found_at": found, "ico_notified_at": notified}


class RecordForm(ConcernForm):
    """A breach or concern that is new: its bodies may be told at once."""

    tells_now = forms.BooleanField(
        label="Write to the contacts of these bodies now",
        required=False,
        initial=True,
        help_text="The message says that there is a record, and whom to ring; not what happened",
    )


class ConcernEditForm(EditForm, ConcernForm):
    """A breach or concern that is there already."""

    reason = forms.CharField(label="Why it is corrected", max_length=1_000, required=False)


class ToldForm(EditForm):
    """That a body was told."""

    told_on = TypedDate(label="Day it was told")
    told_time = TypedTime(label="Time it was told")
    told_how = forms.ChoiceField(label="How it was told", widget=forms.RadioSelect)
    told_whom = forms.CharField(label="Who was told", max_length=300, help_text="Name and post")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_how"].choices = choices("telling_way")

    def clean(self) -> dict:
        """Day and time as one instant."""
        said = super().clean() or self.cleaned_data
        told = instant_of(said.pop("told_on", None), said.pop("told_time", None))
        return {**said, "told_at": told}


class CloseForm(EditForm, Confirming):
    """What came of it."""

    outcome = words("Outcome", help_text=NO_NAMES)
    lessons = words("What is learnt", help_text=NO_NAMES)


class ReopenForm(EditForm, Confirming):
    """Why a closed record is opened again."""

    reason = forms.CharField(label="Why it is opened again", max_length=1_000)


def _offered(document: Document, held: Iterable[Organisation]):
    version = document.shown
    bodies = {body.pk for body in (*(bound_bodies(version) if version else ()), *held)}
    if document.lead_id:
        bodies.add(document.lead_id)
    return Organisation.objects.filter(pk__in=bodies).order_by("legal_name", "pk")
