"""Which body of the directory a name in a spreadsheet means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max

from register.core.dates import today
from register.core.names import Candidate, KnownNames, normal_form
from register.directory.models import Identifier, Organisation, OrganisationName
from register.exchange.bodies import Named


@dataclass
class Directory:
    """The bodies of the directory by every name and number; read in three statements."""

    bodies: dict[int, Organisation] = field(default_factory=dict)
    names: KnownNames = field(default_factory=lambda: KnownNames({}))
    codes: dict[tuple[str, str], int] = field(default_factory=dict)
    added: dict[str, Organisation] = field(default_factory=dict)
    day: date = field(default_factory=today)

    def known(self, name: str) -> bool:
        """Whether a text is the name of a body."""
        return bool(self.names.match(name))

    def find(self, named: Named) -> Organisation | None:
        """The body that is meant: by its number, else by its name; None where that is not sure."""
        if named.scheme:
            pk = self.codes.get((named.scheme.casefold(), named.code.casefold()))
            if pk is not None:
                return self.bodies[pk].surviving
        for name in named.names:
            if body := self._named(name):
                return body
        return None

    def add(self, bodies: Iterable[Organisation]) -> None:
        """Take in bodies that an import has just made."""
        for body in bodies:
            self.bodies[body.pk] = body
            self.added[normal_form(body.legal_name) or body.legal_name] = body

    def has_ended(self, body: Organisation) -> bool:
        """Whether a body no longer exists today."""
        return body.ends_on is not None and body.ends_on < self.day

    def candidates(self, name: str) -> list[Candidate]:
        """The bodies that an unmatched name may mean, likeliest first, at most three."""
        return self.names.candidates(name, limit=3)

    def predecessor(self, named: Named) -> Organisation | None:
        """The body that is named, where another has taken its place since; None for any other."""
        for name in named.names:
            form = normal_form(name)
            found = [self.bodies[pk] for pk in self.names.match(name)]  # type: ignore[index]
            gone = [body for body in found if body.succeeded_on and body.merged_into_id]
            stands = any(
                form in (normal_form(body.legal_name), normal_form(body.short_name))
                for body in found
                if not body.merged_into_id
            )
            if gone and not stands:
                return gone[0]
        return None

    def _named(self, name: str) -> Organisation | None:
        if made := self.added.get(normal_form(name) or name):
            return made
        found = {self.bodies[pk].surviving for pk in self.names.match(name)}  # type: ignore[index]
        if len(found) > 1:
            found = {body for body in found if not self.has_ended(body)} or found
        if len(found) > 1:
            # Made by an import before, because the name was as unsure then as it is now.
            found = {body for body in found if not body.is_confirmed} or found
        return found.pop() if len(found) == 1 else None


def catch_up(directory: Directory) -> None:
    """Read the directory again where somebody has added bodies since it was read."""
    newest = Organisation.objects.aggregate(pk=Max("pk"))["pk"] or 0
    if newest > max(directory.bodies, default=0):
        fresh = read_directory()
        directory.bodies, directory.names, directory.codes = fresh.bodies, fresh.names, fresh.codes
        directory.added = {}


def read_directory() -> Directory:
    """Read all bodies with their official, short, former and variant names and their numbers."""
    bodies = {body.pk: body for body in Organisation.objects.order_by("pk")}
    for body in bodies.values():
        if body.merged_into_id:
            body.merged_into = bodies[body.merged_into_id]
    # Those that nobody confirmed and that have ended came in with an import that was undone.
    named = {pk: body for pk, body in bodies.items() if body.is_confirmed or not body.ends_on}
    pairs = [(body.legal_name, pk) for pk, body in named.items()]
    pairs += [(body.short_name, pk) for pk, body in named.items() if body.short_name]
    pairs += OrganisationName.objects.values_list("name", "organisation_id")
    codes = {
        (scheme.casefold(), value.casefold()): pk
        for scheme, value, pk in Identifier.objects.values_list(
            "scheme", "value", "organisation_id"
        )
    }
    return Directory(bodies, KnownNames(_Pairs(pairs)), codes)  # type: ignore[arg-type]


class _Pairs:
    """Names with their bodies, where one name may stand for several."""

    def __init__(self, pairs: list[tuple[str, int]]) -> None:
        self._pairs = pairs

    def items(self) -> list[tuple[str, int]]:
        return self._pairs
