"""Settings of a partnership, its members and the posts that it expects to sign."""

from __future__ import annotations

from typing import Any

from django import forms

from register.directory.forms.fields import BodyField, offer_bodies
from register.directory.models import Membership
from register.directory.models.partnerships import MembershipKind
from register.directory.services.partnerships import Expected
from register.lists.labels import choices
from register.ui.forms import EditForm, Form, TypedDate, dress

POST_LINES = 6


class PartnershipFacts(Form):
    """What a partnership is called, its words for the tiers, and its office."""

    name = forms.CharField(label="Name", max_length=200)
    area = forms.CharField(label="Area", max_length=200, required=False)
    charter_word = forms.CharField(
        label="Word for tier 1",
        max_length=40,
        initial="Charter",
        help_text="For example Charter, Declaration or Accord",
    )
    protocol_word = forms.CharField(label="Word for tier 2", max_length=40, initial="Protocol")
    agreement_word = forms.CharField(label="Word for tier 3", max_length=40, initial="Agreement")
    office_name = forms.CharField(
        label="Information governance office", max_length=200, required=False
    )
    office_email = forms.EmailField(
        label="Office e-mail address",
        required=False,
        help_text="Shown at the foot of every page as the one to ask",
    )
    office_phone = forms.CharField(label="Office telephone", max_length=40, required=False)
    former_names = forms.CharField(
        label="Former names", required=False, max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    status_note = forms.CharField(
        label="Accreditation or standing", required=False, max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    accredited_on = TypedDate(label="Accredited on", required=False)


class PartnershipAddForm(PartnershipFacts):
    """A new partnership."""

    field_order = ["name", "prefix"]
    # A form of Django has a text of this name; a declared field never becomes an attribute.
    prefix: Any = forms.RegexField(
        r"^[A-Z]{2,6}\Z",
        label="Prefix of references",
        help_text="Two to six capital letters, for example WY as in WY-A-0042. It cannot change later.",
        error_messages={"invalid": "Enter two to six capital letters."},
    )


class PartnershipEditForm(PartnershipFacts, EditForm):
    """The settings of a partnership that is there already."""

    reason = forms.CharField(label="Why", max_length=1_000, required=False)


class TierPostsForm(Form):
    """The posts of each party that are expected to sign documents of a tier."""

    hide_optional = True

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        chosen = sum(name.startswith("post_") for name in self.initial)
        self.places = range(1, max(POST_LINES, chosen + 1) + 1)
        for number in self.places:
            held = self.initial.get(f"post_{number}", "")
            offered = choices("post_kind", also=held, empty="None")
            self._add(
                f"post_{number}",
                forms.ChoiceField(label=f"Post {number}", required=False, choices=offered),
            )
            self._add(
                f"needed_{number}",
                forms.BooleanField(
                    label=f"Post {number} is needed for coming into force", required=False
                ),
            )

    def _add(self, name: str, field: forms.Field) -> None:
        dress(field)
        self.fields[name] = field

    def clean(self) -> dict:
        """The posts in their order, each once."""
        said = super().clean() or {}
        posts: list[Expected] = []
        for number in self.places:
            kind = said.get(f"post_{number}")
            if kind and kind in {post.post_kind for post in posts}:
                self.add_error(f"post_{number}", "This post is chosen already. Choose another.")
            elif kind:
                posts.append(Expected(kind, said[f"needed_{number}"]))
        return said if self.errors else {"posts": posts}


class MembershipFacts(Form):
    """Of what kind a membership is, and from when to when."""

    kind = forms.ChoiceField(
        label="Kind", choices=MembershipKind.choices, widget=forms.RadioSelect, initial="full"
    )
    starts_on = TypedDate(label="From")
    ends_on = TypedDate(label="Until", required=False, help_text="Its last day, where it is known")
    supported_by = forms.ModelChoiceField(
        Membership.objects.none(),
        label="Supported by",
        required=False,
        empty_label="Nobody",
    )
    has_release_officer = forms.BooleanField(
        label="Requests to sign go first to its designated officer", required=False
    )

    def __init__(self, *args, partnership, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        members = partnership.memberships.filter(ends_on__isnull=True)
        field = self.fields["supported_by"]
        field.queryset = members.select_related("organisation").order_by("organisation__legal_name")
        field.label_from_instance = lambda member: member.organisation.legal_name


class MemberAddForm(MembershipFacts):
    """A body that joins a partnership."""

    field_order = ["organisation"]
    organisation = BodyField(label="Body")

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offer_bodies(self, user)


class MembershipEditForm(MembershipFacts, EditForm):
    """A membership that is there already."""

    reason = forms.CharField(label="Why", max_length=1_000, required=False)
