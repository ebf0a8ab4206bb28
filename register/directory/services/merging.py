"""Two records of one body: one survives, the other points to it, and nothing is rewritten."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from register.core.names import Candidate, KnownNames
from register.core.verdicts import require
from register.directory import steps
from register.directory.grants import people_with_roles_for, recompute_many
from register.directory.models import Organisation, OrganisationName
from register.directory.models.organisations import NameKind
from register.directory.permissions import may_keep_body
from register.directory.services.rows import lock, save_checked, set_facts
from register.ledger.acts import act


@dataclass(frozen=True)
class Refers:
    """How many rows of one kind refer to a body, in words: “3 parties”."""

    what: str
    count: int

    def __str__(self) -> str:
        return f"{self.count} {self.what}"


def merge_organisations(
    *, by, duplicate: Organisation, into: Organisation, row_version: int, reason: str = ""
) -> Organisation:
    """Join a duplicate record to the one that survives. What refers to the duplicate stays as it
    is and is counted for the survivor; signed text keeps its name; its name finds the survivor.

    Raises Conflict when the duplicate has changed since the preview.
    """
    with act(
        by=by, verb="organisation.merged", subject=duplicate, reason=reason,
        detail={"into": into.pk, "name": str(into)},
    ):  # fmt: skip
        duplicate, into = lock(duplicate), lock(into)
        require(may_keep_body(by, duplicate))
        require(may_keep_body(by, into))
        _check(duplicate, into)
        set_facts(duplicate, {"merged_into": into, "is_confirmed": True}, row_version)
        _keep_name(duplicate, into)
        for membership in duplicate.memberships.all():
            recompute_many(people_with_roles_for(membership))
        steps.bodies_changed([duplicate.pk, into.pk])
    return into


def what_refers_to(organisation: Organisation) -> list[Refers]:
    """What refers to a body, by kind of record, for the preview of a merger."""
    found = []
    for relation in Organisation._meta.related_objects:
        model = relation.related_model
        if not relation.one_to_many or model.__name__.startswith("Historical"):
            continue
        count = model._base_manager.filter(**{relation.field.name: organisation}).count()
        if count:
            words = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
            found.append(Refers(str(words), count))
    return sorted(found, key=lambda row: row.what)


def suggestions(organisation: Organisation, limit: int = 5) -> list[tuple[Organisation, Candidate]]:
    """The confirmed bodies that an unconfirmed record may mean, likeliest first."""
    known: dict[str, int] = {}
    bodies = Organisation.objects.surviving().filter(is_confirmed=True).exclude(pk=organisation.pk)
    for pk, legal, short in bodies.values_list("pk", "legal_name", "short_name"):
        known.setdefault(legal, pk)
        if short:
            known.setdefault(short, pk)
    others = OrganisationName.objects.filter(organisation__in=bodies)
    for name, pk in others.values_list("name", "organisation_id"):
        known.setdefault(name, pk)
    found = KnownNames(known).candidates(organisation.legal_name, limit)
    rows = Organisation.objects.in_bulk([candidate.id for candidate in found])
    return [(rows[candidate.id], candidate) for candidate in found]


def _check(duplicate: Organisation, into: Organisation) -> None:
    if duplicate.pk == into.pk:
        raise ValidationError({"into": "Choose another record than this one."})
    if duplicate.merged_into_id:
        raise ValidationError(f"{duplicate} was merged into {duplicate.surviving} already.")
    if into.surviving.pk in {duplicate.pk} or into.merged_into_id:
        raise ValidationError(
            {"into": f"{into} was merged into {into.surviving}. Choose that one."}
        )


def _keep_name(duplicate: Organisation, into: Organisation) -> None:
    known = {into.legal_name, *into.names.values_list("name", flat=True)}
    if duplicate.legal_name not in known:
        save_checked(
            OrganisationName(organisation=into, name=duplicate.legal_name, kind=NameKind.VARIANT)
        )
