"""What the acts in the life of a document ask before they are done."""

from __future__ import annotations

from django import forms

from register.directory.models import Organisation
from register.documents.bound import bound_bodies
from register.ui.forms import Form, TypedDate


def _reason(label: str, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the reason."},
    )


class ConfirmForm(Form):
    """Nothing is asked: pressing the button is the answer."""

    def __init__(self, *args, standing=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing


class ReasonForm(ConfirmForm):
    """The reason, which must be given."""

    reason = _reason("Reason", required=True)


class RemarkForm(ConfirmForm):
    """A reason, where there is one to give."""

    reason = _reason("Reason", required=False)


class ReviseForm(ConfirmForm):
    """What the revision is for."""

    changes = _reason("What is to change", required=False)


class EndForm(ReasonForm):
    """The reason and the last day."""

    field_order = ["on", "reason"]
    on = TypedDate(
        label="From which day nobody shares under it", required=False, help_text="Today where empty"
    )


class SuspendForm(ReasonForm):
    """What is suspended, from when, and why."""

    field_order = ["party", "starts_on", "reason"]
    party = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="For whom",
        required=False,
        empty_label="The whole document",
    )
    starts_on = TypedDate(label="From", required=False, help_text="Today where empty")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        bound = [body.pk for body in bound_bodies(self.standing.governing)]
        bodies = Organisation.objects.filter(pk__in=bound)
        self.fields["party"].queryset = bodies.order_by("legal_name")


class ResumeForm(RemarkForm):
    """When sharing goes on again, and why."""

    field_order = ["on", "reason"]
    on = TypedDate(
        label="Last day of the suspension", required=False, help_text="Today where empty"
    )
