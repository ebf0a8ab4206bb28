"""What the addresses of the past ask for, read through forms so that no address can do harm."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from register.directory.permissions import visible_bodies, visible_communities
from register.directory.survivors import records_of
from register.documents.lifecycle import GOVERNING, State
from register.past.models import Span, SpanBody
from register.past.moments import Moment
from register.ui.forms import EditForm, Form, TypedDate
from register.ui.listing import SIZES

STATUSES = {
    **{state.value: state.label for state in State},
    "unconfirmed": "As recorded, unconfirmed",
    "suspended": "Suspended",
    "overdue": "Review overdue",
}
_LARGEST = 2**63 - 1


class DayForm(Form):
    """The day that somebody wants to see, and a time of that day where the end of it will not do."""

    on = TypedDate(
        label="Show it as it was on",
        error_messages={"required": "Enter the day, for example 12 3 2025."},
    )
    at = forms.CharField(
        label="At a time of that day",
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"size": 8}),
        help_text="For example, 14:05. Without a time it is the end of the day",
    )
    ref = forms.CharField(max_length=30, required=False, widget=forms.HiddenInput)

    def clean_at(self):
        """The time of day, or None."""
        typed = self.cleaned_data["at"].strip().replace(".", ":")
        if not typed:
            return None
        try:
            return datetime.strptime(typed, "%H:%M").time()
        except ValueError:
            raise ValidationError("Enter a time such as 14:05, or leave it empty.") from None

    def clean(self) -> dict:
        """Refuse what has not happened yet."""
        asked = super().clean() or self.cleaned_data
        if asked.get("on") and "at" in asked:
            moment = Moment(asked["on"], asked["at"])
            if moment.is_to_come:
                self.add_error("on", "Enter a day that is not after today.")
            elif moment.day.year < 1900:
                self.add_error("on", "Enter a day after 1900.")
            asked["moment"] = moment
        return asked


class TwoMomentsForm(Form):
    """The two days whose ends are compared, the earlier one first."""

    since = TypedDate(
        label="From", error_messages={"required": "Enter the earlier day, for example 12 3 2025."}
    )
    until = TypedDate(
        label="To", error_messages={"required": "Enter the later day, for example 21 11 2026."}
    )

    def clean(self) -> dict:
        """Refuse days in the wrong order, and days to come."""
        asked = super().clean() or self.cleaned_data
        for name in ("since", "until"):
            if asked.get(name) and Moment(asked[name]).is_to_come:
                self.add_error(name, "Enter a day that is not after today.")
            elif asked.get(name) and asked[name].year < 1900:
                self.add_error(name, "Enter a day after 1900.")
        if asked.get("since") and asked.get("until") and asked["since"] >= asked["until"]:
            self.add_error("until", "Enter a day after the first one.")
        return asked


class PutBackForm(EditForm):
    """Why an earlier wording is put back."""

    reason = forms.CharField(
        label="Why is the earlier wording put back?",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the earlier wording is put back."},
    )


class PastFilter(forms.Form):
    """What the address of the list asks for; whatever it does not understand is left out."""

    tier = forms.MultipleChoiceField(choices=[("1", ""), ("2", ""), ("3", "")], required=False)
    status = forms.MultipleChoiceField(choices=list(STATUSES.items()), required=False)
    community = forms.IntegerField(min_value=1, max_value=_LARGEST, required=False)
    body = forms.IntegerField(min_value=1, max_value=_LARGEST, required=False)
    archived = forms.BooleanField(required=False)
    size = forms.TypedChoiceField(
        choices=[(str(size), size) for size in SIZES], coerce=int, required=False
    )
    after = forms.CharField(max_length=2000, required=False)
    before = forms.CharField(max_length=2000, required=False)
    at = forms.ChoiceField(choices=[("", ""), ("last", "last")], required=False)

    def __init__(self, query, *, user) -> None:
        super().__init__(query)
        communities = visible_communities(user).order_by("name")
        bodies = visible_bodies(user).order_by("legal_name")
        self.lists = {
            "community": dict(communities.values_list("pk", "name")),
            "body": dict(bodies.values_list("pk", "legal_name")),
        }
        self.is_understood = self.is_valid()
        self.asked = {**self.cleaned_data}
        for name, known in self.lists.items():
            if self.asked.get(name) and self.asked[name] not in known:
                self.is_understood, self.asked[name] = False, None

    @property
    def is_filtered(self) -> bool:
        """Whether anything is filtered."""
        return any(self.asked.get(name) for name in ("tier", "status", "community", "body"))

    def words(self) -> str:
        """What the list is filtered by, in words; every entry where it is by nothing."""
        asked = self.asked
        said = [f"tier {', '.join(asked['tier'])}"] if asked.get("tier") else []
        said += [STATUSES[status] for status in asked.get("status") or []]
        for name, known in self.lists.items():
            said += [known[asked[name]]] if asked.get(name) else []
        return ", ".join([*said, *(["archived"] if asked.get("archived") else [])]) or "every entry"

    def apply(self, spans: QuerySet[Span], moment: Moment) -> QuerySet[Span]:
        """The spans that lasted at the moment and that the filter asks for."""
        asked, at = self.asked, moment.instant
        spans = spans.filter(begins__lte=at, ends__gt=at, is_archived=bool(asked.get("archived")))
        if asked.get("tier"):
            spans = spans.filter(tier__in=[int(tier) for tier in asked["tier"]])
        if asked.get("status"):
            spans = spans.filter(_any_status(asked["status"], moment))
        if asked.get("community"):
            spans = spans.filter(community_id=asked["community"])
        if asked.get("body"):
            named = SpanBody.objects.filter(organisation_id__in=records_of(asked["body"]))
            spans = spans.filter(pk__in=named.values("span_id"))
        return spans


def _any_status(statuses: list[str], moment: Moment) -> Q:
    found = Q(status__in=statuses)
    if "overdue" in statuses:
        found |= Q(state__in=GOVERNING, review_on__lt=moment.day)
    return found
