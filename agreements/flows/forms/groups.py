"""Groups of parties, joining them and leaving them."""

from __future__ import annotations

from django import forms

from register.directory.forms.fields import BodyField
from register.ui.forms import EditForm, Form, TypedDate, Upload


class GroupForm(Form):
    """A group of parties that a draft names."""

    name = forms.CharField(
        label="Name of the group",
        max_length=200,
        help_text="Such as all general practices in the board's area",
    )
    who_may_join = forms.CharField(
        label="Who may join",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GroupEditForm(GroupForm, EditForm):
    """A group that is named already."""


class JoinForm(Form):
    """A body that joined a group by its joining form."""

    organisation = BodyField(label="Body")
    starts_on = TypedDate(label="From", required=False, help_text="Empty means today")
    form_signatory = forms.CharField(label="Who signed the joining form", max_length=200)
    form_post = forms.CharField(label="Their post", max_length=200, required=False)
    form = Upload(
        label="Joining form",
        required=False,
        help_text="The scanned form: a PDF, a Word or OpenDocument text, or an image",
    )


class LeaveForm(EditForm):
    """A body's last day in a group."""

    on = TypedDate(label="Last day in the group")
    reason = forms.CharField(
        label="Why it leaves", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DayForm(Form):
    """The day for which a list is shown."""

    on = TypedDate(label="As at", required=False)
