"""Information communities and the bodies in them."""

from __future__ import annotations

from django import forms

from register.directory.forms.fields import BodyField, offer_bodies
from register.ui.forms import EditForm, Form, TypedDate


class CommunityForm(Form):
    """A new community."""

    name = forms.CharField(label="Name", max_length=200)
    shared_objective = forms.CharField(
        label="Shared objective",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What its members can only reach by exchanging information",
    )
    starts_on = TypedDate(label="From", required=False)
    ends_on = TypedDate(label="Until", required=False)


class CommunityEditForm(CommunityForm, EditForm):
    """A community that is there already."""

    reason = forms.CharField(label="Why", max_length=1_000, required=False)


class JoinForm(Form):
    """A body that joins a community."""

    organisation = BodyField(label="Body")
    starts_on = TypedDate(label="From")

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer_bodies(self, user)
