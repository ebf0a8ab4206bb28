"""Finding bodies and people by what somebody typed."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from register.core.dates import today
from register.core.names import normal_form
from register.directory.models import (
    Identifier,
    Membership,
    Organisation,
    OrganisationName,
    Person,
)

STANDINGS = [
    ("", "All that exist today"),
    ("unconfirmed", "Unconfirmed"),
    ("ended", "Ended"),
    ("every", "Every record, ended ones too"),
]


def bodies_like(rows: QuerySet[Organisation], typed: str) -> QuerySet[Organisation]:
    """The bodies whose legal, short or other name, or identifier, holds what was typed."""
    words = cleaned(typed)
    if not words:
        return rows
    normal = normal_form(words)
    named = Q(legal_name__icontains=words) | Q(short_name__icontains=words)
    others = Q(name__icontains=words)
    if normal:
        named |= Q(normal_name__contains=normal)
        others |= Q(normal_name__contains=normal)
    other_names = OrganisationName.objects.filter(others, organisation_id=OuterRef("pk"))
    numbers = Identifier.objects.filter(
        value__istartswith=words.rsplit(" ", 1)[-1], organisation_id=OuterRef("pk")
    )
    return rows.filter(named | Exists(other_names) | Exists(numbers))


def bodies_standing(rows: QuerySet[Organisation], standing: str) -> QuerySet[Organisation]:
    """The bodies of one standing: existing today, unconfirmed, ended, or every record."""
    if standing == "unconfirmed":
        return rows.filter(merged_into__isnull=True, is_confirmed=False)
    if standing == "ended":
        stood = Q(merged_into__isnull=True) | Q(succeeded_on__isnull=False)
        return rows.filter(stood, ends_on__lt=today())
    if standing == "every":
        return rows
    day = today()
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), merged_into__isnull=True)


def bodies_in(rows: QuerySet[Organisation], partnership_id: int) -> QuerySet[Organisation]:
    """The bodies that are members of a partnership today."""
    members = Membership.objects.current(today()).filter(partnership_id=partnership_id)
    return rows.filter(pk__in=members.values("organisation_id"))


def body_named(rows: QuerySet[Organisation], typed: str) -> list[Organisation]:
    """The bodies that a name or number means exactly: none, one, or several to choose from."""
    words = cleaned(typed)
    normal = normal_form(words) if words else ""
    if not words:
        return []
    scheme, _, value = words.rpartition(" ")
    numbers = Identifier.objects.filter(value__iexact=value)
    if scheme:
        numbers = numbers.filter(scheme__iexact=scheme)
    found = Q(legal_name__iexact=words) | Q(short_name__iexact=words)
    found |= Q(pk__in=numbers.values("organisation_id"))
    if normal:
        others = OrganisationName.objects.filter(normal_name=normal)
        found |= Q(normal_name=normal) | Q(pk__in=others.values("organisation_id"))
    exact = list(rows.filter(found, merged_into__isnull=True).order_by("legal_name", "pk")[:10])
    same = [body for body in exact if body.legal_name.casefold() == words.casefold()]
    return same if len(same) == 1 else exact


def people_like(rows: QuerySet[Person], typed: str) -> QuerySet[Person]:
    """The people whose name holds every word typed."""
    for word in cleaned(typed).split()[:6]:
        rows = rows.filter(name__icontains=word)
    return rows


def cleaned(typed: str) -> str:
    """What was typed, as one line of at most 200 characters."""
    return " ".join(typed.replace("\0", " ").split())[:200]
