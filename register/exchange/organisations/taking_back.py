"""Taking back what a list of bodies brought in.

What was written is given as `register.exchange.organisations.applying.apply_bodies` gives it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model

from register.directory.models import Identifier, Membership, Organisation, OrganisationName
from register.directory.services.listed import TakenIn, take_bodies_back
from register.documents.models import Note
from register.exchange.kinds import Effects
from register.exchange.models import ImportedBody
from register.exchange.naming import named_since

_DAYS = ("starts_on", "ends_on")
_WRITTEN = ("bodies", "facts", "names", "numbers", "memberships")


def take_back(*, by, effects: Effects, reason: str) -> Effects:
    """Take a part back inside the act that is open; bodies that something names since stay."""
    done = TakenIn(**{name: effects.get(name, []) for name in _WRITTEN})
    done.facts = [[pk, _read(before), _read(after)] for pk, before, after in done.facts]
    take_bodies_back(by=by, done=done, reason=reason)
    _remember_again(effects.get("remembered", []))
    return {}


def documents_of(effects: Effects) -> set[int]:
    """The entries that were made or changed: a list of bodies changes none."""
    return set()


def hindrances(effects: Effects) -> dict[int, str]:
    """The bodies of the list that something names since, or that act in the register, with what does."""
    own: dict[type[Model], list[int]] = {
        OrganisationName: effects.get("names", []),
        Identifier: effects.get("numbers", []),
        Membership: effects.get("memberships", []),
        Note: effects.get("notes", []),
    }
    named = named_since(Organisation, effects.get("bodies", []), own=own)
    found = {pk: f"Is named since: {kind._meta.verbose_name}." for pk, kind in named.items()}
    members = own[Membership]
    roles = named_since(Membership, members, own={})
    rows = Membership.objects.in_bulk(list(roles))
    for pk, kind in roles.items():
        words = f"Acts in the register since: {kind._meta.verbose_name}."
        found.setdefault(rows[pk].organisation_id, words)
    return found


def _read(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in _DAYS and value else value
        for name, value in facts.items()
    }


def _remember_again(remembered: list[list]) -> None:
    rows = ImportedBody.objects.in_bulk([pk for pk, _body, _said in remembered])
    for pk, body, said in remembered:
        if (row := rows.get(pk)) is None:
            continue
        if body is None:
            row.delete()
        else:
            row.organisation_id, row.said_text = body, said
            row.save()
