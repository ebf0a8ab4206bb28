"""Where charters and protocols stand."""

from __future__ import annotations

from django import forms

from register.core.dates import today
from register.directory.models import Community
from register.documents.forms.starting import PlaceForm
from register.documents.forms.titles import TitledChoice
from register.documents.models import Document


class ProtocolPlaceForm(PlaceForm):
    """The charter above a protocol and its one community, or why it stands outside the framework."""

    charter = TitledChoice(
        Document.objects.none(),
        label="Charter above it",
        required=False,
        empty_label="None: it stands outside the framework",
    )
    community = forms.ModelChoiceField(
        Community.objects.none(),
        label="Information community",
        required=False,
        empty_label="Not chosen yet",
        help_text="The bodies that must exchange information to reach one shared objective",
    )
    outside_reason = forms.CharField(
        label="Why it stands outside the framework",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only where there is no charter above it",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        charters = Document.objects.visible_to(self.user).of_tier(1)
        self.fields["charter"].queryset = charters.filter(partnership=self.partnership)
        self.fields["charter"].label = f"{self.partnership.charter_word} above it"
        communities = Community.objects.current(today()).filter(partnership=self.partnership)
        self.fields["community"].queryset = communities.order_by("name")


def communities_field(document: Document) -> forms.Field:
    """Which information communities deliver an initiative."""
    communities = Community.objects.current(today()).filter(partnership=document.partnership_id)
    return forms.ModelMultipleChoiceField(
        communities.order_by("name"),
        label="Delivered by",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
