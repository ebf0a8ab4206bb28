"""Starting a document: which tier, where it stands, what it is called."""

from __future__ import annotations

from django import forms

from register.core.dates import today
from register.directory.models import Organisation, Partnership
from register.directory.models.partnerships import Tier as TierNumber
from register.directory.reach import reach_of
from register.documents.tiers import Place, Tier
from register.lists.labels import choices
from register.ui.forms import EditForm, Form


class ChooseForm(Form):
    """Which tier of which partnership."""

    partnership = forms.ModelChoiceField(
        Partnership.objects.none(), label="Partnership", empty_label=None
    )
    tier = forms.TypedChoiceField(
        label="What do you want to start?",
        coerce=int,
        choices=TierNumber.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, partnerships, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = partnerships
        if len(partnerships) == 1:
            [partnership] = partnerships
            self.fields["partnership"].widget = forms.HiddenInput()
            self.fields["partnership"].initial = partnership
            self.fields["tier"].choices = [(n, partnership.word(n)) for n in (1, 2, 3)]


class PlaceForm(Form):
    """Where a document stands in the three tiers; each tier adds its own fields."""

    def __init__(self, *args, user, partnership, document=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.partnership, self.document = user, partnership, document


class StartForm(PlaceForm):
    """What every document of any tier is asked at its start."""

    title = forms.CharField(
        label="Title",
        max_length=300,
        help_text="What people will call it: the subject, not the date",
    )
    kind = forms.ChoiceField(label="Kind", required=False)
    lead = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Lead body",
        required=False,
        empty_label="No lead body: the partnership office keeps it",
        help_text="Its officers draft the document and answer for it",
    )

    def __init__(self, *args, tier: Tier, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices(tier.kind_list, empty="Not chosen yet")
        self.fields["lead"].queryset = leads_for(self.user, self.partnership)
        if not reach_of(self.user).may_edit_all(self.partnership.pk):
            self.fields["lead"].empty_label = None
            self.fields["lead"].required = True


def start_form(tier: Tier) -> type[StartForm]:
    """The form that starts a document of a tier: its title and kind, and where it stands."""
    if tier.place is None:
        return StartForm
    return type("StartInPlaceForm", (tier.place.form, StartForm), {})


def place_edit_form(place: Place) -> type[PlaceForm]:
    """The form that changes where a document stands."""
    return type("PlaceEditForm", (place.form, EditForm), {})


def leads_for(user, partnership):
    """The bodies of a partnership for which a login may draft."""
    bodies = Organisation.objects.surviving().in_partnership(partnership, today())
    reach = reach_of(user)
    if not reach.may_edit_all(partnership.pk):
        bodies = bodies.filter(pk__in=reach.bodies("edit_for"))
    return bodies.order_by("legal_name")
