"""Who may see and keep what in the directory; every no carries its reason.

Names of bodies, communities, posts and people are open to everybody in the partnership; contact
details to colleagues; the office keeps bodies, a body's own officer its contacts and posts, and
administrators alone give roles.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from register.accounts.roles import ADMINISTER, AUDIT, EDIT_ALL
from register.core.dates import today
from register.core.verdicts import YES, Verdict, no
from register.directory.models import (
    Appointment,
    Community,
    Membership,
    Organisation,
    Partnership,
    Person,
)
from register.directory.reach import Reach, reach_of


def partnerships_of(by) -> set[int]:
    """The partnerships that a login belongs to, by a role or through a body."""
    reach = reach_of(by)
    return reach.whole | reach.partnerships


def visible_partnerships(by) -> QuerySet[Partnership]:
    """The partnerships that a login may know of: its own."""
    if reach_of(by).sees_everything:
        return Partnership.objects.all()
    return Partnership.objects.filter(pk__in=partnerships_of(by))


def visible_communities(by) -> QuerySet[Community]:
    """The information communities of a login's partnerships."""
    if reach_of(by).sees_everything:
        return Community.objects.all()
    return Community.objects.filter(partnership_id__in=partnerships_of(by))


def visible_bodies(by) -> QuerySet[Organisation]:
    """The bodies that a login may know of: every body for an office, for others those in their
    partnerships and those in no partnership at all.
    """
    reach = reach_of(by)
    if reach.sees_everything or reach.whole:
        return Organisation.objects.all()
    if not reach.partnerships:
        return Organisation.objects.none()
    memberships = Membership.objects.filter(organisation_id=OuterRef("pk"))
    ours = memberships.filter(partnership_id__in=reach.partnerships)
    return Organisation.objects.filter(Exists(ours) | ~Exists(memberships))


def visible_people(by) -> QuerySet[Person]:
    """The people that a login may know of: those appointed in its partnerships, and itself."""
    reach = reach_of(by)
    if reach.sees_everything or reach.whole:
        return Person.objects.all()
    appointed = _appointed_in(partnerships_of(by)).filter(person_id=OuterRef("pk"))
    return Person.objects.filter(Q(pk=reach.person_id) | Exists(appointed))


def may_read_contact(by, person: Person) -> Verdict:
    """Whether somebody may read how to reach a person: colleagues of the same partnership."""
    reach = reach_of(by)
    if reach.sees_everything or person.pk == reach.person_id or reach.may_administer():
        return YES
    now_appointed = _appointed_in(partnerships_of(by)).current(today())
    if now_appointed.filter(person=person).exists():
        return YES
    return no("Contact details are for colleagues of the same partnership.")


def may_administer(by, partnership: Partnership | None = None) -> Verdict:
    """Whether somebody may invite, give roles, and keep the settings of a partnership (of any,
    where none is named).
    """
    if reach_of(by).may_administer(partnership.pk if partnership else None):
        return YES
    where = f" of {partnership}" if partnership else ""
    return no(f"Only administrators{where} may do this.")


def may_keep_members(by, partnership: Partnership) -> Verdict:
    """Whether somebody may keep the members and communities of a partnership: its office."""
    reach = reach_of(by)
    if reach.may_edit_all(partnership.pk) or reach.may_administer(partnership.pk):
        return YES
    return no(f"Only officers of the {partnership} office may do this.")


def may_add_body(by) -> Verdict:
    """Whether somebody may add bodies: an office of any partnership."""
    reach = reach_of(by)
    if reach.is_register_officer() or reach.may_administer():
        return YES
    return no("Only officers of the partnership office may add bodies.")


def may_keep_body(by, organisation: Organisation) -> Verdict:
    """Whether somebody may keep a body itself: name, kind, status, confirming and merging.

    The office of a partnership that the body belongs to; any office where it belongs to none.
    """
    reach = reach_of(by)
    if reach.sees_everything:
        return YES
    if offices := _offices(reach):
        belongs = set(organisation.memberships.values_list("partnership_id", flat=True))
        if not belongs or belongs & offices:
            return YES
    return no("Only officers of the partnership office may change this body.")


def kept_bodies(by) -> QuerySet[Organisation]:
    """The bodies that somebody may keep: the same as `may_keep_body`, asked of all at once."""
    reach = reach_of(by)
    if reach.sees_everything:
        return Organisation.objects.all()
    offices = _offices(reach)
    if not offices:
        return Organisation.objects.none()
    memberships = Membership.objects.filter(organisation_id=OuterRef("pk"))
    ours = memberships.filter(partnership_id__in=offices)
    return Organisation.objects.filter(Exists(ours) | ~Exists(memberships))


def may_maintain(by, organisation: Organisation) -> Verdict:
    """Whether somebody may keep a body's contacts, posts, identifiers and appointments to posts."""
    if reach_of(by).maintains(organisation.pk) or may_keep_body(by, organisation):
        return YES
    return no(f"Only officers of {organisation} or of the partnership office may change this.")


def may_add_person(by) -> Verdict:
    """Whether somebody may add people: an office, or a body's own officer."""
    if reach_of(by).by_membership.get("maintain") or may_add_body(by):
        return YES
    return no("Only a body's own officer or the partnership office may add people.")


def may_keep_person(by, person: Person) -> Verdict:
    """Whether somebody may change a person's name.

    The office of a partnership where the person is appointed, or their body's own officer where
    every appointment the person holds now is to that officer's bodies.
    """
    reach = reach_of(by)
    if reach.sees_everything or _keeps_from_office(reach, person):
        return YES
    maintained = reach.bodies("maintain")
    held = Appointment.objects.filter(person=person).current(today())
    bodies = {row.body_id for row in held.select_related("post", "membership")}
    if maintained and bodies and bodies <= maintained:
        return YES
    return no(f"Only officers of {person.name}'s body or of the partnership office may do this.")


def may_change_contact(by, person: Person) -> Verdict:
    """Whether somebody may change how to reach a person: those who keep the person, and themself."""
    if person.pk == reach_of(by).person_id:
        return YES
    return may_keep_person(by, person)


def may_close_login(by, person: Person) -> Verdict:
    """Whether somebody may close or open a person's login: an administrator of theirs, not themself."""
    reach = reach_of(by)
    if reach.sees_everything:
        return YES
    if person.pk == reach.person_id:
        return no("You cannot close your own login.")
    administered = reach.by_partnership.get(ADMINISTER, set())
    if administered and (_partnerships_of(person) & administered or not _partnerships_of(person)):
        return YES
    return no("Only administrators may close a login.")


def may_read_person_history(by, person: Person) -> Verdict:
    """Whether somebody may read what a person did: administrators, auditors and the person."""
    reach = reach_of(by)
    if reach.sees_everything or reach.person_id == person.pk:
        return YES
    if audited := reach.by_partnership.get(AUDIT, set()):
        belongs = _partnerships_of(person)
        if not belongs or belongs & audited:
            return YES
    return no("A person's history is for administrators, auditors and the person.")


def _offices(reach: Reach) -> set[int]:
    held = reach.by_partnership
    return held.get(EDIT_ALL, set()) | held.get(ADMINISTER, set())


def _keeps_from_office(reach: Reach, person: Person) -> bool:
    offices = _offices(reach)
    if not offices:
        return False
    belongs = _partnerships_of(person)
    return not belongs or bool(belongs & offices)


def _partnerships_of(person: Person) -> set[int]:
    rows = Appointment.objects.filter(person=person).values_list(
        "partnership_id",
        "membership__partnership_id",
        "post__organisation__memberships__partnership_id",
    )
    return {pk for row in rows for pk in row if pk}


def _appointed_in(partnerships: set[int]):
    return Appointment.objects.filter(
        Q(partnership_id__in=partnerships)
        | Q(membership__partnership_id__in=partnerships)
        | Q(post__organisation__memberships__partnership_id__in=partnerships)
    )
