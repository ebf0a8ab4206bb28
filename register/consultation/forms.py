"""What is typed in a consultation."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from register.consultation.choosing import choices_for, others_for
from register.consultation.models import Response
from register.consultation.services.asking import Guest
from register.consultation.services.returning import bodies_for
from register.core.dates import today
from register.directory.models import Organisation
from register.documents.models import Version
from register.ui.forms import EditForm, Form, TypedDate, Upload


class AskForm(Form):
    """Who is asked to comment, and by when."""

    people = forms.TypedMultipleChoiceField(
        label="People of the bodies named in the draft",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    guests = forms.CharField(
        label="Other people",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One a line: name, e-mail address, body. They need no account: a link is mailed "
        "to them. For example: Ann Hale, ann.hale@wells.example, Wells Trust",
    )
    due_on = TypedDate(label="Answer by", required=False)

    def __init__(self, *args, version: Version, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [
            (each.person_id, f"{each.organisation_name}: {each.name}, {each.position}")
            for each in choices_for(version)
        ]
        if not self.fields["people"].choices:
            del self.fields["people"]

    def clean_guests(self) -> list[Guest]:
        """The guests, read line by line."""
        lines = [line.strip() for line in self.cleaned_data["guests"].splitlines() if line.strip()]
        found = [_guest(number, line) for number, line in enumerate(lines, start=1)]
        emails = [guest.email.lower() for guest in found]
        for number, email in enumerate(emails, start=1):
            if email in emails[: number - 1]:
                raise ValidationError(f"Line {number}: {email} stands here twice.")
        return found

    def clean(self) -> dict:
        """A day where somebody is asked."""
        said = super().clean() or self.cleaned_data
        said.setdefault("people", [])
        is_read = "due_on" in said and "guests" in said
        if is_read and (said["people"] or said["guests"]) and said["due_on"] is None:
            self.add_error("due_on", "Enter the day by which they should answer.")
        return said


class CommentForm(Form):
    """What somebody says about a part."""

    text = forms.CharField(
        label="Your comment",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    quoted = forms.CharField(
        label="The words that it is about",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Copy them from the text. Leave this empty where you mean all of it",
    )
    suggestion = forms.CharField(
        label="The words that you suggest instead",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="They stand in for the words above, or for all of the text where none are copied",
    )

    def __init__(self, *args, with_words: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not with_words:
            del self.fields["suggestion"]


class ResponseForm(Form):
    """What somebody thinks of the whole draft."""

    response = forms.ChoiceField(
        label="What do you say to the draft as a whole?",
        widget=forms.RadioSelect,
        choices=[
            (Response.NO_COMMENTS, "We have no comments"),
            (Response.SUPPORTS, "We support it"),
            (Response.COMMENTED, "We have made comments"),
            (Response.OPPOSES, "We do not support it as it stands"),
        ],
        error_messages={"required": "Choose what you think of the draft."},
    )


class AnswerForm(EditForm):
    """The answer to a comment."""

    answer = forms.CharField(
        label="Your answer",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Everybody who is consulted can read it",
        error_messages={"required": "Enter your answer."},
    )
    close = forms.BooleanField(
        label="Close the comment: nothing more is to be done", required=False
    )


class ChangedForm(EditForm):
    """Confirms an act on a row as it was when the page was opened."""


class EditorForm(Form):
    """Who of another body may write in the draft."""

    person = forms.TypedChoiceField(
        label="Person",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose somebody from the list."},
    )

    def __init__(self, *args, version: Version, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [
            (each.person_id, f"{each.organisation_name}: {each.name}, {each.position}")
            for each in others_for(version)
        ]


class ReturnedForm(Form):
    """A Word file that came back, and whose it is."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Body that sent it", empty_label="Choose a body"
    )
    file = Upload(label="Word file", help_text="A file whose name ends with .docx")
    received_on = TypedDate(label="Received", initial=today)
    note = forms.CharField(label="Note", max_length=500, required=False)

    def __init__(self, *args, version: Version, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        bodies = [body.pk for body in bodies_for(version)]
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=bodies).order_by(
            "legal_name"
        )


def _guest(number: int, line: str) -> Guest:
    cells = [" ".join(cell.split()) for cell in line.replace("\t", ",").split(",", 2)]
    name, email, body = (*cells, "", "")[:3]
    if not name or not email:
        raise ValidationError(f"Line {number}: write a name, a comma and an e-mail address.")
    try:
        validate_email(email)
    except ValidationError as error:
        raise ValidationError(f"Line {number}: {email} is not an e-mail address.") from error
    if len(name) > 200 or len(body) > 300:
        raise ValidationError(f"Line {number}: the name or the body is too long.")
    return Guest(name, email, body)
