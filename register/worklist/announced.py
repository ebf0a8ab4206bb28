"""Which announcements somebody may read, which still wait for their word, and who has not given it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from register.core.dates import today
from register.directory.models import (
    MembershipUserObjectPermission,
    PartnershipUserObjectPermission,
    Person,
)
from register.directory.permissions import partnerships_of
from register.directory.reach import reach_of
from register.worklist.models import Acknowledgement, Announcement


def visible_announcements(user) -> QuerySet[Announcement]:
    """What was announced in the partnerships of a login."""
    if reach_of(user).sees_everything:
        return Announcement.objects.all()
    return Announcement.objects.filter(partnership_id__in=partnerships_of(user))


def to_acknowledge(user) -> list[Announcement]:
    """What is announced today and the login has not acknowledged, newest first; one statement."""
    person_id = reach_of(user).person_id
    if person_id is None:
        return []
    said = Acknowledgement.objects.filter(announcement_id=OuterRef("pk"), person_id=person_id)
    rows = visible_announcements(user).filter(~Exists(said))
    standing = rows.filter(ended_at__isnull=True).exclude(last_on__lt=today())
    return list(standing.select_related("partnership").order_by("-pk")[:5])


def not_acknowledged_by(announcement: Announcement) -> list[Person]:
    """Who signs in in the partnership and has not acknowledged an announcement, by name."""
    place = announcement.partnership_id
    in_office = PartnershipUserObjectPermission.objects.filter(content_object_id=place)
    in_bodies = MembershipUserObjectPermission.objects.filter(content_object__partnership_id=place)
    said = announcement.acknowledgements.order_by().values("person")
    people = Person.objects.filter(
        Q(user__in=in_office.values("user")) | Q(user__in=in_bodies.values("user")),
        user__is_active=True,
    ).exclude(pk__in=said)
    return list(people.order_by("name", "pk"))
