"""Two records of one body: one survives, the other points to it, and nothing is rewritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError

from register.core.conflicts import Conflict
from register.core.names import Candidate, KnownNames
from register.core.verdicts import require
from register.directory import steps
from register.directory.grants import people_with_roles_for, recompute_many
from register.directory.models import Organisation, OrganisationName
from register.directory.models.organisations import NameKind
from register.directory.permissions import may_keep_body
from register.directory.referring import Refers, refers_to
from register.directory.services.organisations import confirm_organisation
from register.directory.services.rows import save_checked, set_facts
from register.ledger.acts import act

Suggested = list[tuple[Organisation, Candidate]]


@dataclass(frozen=True)
class Settling:
    """What becomes of one unconfirmed body: a body of its own, or merged `into` the one meant."""

    organisation: Organisation
    row_version: int
    into: Organisation | None = None


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
        duplicate, into = lock_both(duplicate, into)
        require(may_keep_body(by, duplicate))
        require(may_keep_body(by, into))
        _check(duplicate, into)
        set_facts(duplicate, {"merged_into": into, "is_confirmed": True}, row_version)
        keep_name(duplicate, into, NameKind.VARIANT)
        for membership in duplicate.memberships.all():
            recompute_many(people_with_roles_for(membership))
        steps.bodies_changed([duplicate.pk, into.pk])
    return into


def settle(*, by, settlings: Iterable[Settling], reason: str = "") -> tuple[int, dict[int, str]]:
    """Confirm or merge many unconfirmed bodies in one act, each with an entry of its own history.

    What refuses, or was changed meanwhile, is left as it is: answered are how many were done, and by
    the key of each body left out the sentence that says why.
    """
    done, left = 0, {}
    with act(by=by, verb="organisations.settled", reason=reason, quiet=True) as this:
        for each in settlings:
            try:
                _settle(each, by=by, reason=reason)
            except (ValidationError, PermissionDenied, Conflict) as refusal:
                left[each.organisation.pk] = _said(refusal)
            else:
                done += 1
        this.detail["bodies"] = done
    return done, left


def what_refers_to(organisation: Organisation, by) -> list[Refers]:
    """What refers to a body, by kind of record, as far as somebody may know of it."""
    return refers_to([organisation], by)[organisation.pk]


def suggestions(organisation: Organisation, limit: int = 5) -> Suggested:
    """The confirmed bodies that an unconfirmed record may mean, likeliest first."""
    return suggestions_for([organisation], limit)[organisation.pk]


def suggestions_for(bodies: Iterable[Organisation], limit: int = 3) -> dict[int, Suggested]:
    """By the key of each record, the confirmed bodies that it may mean, likeliest first.

    Three statements, however many records are asked for.
    """
    asked = list(bodies)
    known = KnownNames(_confirmed_names())
    found = {body.pk: _others(known, body, limit) for body in asked}
    keys = {candidate.id for candidates in found.values() for candidate in candidates}
    rows = Organisation.objects.in_bulk(keys)
    return {
        pk: [(rows[candidate.id], candidate) for candidate in candidates]
        for pk, candidates in found.items()
    }


def lock_both(one: Organisation, other: Organisation) -> tuple[Organisation, Organisation]:
    """Two records as they stand now, locked in one order, so that nobody waits for nobody."""
    rows = Organisation.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk, other.pk])
    found = {row.pk: row for row in rows.order_by("pk")}
    return found[one.pk], found[other.pk]


def keep_name(gone: Organisation, into: Organisation, kind: str, **days) -> None:
    """Keep the name of a record that is gone on the one that stands for it, so that it is found."""
    known = {into.legal_name, *into.names.values_list("name", flat=True)}
    if gone.legal_name not in known:
        save_checked(OrganisationName(organisation=into, name=gone.legal_name, kind=kind, **days))


def _settle(each: Settling, *, by, reason: str) -> None:
    if each.into is None:
        confirm_organisation(
            by=by, organisation=each.organisation, row_version=each.row_version, reason=reason
        )
    else:
        merge_organisations(
            by=by, duplicate=each.organisation, into=each.into, row_version=each.row_version,
            reason=reason,
        )  # fmt: skip


def _said(refusal: Exception) -> str:
    if isinstance(refusal, Conflict):
        return refusal.sentence
    return " ".join(getattr(refusal, "messages", None) or [str(refusal)])


def _confirmed_names() -> dict[str, int]:
    known: dict[str, int] = {}
    bodies = Organisation.objects.surviving().filter(is_confirmed=True)
    for pk, legal, short in bodies.order_by("pk").values_list("pk", "legal_name", "short_name"):
        known.setdefault(legal, pk)
        if short:
            known.setdefault(short, pk)
    others = OrganisationName.objects.filter(
        organisation__merged_into__isnull=True, organisation__is_confirmed=True
    )
    for name, pk in others.order_by("pk").values_list("name", "organisation_id"):
        known.setdefault(name, pk)
    return known


def _others(known: KnownNames, body: Organisation, limit: int) -> list[Candidate]:
    found = known.candidates(body.legal_name, limit + 1)
    return [candidate for candidate in found if candidate.id != body.pk][:limit]


def _check(duplicate: Organisation, into: Organisation) -> None:
    if duplicate.pk == into.pk:
        raise ValidationError({"into": "Choose another record than this one."})
    if duplicate.merged_into_id:
        raise ValidationError(f"{duplicate} was merged into {duplicate.surviving} already.")
    if into.surviving.pk in {duplicate.pk} or into.merged_into_id:
        raise ValidationError(
            {"into": f"{into} was merged into {into.surviving}. Choose that one."}
        )
    if _would_circle(duplicate, into):
        raise ValidationError({"into": f"{into} is a unit of {duplicate}: it cannot stand for it."})


def _would_circle(duplicate: Organisation, into: Organisation) -> bool:
    above, seen = into.unit_of, set()
    while above is not None and above.pk not in seen:
        if above.pk == duplicate.pk:
            return True
        seen.add(above.pk)
        above = above.unit_of
    return False
