"""What is asked before the entries of a clean-up list are mended together."""

from __future__ import annotations

from django import forms

from register.core.dates import today
from register.directory.models import Membership, Organisation
from register.documents.forms.titles import TitledChoice
from register.documents.models import Document
from register.ui.forms import Form

IN_HISTORY = "It stands in the history of each entry"
LEAVE, SPREAD = "leave", "spread"
MONTHS, A_WEEK = 6, 10


class ProtocolForm(Form):
    """Which protocol stands above the agreements."""

    protocol = TitledChoice(
        Document.objects.none(),
        label="Protocol above them",
        empty_label="Choose a protocol",
        help_text="The information community follows from it",
        error_messages={"required": "Choose the protocol."},
    )

    def __init__(self, *args, by, partnerships, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        protocols = Document.objects.visible_to(by).of_tier(2).filter(archived_on__isnull=True)
        self.fields["protocol"].queryset = protocols.filter(partnership__in=partnerships)

    def clean_protocol(self) -> int:
        """The key of the protocol, as it is stored."""
        return self.cleaned_data["protocol"].pk


class PartyForm(Form):
    """Which body is named as a party."""

    party = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Party",
        empty_label="Choose a body",
        help_text="It is named besides the parties that an entry has",
        error_messages={"required": "Choose the body."},
    )

    def __init__(self, *args, partnerships, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.objects.current(today()).filter(partnership__in=partnerships)
        bodies = Organisation.objects.that_may_sign().filter(
            pk__in=members.order_by().values("organisation_id")
        )
        self.fields["party"].queryset = bodies.order_by("legal_name")

    def clean_party(self) -> int:
        """The key of the body, as it is stored."""
        return self.cleaned_data["party"].pk


class DatesForm(Form):
    """How the dates of the file are read."""

    order = forms.ChoiceField(
        label="How dates in numbers are read",
        choices=[("day", "Day first: 03/04/2027 is 3 April 2027"),
                 ("month", "Month first: 03/04/2027 is 4 March 2027")],
        widget=forms.RadioSelect,
        help_text="A month or a year alone counts from its first day and to its last",
        error_messages={"required": "Choose how dates in numbers are read."},
    )  # fmt: skip


class ReasonForm(Form):
    """Why it is done."""

    reason = forms.CharField(label="Reason", max_length=300, help_text=IN_HISTORY)


class _Pace(Form):
    months = forms.IntegerField(
        label="Over how many months", min_value=1, max_value=60, initial=MONTHS, required=False,
        help_text="From a week from now on", widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    a_week = forms.IntegerField(
        label="At most so many a week", min_value=1, max_value=1_000, initial=A_WEEK, required=False,
        help_text="On working days, shared out evenly between owners",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def _need(self, name: str, sentence: str) -> None:
        if self.cleaned_data.get(name) is None and name not in self.errors:
            self.add_error(name, sentence)

    def _need_pace(self) -> None:
        self._need("months", "Enter over how many months they are spread.")
        self._need("a_week", "Enter how many reviews a week there may be.")


class SpreadForm(_Pace):
    """Over which time overdue reviews are spread, and why."""

    reason = forms.CharField(label="Reason", max_length=300, help_text=IN_HISTORY)

    def clean(self) -> dict:
        """Both numbers."""
        super().clean()
        self._need_pace()
        return self.cleaned_data


class ReleaseForm(_Pace):
    """Whether overdue reviews are spread before messages may go."""

    field_order = ["overdue", "months", "a_week"]
    overdue = forms.ChoiceField(
        label="Reviews that are overdue",
        choices=[(SPREAD, "Spread them over the months to come"),
                 (LEAVE, "Leave their dates as they are")],
        widget=forms.RadioSelect,
        help_text="Owners are told of each overdue review on the day of the release",
        error_messages={"required": "Choose what becomes of overdue reviews."},
    )  # fmt: skip

    def clean(self) -> dict:
        """Both numbers, where reviews are spread."""
        super().clean()
        if self.cleaned_data.get("overdue") == SPREAD:
            self._need_pace()
        return self.cleaned_data
