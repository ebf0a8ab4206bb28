"""What is typed about what became of the information."""

from __future__ import annotations

from django import forms

from register.endings.models import Fate
from register.lists.labels import choices
from register.ui.confirming import Confirming
from register.ui.forms import EditForm, TypedDate, Upload

NO_NAMES = "Name nobody of the public: kinds of record and their number are enough"


class ProofForm(Confirming):
    """What a party held, and what became of it."""

    held = forms.CharField(
        label="What was held",
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAMES,
    )
    fate = forms.ChoiceField(
        label="What became of it?",
        choices=Fate.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of it."},
    )
    method = forms.ChoiceField(label="If returned or destroyed: how", required=False)
    method_words = forms.CharField(
        label="More about how", max_length=500, required=False,
        help_text="For example, the system, the contractor, to whom it was returned",
    )  # fmt: skip
    done_on = TypedDate(label="When it was done", required=False)
    keeping_ground = forms.ChoiceField(label="If kept: on which ground", required=False)
    keeping_words = forms.CharField(
        label="What is kept, and why",
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kept_until = TypedDate(label="Kept until", required=False)
    file = Upload(
        label="Certificate",
        required=False,
        help_text="Where there is one: a PDF, a Word or OpenDocument text, or a picture",
    )
    said_by_name = forms.CharField(label="Who says so", max_length=200)
    said_by_post = forms.CharField(label="Their post", max_length=200)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = choices("disposal_method", empty="Choose a method")
        self.fields["keeping_ground"].choices = choices("keeping_ground", empty="Choose a ground")

    def clean(self) -> dict:
        """The file as bytes and a name."""
        said = super().clean() or self.cleaned_data
        upload = said.pop("file", None)
        content, name = (upload.read(), upload.name) if upload else (None, "")
        return {**said, "content": content, "name": name}


class RecordForm(EditForm, ProofForm):
    """The same, typed by an officer: somebody else may have given it meanwhile."""


class CorrectForm(RecordForm):
    """A proof that is there already."""

    reason = forms.CharField(label="Why it is corrected", max_length=1_000)


class WithoutForm(EditForm, Confirming):
    """Why no proof is needed."""

    reason = forms.CharField(
        label="Why no proof is needed",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example, the body only gave information and received none",
    )
