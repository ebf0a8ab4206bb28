"""The living facts of a document."""

from __future__ import annotations

from django import forms

from register.core.dates import today
from register.directory.models import Organisation, Person
from register.documents.models import Provenance, Visibility
from register.lists.labels import choices
from register.ui.forms import EditForm, Form, TypedDate


class FactsForm(EditForm):
    """Owner, lead, review date, who may read it, how it is marked, tags."""

    owner = forms.ModelChoiceField(
        Person.objects.none(),
        label="Owner",
        required=False,
        empty_label="Nobody yet",
        help_text="The officer who answers for it",
    )
    lead = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Lead body",
        required=False,
        empty_label="No lead body: the partnership office keeps it",
    )
    review_on = TypedDate(label="Review date", required=False)
    visibility = forms.ChoiceField(
        label="Who may read it", choices=Visibility.choices, widget=forms.RadioSelect
    )
    is_restricted = forms.BooleanField(
        label="Restricted: nobody else finds a trace of it",
        required=False,
        help_text="Who reads a page of it is noted.",
    )
    marking = forms.ChoiceField(label="Protective marking", required=False)
    provenance = forms.ChoiceField(
        label="Where the entry comes from", choices=Provenance.choices, widget=forms.RadioSelect
    )
    kept_by = forms.CharField(
        label="Held, not owned: kept by",
        required=False,
        max_length=300,
        help_text="Where somebody outside the partnership keeps the document itself",
    )
    tags = forms.CharField(
        label="Tags", required=False, max_length=1_000, help_text="With commas between them"
    )

    def __init__(self, *args, document, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of(document.partnership_id, document.owner_id)
        bodies = Organisation.objects.surviving().in_partnership(document.partnership, today())
        if document.lead_id:
            bodies = bodies | Organisation.objects.filter(pk=document.lead_id)
        self.fields["lead"].queryset = bodies.distinct().order_by("legal_name")
        self.fields["marking"].choices = choices("marking", empty="None")

    def clean_tags(self) -> list[str]:
        """The tags one by one."""
        tags = [" ".join(tag.split()) for tag in self.cleaned_data["tags"].split(",")]
        if any(len(tag) > 60 for tag in tags):
            raise forms.ValidationError("Enter tags of 60 characters or fewer.")
        return [tag for tag in tags if tag]


class ReadersForm(Form):
    """The people who may read a document that only named people read."""

    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label="Named readers",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, document, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people_of(document.partnership_id)


class ReferenceForm(Form):
    """What somebody else calls the document."""

    value = forms.CharField(label="Their reference", max_length=120)
    whose = forms.CharField(label="Whose reference it is", max_length=200, required=False)


def people_of(partnership_id: int, also: int | None = None):
    """The people who hold a post or a role in a partnership today, and one more."""
    appointments = Person._meta.get_field("appointments").related_model.objects.current(today())
    members = Organisation.objects.filter(memberships__partnership_id=partnership_id).values("pk")
    held = (
        appointments.filter(partnership_id=partnership_id)
        | appointments.filter(membership__partnership_id=partnership_id)
        | appointments.filter(post__organisation_id__in=members)
    )
    people = Person.objects.filter(pk__in=held.values("person_id"))
    if also is not None:
        people = people | Person.objects.filter(pk=also)
    return people.order_by("name")
