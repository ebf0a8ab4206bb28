"""What is typed when advice is asked for, given, or recorded from paper."""

from __future__ import annotations

from datetime import timedelta

from django import forms

from register.advice.answers import Answer
from register.advice.kinds import Kind
from register.advice.proposals import Whom
from register.core.dates import today
from register.lists.models import Item
from register.ui.forms import EditForm, Form, TypedDate, Upload, dress

DAYS_TO_ANSWER = 14
_ANSWER = ("outcome", "text", "conditions", "reason", "reference")


def usual_day():
    """By when an answer is usually asked for."""
    return today() + timedelta(days=DAYS_TO_ANSWER)


class DueForm(Form):
    """By when an answer is asked for."""

    due_on = TypedDate(label="Answer by")


class AskForm(Form):
    """Who is asked, by when, and what in particular."""

    whom = forms.ChoiceField(label="Who is asked", widget=forms.RadioSelect)
    due_on = TypedDate(label="Answer by")
    question = forms.CharField(
        label="What you want to know", required=False, max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only where there is something in particular; it stands in the message",
    )  # fmt: skip

    def __init__(self, *args, offered: list[Whom], is_office: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._offered = {whom.code: whom for whom in offered}
        if is_office:
            del self.fields["whom"]
        else:
            self.fields["whom"].choices = [(code, w.words) for code, w in self._offered.items()]
            self.fields["whom"].initial = next(iter(self._offered), None)

    def clean(self) -> dict:
        """The chosen person with their post, as the services take them."""
        said = super().clean() or self.cleaned_data
        said["whom"] = self._offered.get(said.get("whom", ""))
        return said


class ReplaceForm(AskForm, EditForm):
    """Who is asked instead."""


class CancelForm(EditForm):
    """Why nobody is asked any more."""

    reason = forms.CharField(
        label="Why it is not asked any more", max_length=500,
        error_messages={"required": "Say why it is not asked any more."},
    )  # fmt: skip


class AnswerForm(EditForm):
    """Advice or a decision; where the kind has a checklist, its points as well."""

    outcome = forms.ChoiceField(label="Your advice", widget=forms.RadioSelect)
    text = forms.CharField(
        label="In words", required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Needed to say no, and to return it for changes",
    )  # fmt: skip
    conditions = forms.CharField(
        label="Conditions", required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="What must hold, a line each",
    )  # fmt: skip
    reason = forms.CharField(
        label="Why you decide against the advice, or without it", required=False,
        max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Leave empty where you follow the advice",
    )  # fmt: skip
    reference = forms.CharField(
        label="Reference of the decision", required=False, max_length=120,
        help_text="As the committee's minutes have it",
    )  # fmt: skip

    def __init__(self, *args, kind: Kind, points: list[Item] = (), **kwargs) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.kind, self.points = kind, list(points)
        outcome = self.fields["outcome"]
        outcome.choices = [(each.value, each.label) for each in kind.outcomes]
        if kind.is_decision:
            outcome.label = "Decision"
            outcome.error_messages["required"] = "Choose what you decide."
        else:
            outcome.error_messages["required"] = "Choose what you advise."
        if not kind.weighs_advice:
            del self.fields["reason"]
        if not kind.needs_reference:
            del self.fields["reference"]
        self._add_points()

    def _add_points(self) -> None:
        for point in self.points:
            met = forms.BooleanField(label=point.label, required=False, help_text=point.meaning)
            note = forms.CharField(label=f"Note on “{point.label}”", required=False, max_length=500)
            for name, field in ((f"met_{point.code}", met), (f"note_{point.code}", note)):
                self.fields[name] = field
                dress(field, name)
        self.order_fields([*(name for name in self.fields if name.startswith(("met_", "note_")))])


class PaperForm(AnswerForm):
    """An answer given on paper or by mail: who gave it, when, and the paper."""

    person_name = forms.CharField(label="Who gave it", max_length=200)
    post_title = forms.CharField(label="Their post", required=False, max_length=200)
    given_on = TypedDate(label="Date on the paper")
    file = Upload(
        label="The letter or the mail",
        help_text="PDF, Word or OpenDocument text, or a PNG or JPEG image",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        is_decision = self.kind.is_decision
        outcome = self.fields["outcome"]
        outcome.label = "Decision" if is_decision else "Advice"
        said = "decided" if is_decision else "advised"
        outcome.error_messages["required"] = f"Choose what was {said}."
        if "reason" in self.fields:
            self.fields["reason"].label = "Why against the advice, or without it"


def said_in(typed: dict) -> Answer:
    """The answer that was typed, as the services take it."""
    checklist = {
        name.removeprefix("met_"): (bool(value), typed.get(f"note_{name.removeprefix('met_')}", ""))
        for name, value in typed.items()
        if name.startswith("met_")
    }
    return Answer(**{name: typed.get(name, "") for name in _ANSWER}, checklist=checklist)
