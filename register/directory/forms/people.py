"""People, how to reach them, the posts they hold and the roles they are given."""

from __future__ import annotations

from django import forms

from register.accounts.roles import BODY_ROLES, PARTNERSHIP_ROLES, ROLES
from register.core.dates import today
from register.directory.models import Membership, Person
from register.directory.models.people import Capacity
from register.directory.permissions import visible_people
from register.directory.searching import people_like
from register.lists.labels import choices
from register.ui.forms import EditForm, Form, TypedDate

FOUND_LIMIT = 100
ROLE_CHOICES = [
    (code, f"{ROLES[code].name}: {ROLES[code].means}") for code in (*BODY_ROLES, *PARTNERSHIP_ROLES)
]


class PersonForm(Form):
    """A new person."""

    name = forms.CharField(label="Name", max_length=200)
    email = forms.EmailField(label="E-mail address", required=False)
    phone = forms.CharField(label="Telephone", max_length=40, required=False)


class RenameForm(EditForm):
    """A person's name."""

    name = forms.CharField(label="Name", max_length=200)
    reason = forms.CharField(label="Why", max_length=1_000, required=False)


class ContactForm(EditForm):
    """How to reach a person; row version 0 where nothing is recorded yet."""

    email = forms.EmailField(
        label="E-mail address",
        required=False,
        help_text="For colleagues. The address by which a person signs in is another thing.",
    )
    phone = forms.CharField(label="Telephone", max_length=40, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["row_version"]
        field.validators = [check for check in field.validators if check.code != "min_value"]


class PostForm(Form):
    """A new post of a body."""

    kind = forms.ChoiceField(label="Kind of post")
    title = forms.CharField(
        label="Title of the post",
        max_length=200,
        required=False,
        help_text="Where the body calls it something else",
    )
    mailbox = forms.EmailField(label="Mailbox of the post", required=False)
    phone = forms.CharField(label="Telephone", max_length=40, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        held = (kwargs.get("initial") or {}).get("kind", "")
        self.fields["kind"].choices = choices("post_kind", also=held, empty="Choose a kind")


class PostEditForm(PostForm, EditForm):
    """A post that is there already."""

    title = forms.CharField(label="Title of the post", max_length=200)
    reason = forms.CharField(label="Why", max_length=1_000, required=False)


class FillPostForm(Form):
    """Who takes a post: somebody in the directory, or somebody new to it."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label="Person", required=False, empty_label="Somebody new"
    )
    name = forms.CharField(label="Name of the new person", max_length=200, required=False)
    email = forms.EmailField(label="E-mail address of the new person", required=False)
    capacity = forms.ChoiceField(
        label="Capacity", choices=Capacity.choices, widget=forms.RadioSelect, initial="holder"
    )
    starts_on = TypedDate(label="From")
    ends_on = TypedDate(label="Until", required=False, help_text="Where it is known")

    def __init__(self, *args, user, post, search: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field, known = self.fields["person"], visible_people(user)
        field.queryset = known
        near = known.filter(appointments__post__organisation=post.organisation_id)
        offered = people_like(known, search) if search else near
        self.found = list(offered.distinct().order_by("name", "pk")[:FOUND_LIMIT])
        chosen = str(self.data.get("person", ""))[:18] if self.is_bound else ""
        if chosen.isdecimal() and int(chosen) not in {person.pk for person in self.found}:
            self.found += known.filter(pk=int(chosen))
        pairs = [(person.pk, person.name) for person in self.found]
        field.widget.choices = [("", field.empty_label), *pairs]
        if search and len(pairs) == 1:
            field.initial = pairs[0][0]

    def clean(self) -> dict:
        """Either somebody known or somebody new."""
        said = super().clean() or {}
        if not self.errors and not said.get("person") and not said.get("name"):
            self.add_error("name", "Choose a person, or enter the name of a new one.")
        if said.get("person") and said.get("name"):
            self.add_error("name", "Choose a person, or enter a new name: not both.")
        return said


class RoleForm(Form):
    """A role in the register, for a body or for the whole partnership."""

    role = forms.ChoiceField(label="Role", choices=ROLE_CHOICES, widget=forms.RadioSelect)
    membership = forms.ModelChoiceField(
        Membership.objects.none(),
        label="For which body",
        required=False,
        empty_label="The whole partnership",
        help_text="Needed for the first four roles",
    )
    starts_on = TypedDate(label="From")

    def __init__(self, *args, partnership, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership
        field = self.fields["membership"]
        field.queryset = (
            partnership.memberships.current(today())
            .select_related("organisation")
            .order_by("organisation__legal_name")
        )
        field.label_from_instance = lambda member: member.organisation.legal_name

    def clean(self) -> dict:
        """A role for a body names the body; a role for the partnership names none."""
        said = super().clean() or {}
        role, membership = said.get("role"), said.get("membership")
        if role in BODY_ROLES and membership is None and "membership" not in self.errors:
            self.add_error("membership", f"Choose the body for which to be {_name(role)}.")
        if role in PARTNERSHIP_ROLES and membership is not None:
            self.add_error("membership", f"{ROLES[role].name} is a role for the whole partnership.")
        said["partnership"] = self.partnership if role in PARTNERSHIP_ROLES else None
        return said


class InviteForm(RoleForm):
    """Somebody who is given a login and a role."""

    field_order = ["name", "email"]
    name = forms.CharField(label="Name", max_length=200)
    email = forms.EmailField(label="E-mail address", help_text="They sign in by a code sent there")


class InvitePersonForm(RoleForm):
    """Somebody in the directory who is given a login and a role."""

    field_order = ["email"]
    email = forms.EmailField(label="E-mail address", help_text="They sign in by a code sent there")


class CloseLoginForm(Form):
    """Why a login is closed."""

    reason = forms.CharField(label="Why", max_length=1_000)


def _name(role: str) -> str:
    return ROLES[role].name.lower()
