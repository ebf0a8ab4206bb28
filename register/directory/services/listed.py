"""Many bodies at once from somebody's list: taken in with names and numbers, and taken back again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model

from register.core.dates import today
from register.core.verdicts import require
from register.directory import steps
from register.directory.models import (
    Identifier,
    Membership,
    Organisation,
    OrganisationName,
    Partnership,
)
from register.directory.permissions import kept_bodies, may_add_body
from register.directory.services.memberships import add_member, end_membership
from register.ledger.acts import act, bulk_create, bulk_update

_OWN = (OrganisationName, Identifier, Membership)


@dataclass
class Listed:
    """What a list says of one body: facts to set, further names (name, kind) and numbers (scheme,
    number, whether a former one). `organisation` is unsaved where the register does not have it.
    """

    organisation: Organisation
    facts: dict[str, Any] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)
    numbers: list[tuple[str, str, bool]] = field(default_factory=list)
    membership: str = ""


@dataclass
class TakenIn:
    """What was written: keys of bodies made, names, numbers and memberships; facts as they were before
    and are now, by body.
    """

    bodies: list[int] = field(default_factory=list)
    facts: list[list] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    memberships: list[int] = field(default_factory=list)


def take_in_bodies(
    *, by, partnership: Partnership, listed: Sequence[Listed], came_from: str
) -> TakenIn:
    """Add the bodies of a list, or complete those that are held, in one act: a few statements for 500.

    Raises PermissionDenied where somebody may not keep one of them.
    """
    done = TakenIn()
    with act(by=by, verb="organisations.listed", reason=f"From {came_from}.", quiet=True) as this:
        require(may_add_body(by))
        made = [each for each in listed if each.organisation.pk is None]
        held = [each for each in listed if each.organisation.pk is not None and each.facts]
        for each in made:
            each.organisation.came_from = came_from[:200]
            _set(each.organisation, each.facts)
        done.bodies = [body.pk for body in bulk_create([each.organisation for each in made])]
        done.facts = _complete(by, held)
        named = [
            OrganisationName(organisation=each.organisation, name=name[:300], kind=kind)
            for each in listed
            for name, kind in each.names
        ]
        done.names = [row.pk for row in bulk_create(named)]
        done.numbers = [row.pk for row in bulk_create(_numbers(listed))]
        done.memberships = _join(by, partnership, listed)
        this.detail["bodies"] = len(listed)
        steps.bodies_changed({each.organisation.pk for each in listed})
    return done


def take_bodies_back(*, by, done: TakenIn, reason: str) -> None:
    """Take back what a list brought in: names and numbers go, facts become what they were before, and
    bodies that nothing names end, unconfirmed; others stay.
    """
    with act(by=by, verb="organisations.taken_back", reason=reason, quiet=True):
        for membership in _standing(done.memberships):
            end_membership(by=by, membership=membership, reason=reason)
        for model, keys in ((OrganisationName, done.names), (Identifier, done.numbers)):
            for row in model.objects.filter(pk__in=keys).select_related("organisation"):
                row.delete()
        bodies = _locked(done.bodies)
        used = _used(bodies, done)
        unused = [body for body in bodies.values() if body.pk not in used]
        for body in unused:
            body.is_confirmed, body.ends_on = False, body.ends_on or today()
            body.row_version += 1
        bulk_update(unused, ["is_confirmed", "ends_on", "row_version"])
        _put_back(done.facts)
        steps.bodies_changed({*bodies, *(pk for pk, _before, _after in done.facts)})


def _set(body: Organisation, facts: dict[str, Any]) -> dict[str, Any]:
    before = {name: getattr(body, name) for name in facts}
    for name, value in facts.items():
        setattr(body, name, value)
    return before


def _complete(by, listed: list[Listed]) -> list[list]:
    rows = _locked(each.organisation.pk for each in listed)
    kept = set(kept_bodies(by).filter(pk__in=list(rows)).values_list("pk", flat=True))
    before = []
    for each in listed:
        body = rows[each.organisation.pk]
        if body.pk not in kept:
            raise PermissionDenied(f"Only officers of its own partnership may change {body}.")
        before.append([body.pk, _set(body, each.facts), each.facts])
        body.row_version += 1
    columns = {name for each in listed for name in each.facts}
    bulk_update(rows.values(), [*sorted(columns), "row_version"])
    return before


def _numbers(listed: Sequence[Listed]) -> list[Identifier]:
    return [
        Identifier(
            organisation=each.organisation,
            scheme=scheme[:60],
            value=value[:60],
            ends_on=today() if is_former else None,
        )
        for each in listed
        for scheme, value, is_former in each.numbers
    ]


def _join(by, partnership: Partnership, listed: Sequence[Listed]) -> list[int]:
    return [
        add_member(
            by=by, partnership=partnership, organisation=each.organisation, kind=each.membership
        ).pk
        for each in listed
        if each.membership
    ]


def _standing(keys: list[int]) -> Iterable[Membership]:
    rows = Membership.objects.filter(pk__in=keys, ends_on__isnull=True)
    return rows.select_related("organisation", "partnership").order_by("pk")


def _locked(keys: Iterable[int]) -> dict[int, Organisation]:
    rows = Organisation.objects.select_for_update(of=("self",)).filter(pk__in=list(keys))
    return {body.pk: body for body in rows.order_by("pk")}


def _used(bodies: Iterable[int], done: TakenIn) -> set[int]:
    """The bodies that something else names than what came in with them; one statement a kind of row."""
    keys = list(bodies)
    found: set[int] = set()
    if not keys:
        return found
    for relation in Organisation._meta.related_objects:
        model = relation.related_model
        if model in _OWN or model.__name__.startswith("Historical") or not relation.one_to_many:
            continue
        name = relation.field.name
        rows = model._base_manager.filter(**{f"{name}__in": keys}).order_by()
        found |= set(rows.values_list(name, flat=True))
    own: dict[type[Model], list[int]] = dict(
        zip(_OWN, (done.names, done.numbers, done.memberships), strict=True)
    )
    for kind, mine in own.items():
        rows = kind._base_manager.filter(organisation_id__in=keys).exclude(pk__in=mine)
        found |= set(rows.values_list("organisation_id", flat=True))
    return found


def _put_back(facts: list[list]) -> None:
    rows = _locked(pk for pk, _before, _after in facts)
    columns: set[str] = set()
    for pk, before, after in facts:
        body = rows[pk]
        # What somebody changed since stays.
        for name, value in before.items():
            if getattr(body, name) == after[name]:
                setattr(body, name, value)
                columns.add(name)
        body.row_version += 1
    if columns:
        bulk_update(rows.values(), [*sorted(columns), "row_version"])
