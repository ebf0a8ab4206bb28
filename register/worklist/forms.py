"""What is typed when work is put off, something is announced, mails are chosen and feeds are made."""

from __future__ import annotations

from django import forms

from register.directory.models import Community, Organisation, Partnership
from register.directory.permissions import visible_bodies, visible_communities
from register.ui.forms import Form, TypedDate
from register.worklist.models import FeedKind, Often


class PutOffForm(Form):
    """Until when something is put off, and why."""

    until = TypedDate(label="Show it again on")
    reason = forms.CharField(
        label="Why do you put it off?",
        max_length=300,
        help_text="For yourself, when it comes back. For example: the council decides on 14 January",
    )


class AnnouncementForm(Form):
    """What is announced, to whom, and until when it is shown."""

    partnership = forms.ModelChoiceField(
        Partnership.objects.none(), label="Partnership", empty_label=None
    )
    title = forms.CharField(label="Title", max_length=150)
    text = forms.CharField(label="Text", max_length=5_000, widget=forms.Textarea(attrs={"rows": 6}))
    last_on = TypedDate(
        label="Last day on which it is shown", required=False,
        help_text="Without a day it is shown to each person until they have acknowledged it",
    )  # fmt: skip

    def __init__(self, *args, partnerships: list[Partnership], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["partnership"]
        field.queryset = Partnership.objects.filter(pk__in=[p.pk for p in partnerships])
        if len(partnerships) == 1:
            field.widget = forms.HiddenInput()
            field.initial = partnerships[0].pk


class MailsForm(Form):
    """How often a digest comes."""

    digest = forms.ChoiceField(
        label="Digest of my work", choices=Often.choices, widget=forms.RadioSelect,
        help_text="One message with everything that waits, and nothing on days when nothing does",
    )  # fmt: skip


class FeedForm(Form):
    """Whose dates a calendar feed shows."""

    kind = forms.ChoiceField(
        label="Whose dates", choices=FeedKind.choices, widget=forms.RadioSelect
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Body", required=False, empty_label="None",
        help_text="For a calendar of a body",
    )  # fmt: skip
    community = forms.ModelChoiceField(
        Community.objects.none(), label="Information community", required=False,
        empty_label="None", help_text="For a calendar of a community",
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        bodies = visible_bodies(user).filter(merged_into__isnull=True)
        self.fields["organisation"].queryset = bodies.order_by("legal_name", "pk")
        rows = visible_communities(user).order_by("name", "pk")
        self.fields["community"].queryset = rows
