"""What is typed when signatures are chased."""

from __future__ import annotations

from django import forms

from register.chasing.choosing import who_may_sign
from register.directory.models import Partnership, Person
from register.ui.forms import EditForm, Form, TypedDate


class ExtendForm(Form):
    """The new day to sign by."""

    sign_by = TypedDate(label="New day to sign by")


class DayForm(EditForm):
    """The new day to sign by, of one entry."""

    sign_by = TypedDate(label="Day to sign by")


class CancelForm(Form):
    """Why requests are cancelled."""

    reason = forms.CharField(
        label="Why are they cancelled?", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AskForm(Form):
    """Who is asked: somebody who may sign here, and is not asked already."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label="Who",
        empty_label="Choose",
        help_text="Whoever holds the post today, and whoever they let sign",
        error_messages={"invalid_choice": "Choose somebody of the list."},
    )

    def __init__(self, *args, slot, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        asked = slot.requests.open().values("person")
        self.fields["person"].queryset = who_may_sign(slot).exclude(pk__in=asked)


class ReplaceForm(AskForm):
    """Who is asked instead, and why."""

    reason = forms.CharField(
        label="Why is somebody else asked?",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TestForm(Form):
    """In which partnership a test message goes out."""

    partnership = forms.ModelChoiceField(Partnership.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args, partnerships, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = Partnership.objects.filter(
            pk__in=[each.pk for each in partnerships]
        )
