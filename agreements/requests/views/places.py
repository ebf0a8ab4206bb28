"""What the pages of requests share: where a new record belongs, and the reader's own name and post."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from agreements.requests.permissions import bodies_recorded_for
from register.accounts.roles import EDIT_FOR
from register.core.dates import today
from register.directory.models import Appointment, Organisation, Partnership
from register.directory.permissions import visible_partnerships
from register.directory.reach import reach_of
from register.ui.forms import EditForm


class AgainForm(EditForm):
    """Nothing but the row version: the page asks for a yes."""


@dataclass(frozen=True)
class Place:
    """Where a new record belongs: the partnership, the reader's bodies there, and other choices."""

    partnership: Partnership
    bodies: list[Organisation]
    others: list[Partnership]

    @property
    def own_body(self) -> str:
        """The name of the reader's body where there is one only."""
        return self.bodies[0].legal_name if len(self.bodies) == 1 else ""


def place_of(request: HttpRequest) -> Place:
    """The partnership that the address names, else the reader's first; for officers of bodies only."""
    reach = reach_of(request.user)
    held = {reach.membership_partnerships[pk] for pk in reach.by_membership.get(EDIT_FOR, set())}
    found = list(visible_partnerships(request.user).filter(pk__in=held).order_by("name", "pk"))
    if not found:
        raise PermissionDenied("Only officers of a body record requests and shares for it.")
    asked = request.GET.get("partnership", "")
    chosen = next((each for each in found if each.slug == asked), found[0])
    bodies = Organisation.objects.filter(pk__in=bodies_recorded_for(request.user, chosen))
    return Place(
        chosen, list(bodies.order_by("legal_name")), [each for each in found if each != chosen]
    )


def name_and_post(user) -> tuple[str, str]:
    """The reader's name, and the title of a post that the reader holds today."""
    person = getattr(user, "person", None)
    if person is None:
        return "", ""
    held = Appointment.objects.to_posts().current(today()).filter(person=person)
    first = held.select_related("post").order_by("pk").first()
    return person.name, first.post.title if first else ""


def bodies_in(rows: QuerySet, role: str) -> list[tuple[int, str]]:
    """The bodies that stand in a role of some rows, by name, for a filter."""
    bodies = Organisation.objects.filter(pk__in=rows.order_by().values(f"{role}_id"))
    return list(bodies.order_by("legal_name", "pk").values_list("pk", "legal_name"))
