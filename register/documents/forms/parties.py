"""The bodies named in a draft."""

from __future__ import annotations

from django import forms
from django.db.models import Q

from register.core.dates import today
from register.core.names import normal_form
from register.directory.models import Organisation, OrganisationName
from register.directory.models.partnerships import MembershipKind
from register.directory.permissions import visible_bodies
from register.documents.models import Part
from register.lists.labels import choices
from register.ui.forms import EditForm, Form

FOUND_LIMIT = 100


class PartyForm(Form):
    """What part a body plays, and in which role."""

    part = forms.ChoiceField(
        label="Part", choices=Part.choices, widget=forms.RadioSelect, initial=Part.PARTY
    )
    role = forms.ChoiceField(label="Role in data protection law", required=False)
    only_this_reason = forms.CharField(
        label="Bound by this document only, because",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed for a party that is no member of the partnership",
    )

    def __init__(self, *args, partnership, organisation=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.partnership, self.organisation = partnership, organisation
        self.fields["role"].choices = choices("controller_role", empty="Not chosen yet")

    def clean(self) -> dict:
        """A party that is no member of the partnership says why it is bound."""
        said = super().clean() or self.cleaned_data
        body = said.get("organisation") or self.organisation
        is_party = said.get("part") == Part.PARTY
        if body and is_party and not said.get("only_this_reason") and not self._is_member(body):
            self.add_error(
                "only_this_reason",
                f"{body} is no member of the partnership: say why it is bound by this document only.",
            )
        return said

    def _is_member(self, body) -> bool:
        members = self.partnership.memberships.current(today()).filter(organisation=body)
        return members.exclude(kind=MembershipKind.SINGLE).exists()


class PartyAddForm(PartyForm):
    """A body to name: of the partnership, or any that the search finds."""

    field_order = ["organisation", "part", "role", "only_this_reason"]
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Body", empty_label="Choose a body"
    )

    def __init__(self, *args, user, search: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        known = visible_bodies(user).filter(merged_into__isnull=True)
        field.queryset = known
        offered = known.filter(matching(search)) if search else self._members()
        if self.is_bound and str(self.data.get("organisation", "")).isdigit():
            offered = offered | known.filter(pk=int(self.data["organisation"][:18]))
        shown = offered.distinct().order_by("legal_name")[:FOUND_LIMIT]
        self.found = [(body.pk, body.legal_name) for body in shown]
        field.widget.choices = [("", field.empty_label), *self.found]
        if search and len(self.found) == 1:
            field.initial = self.found[0][0]

    def _members(self):
        members = self.partnership.memberships.current(today()).values("organisation_id")
        return self.fields["organisation"].queryset.filter(pk__in=members)


class PartyEditForm(PartyForm, EditForm):
    """A body that is named already."""


def matching(search: str) -> Q:
    """The condition by which a body's legal, short or other name holds the words searched for."""
    words = " ".join(search.replace("\0", " ").split())[:200]
    found = Q(legal_name__icontains=words) | Q(short_name__icontains=words)
    if form := normal_form(words):
        others = OrganisationName.objects.filter(normal_name__contains=form)
        found |= Q(normal_name__contains=form) | Q(pk__in=others.values("organisation_id"))
    return found
