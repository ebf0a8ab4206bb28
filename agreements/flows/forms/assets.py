"""Information assets of bodies."""

from __future__ import annotations

from django import forms

from register.directory.forms.fields import BodyField
from register.ui.forms import EditForm, Form


class AssetForm(Form):
    """What is recorded of an asset."""

    name = forms.CharField(
        label="Name", max_length=200, help_text="Such as the children's case system"
    )
    keeper = forms.CharField(
        label="Post that answers for it",
        max_length=200,
        required=False,
        help_text="Such as the head of children's services, as information asset owner",
    )
    standard = forms.CharField(label="Standard that it follows", max_length=200, required=False)
    quality = forms.CharField(
        label="How good it is",
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Accurate, complete, timely, and where it is not",
    )


class AssetAddForm(AssetForm):
    """A new asset, with the body that answers for it."""

    field_order = ["organisation", "name", "keeper", "standard", "quality"]
    organisation = BodyField(label="Owner")


class AssetEditForm(AssetForm, EditForm):
    """An asset that is recorded already."""


class EndForm(EditForm):
    """Nothing is asked: pressing the button is the answer."""
