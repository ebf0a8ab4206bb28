"""What is typed about tasks."""

from __future__ import annotations

from django import forms

from register.directory.models import Person
from register.directory.permissions import visible_people
from register.tasks.models import Outcome
from register.ui.forms import EditForm, Form


def _note() -> forms.CharField:
    return forms.CharField(
        label="Note",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What was looked at, and what was decided",
    )


class CloseForm(EditForm):
    """What came of a task."""

    outcome = forms.ChoiceField(
        label="What came of it", choices=Outcome.choices, widget=forms.RadioSelect
    )
    note = _note()


class CloseManyForm(Form):
    """What came of the ticked tasks."""

    task = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={"required": "Tick at least one task.", "invalid_choice": "Tick a task of the list."},
    )  # fmt: skip
    outcome = forms.ChoiceField(
        choices=Outcome.choices, error_messages={"required": "Choose what came of them."}
    )
    note = forms.CharField(required=False, max_length=2_000)

    def __init__(self, *args, keys: list[int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].choices = [(key, key) for key in keys]


class AssignForm(EditForm):
    """Whom a task is given to."""

    assignee = forms.ModelChoiceField(
        Person.objects.none(),
        label="Given to",
        required=False,
        empty_label="Nobody",
        help_text="People who can sign in and may read what it is about",
    )

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = visible_people(user).filter(user__is_active=True).order_by("name")
        self.fields["assignee"].queryset = people
