"""Notes, logged calls and files on an entry or a body."""

from __future__ import annotations

from django import forms

from register.documents.models.notes import NoteKind
from register.lists.labels import choices
from register.ui.forms import EditForm, Form, TypedDate, Upload


class NoteForm(Form):
    """What was said, when, and whether to come back to it."""

    kind = forms.ChoiceField(
        label="Kind", choices=NoteKind.choices, widget=forms.RadioSelect, initial=NoteKind.NOTE
    )
    on = TypedDate(label="Date", required=False, help_text="Today where empty")
    text = forms.CharField(
        label="What was said", max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    follow_up_on = TypedDate(label="Follow up on", required=False)


class NoteEditForm(NoteForm, EditForm):
    """A note that is there already."""

    on = TypedDate(label="Date")


class AttachForm(Form):
    """A file with its kind and the date it bears."""

    file = Upload(label="File", help_text="PDF, Word or OpenDocument text, or a PNG or JPEG image")
    kind = forms.ChoiceField(label="Kind")
    dated_on = TypedDate(label="Date on the file", required=False)
    note = forms.CharField(label="Note", required=False, max_length=500)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices("file_kind", empty="Choose a kind")


class TakeOffForm(Form):
    """Why a file is taken off the page."""

    reason = forms.CharField(
        label="Why it is taken off the page",
        max_length=500,
        error_messages={"required": "Say why the file is taken off the page."},
    )
