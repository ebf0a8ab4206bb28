"""What is typed about an adherence check."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError

from register.concerns.forms.concerns import NO_NAMES, words
from register.concerns.models import Conclusion, Said
from register.concerns.services.checks import Action
from register.core import typed_dates
from register.core.dates import today
from register.lists.labels import items
from register.ui.confirming import Confirming
from register.ui.forms import EditForm, TypedDate, dress

DUE_IN = timedelta(days=28)
ACTIONS_HELP = (
    "One a line; a task is opened for each, due in four weeks unless a day stands after a semicolon: "
    "Take leavers off the portal; 31 January 2027. Everybody who reads the agreement can read them"
)


class CheckFacts(Confirming):
    """What a check says of itself."""

    checked_on = TypedDate(label="Date of the check")
    checker_name = forms.CharField(label="Checked by", max_length=200)
    checker_post = forms.CharField(label="Their post", max_length=200, required=False)
    method = words(
        "How it was checked", required=False, rows=2,
        help_text="For example, three records of each party, and a talk with both duty desks",
    )  # fmt: skip
    conclusion = forms.ChoiceField(
        label="Is the agreement kept?", choices=Conclusion.choices, widget=forms.RadioSelect
    )
    findings = words("Findings", rows=4, help_text=NO_NAMES)
    next_on = TypedDate(label="Next check", required=False)


class CheckForm(CheckFacts):
    """A check with the questions of the list: an answer and a note for each, then the actions."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        day = today()
        self.questions = {
            code: row for code, row in items("adherence_question").items() if row.holds_on(day)
        }
        for code, row in self.questions.items():
            self._add(f"answer_{code}", forms.ChoiceField(
                label=row.label, choices=Said.choices,
                initial=Said.NOT_ASKED, help_text=row.meaning, required=False,
            ))  # fmt: skip
            self._add(f"note_{code}", forms.CharField(
                label="Note", required=False, max_length=500,
            ))  # fmt: skip
        self._add("actions", words(
            "Actions", required=False, rows=4, help_text=ACTIONS_HELP
        ))  # fmt: skip
        self.look_through()

    @property
    def question_fields(self) -> list[tuple]:
        """For each question its two fields."""
        return [(self[f"answer_{code}"], self[f"note_{code}"]) for code in self.questions]

    def clean_actions(self) -> list[Action]:
        """The actions, read line by line."""
        lines = self.cleaned_data["actions"].splitlines()
        return [_action(n, line) for n, line in enumerate(lines, start=1) if line.strip()]

    def clean(self) -> dict:
        """The answers by their questions."""
        said = super().clean() or self.cleaned_data
        answers = {}
        for code in self.questions:
            note = said.pop(f"note_{code}", "")
            answers[code] = (said.pop(f"answer_{code}", "") or Said.NOT_ASKED, note)
        return {**said, "answers": answers, "actions": said.get("actions", [])}

    def _add(self, name: str, field: forms.Field) -> None:
        dress(field, name)
        self.fields[name] = field


class CheckEditForm(EditForm, CheckFacts):
    """A check that is there already; its answers stay."""

    reason = forms.CharField(label="Why it is corrected", max_length=1_000, required=False)


def _action(number: int, line: str) -> Action:
    says, _, day = (part.strip() for part in line.rpartition(";")) if ";" in line else (
        line.strip(), "", "",
    )  # fmt: skip
    if not says or len(says) > 1_000:
        raise ValidationError(f"Line {number}: write what is to be done, in up to 1,000 letters.")
    if not day:
        return Action(says, today() + DUE_IN)
    try:
        due_on = typed_dates.read(day)
    except ValueError as error:
        raise ValidationError(f"Line {number}: {error}") from error
    return Action(says, due_on or today() + DUE_IN)
