"""The bodies of the directory by number and name, and which of them a row of a list means."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from register.core.dates import words
from register.core.names import normal_form
from register.directory.models import (
    Identifier,
    Membership,
    Organisation,
    OrganisationName,
    Partnership,
)
from register.exchange.organisations.rows import BodyRow, Code
from register.exchange.organisations.vocabulary import MOVING


class Unsure(Exception):
    """A row may mean several bodies, or none of those that it says; the message asks which."""


@dataclass
class Known:
    """The bodies by key; those that a plan is about to make have keys below 0."""

    bodies: dict[int, Organisation] = field(default_factory=dict)
    by_code: dict[tuple[str, str], int] = field(default_factory=dict)
    # Numbers as they are written, each in the list that it came from.
    exact: set[tuple[str, str]] = field(default_factory=set)
    codes: dict[int, dict[str, set[str]]] = field(default_factory=dict)
    legal: dict[str, set[int]] = field(default_factory=dict)
    names: dict[str, set[int]] = field(default_factory=dict)
    members: set[int] = field(default_factory=set)
    # Those that somebody said are bodies of their own, by the key of their rows.
    others: dict[str, int] = field(default_factory=dict)
    # Bodies of other partnerships only, which their own offices keep.
    foreign: set[int] = field(default_factory=set)

    def body_meant(self, row: BodyRow) -> int | None:
        """The key of the body that a row means; None for a new one. Raises Unsure."""
        if row.meant is not None:
            if row.meant not in self.bodies or row.meant < 0:
                raise Unsure(f"There is no body #{row.meant}. Look its number up on its page.")
            return self.current(row.meant)
        if found := self._by_codes(row):
            return found
        return None if row.is_another else self._by_name(row)

    def add(self, key: int, body: Organisation) -> None:
        """Take in a body, whether it stands in the register or is about to."""
        self.bodies[key] = body
        if body.merged_into_id and not self.is_succeeded(key):
            return
        self.legal.setdefault(normal_form(body.legal_name), set()).add(key)
        self.add_name(key, body.legal_name)
        if body.short_name:
            self.add_name(key, body.short_name)
        if body.ico_number:
            self.add_code(key, Code("ico", body.ico_number))

    def add_name(self, key: int, name: str) -> None:
        """Take in a name of a body."""
        if form := normal_form(name):
            self.names.setdefault(form, set()).add(key)

    def add_code(self, key: int, code: Code) -> None:
        """Take in a number of a body."""
        self.by_code.setdefault(code.key, key)
        self.exact.add((code.scheme.casefold(), code.value.casefold()))
        scheme, value = code.key
        self.codes.setdefault(key, {}).setdefault(scheme, set()).add(value)

    def whose_name(self, name: str) -> set[int]:
        """The keys of the bodies that have a name."""
        return {self.current(key) for key in self.names.get(normal_form(name), ())}

    def current(self, key: int) -> int:
        """The key of the record of a body, through mergers of records; one whose place another body
        took keeps its own.
        """
        body = self.bodies[key]
        while body.merged_into and not body.succeeded_on:
            body = body.merged_into
        return body.pk if key > 0 else key

    def is_succeeded(self, key: int) -> bool:
        """Whether another body has taken the place of one: a list that names it speaks of the past."""
        body = self.bodies[key]
        return bool(body.merged_into_id and body.succeeded_on)

    def label(self, key: int) -> str:
        """A body as a sentence names it, so that it can be told from others of its name."""
        body = self.bodies[key]
        ended = f", ended on {words(body.ends_on)}" if body.ends_on else ""
        number = f" (#{key})" if key > 0 else " (in this file)"
        return f"“{body.legal_name}”{number}{ended}"

    def _by_codes(self, row: BodyRow) -> int | None:
        hits = {code: self.by_code.get(code.key) for code in row.codes if not code.is_former}
        found = {self.current(key) for key in hits.values() if key is not None}
        ico = row.values.get("ico_number")
        if not found and ico and ("ico", str(ico).casefold()) in self.by_code:
            found = {self.current(self.by_code["ico", str(ico).casefold()])}
        if len(found) > 1:
            names = " and ".join(self.label(key) for key in sorted(found))
            raise Unsure(f"Its numbers are those of {names}. Correct them, or merge the two.")
        return next(iter(found), None)

    def _by_name(self, row: BodyRow) -> int | None:
        form = normal_form(row.title)
        for index in (self.legal, self.names):
            held = {self.current(key) for key in index.get(form, ())} if form else set()
            fitting = {key for key in held if self._may_be(key, row)}
            if len(fitting) > 1:
                asked = "; ".join(self.label(key) for key in sorted(fitting))
                raise Unsure(
                    f"{len(fitting)} bodies have this name: {asked}. Write the number of the one that"
                    f" is meant after the name, as in “{row.title} (#{max(fitting)})”, or “(new)” for"
                    " a body of its own."
                )
            if fitting:
                return fitting.pop()
        return None

    def _may_be(self, key: int, row: BodyRow) -> bool:
        """Whether no number and no day of a row says that it is another body of the same name."""
        held = self.codes.get(key, {})
        for code in row.codes:
            scheme, value = code.key
            if scheme not in MOVING and scheme in held and value not in held[scheme]:
                return False
        body = self.bodies[key]
        opened, closed = row.values.get("starts_on"), row.values.get("ends_on")
        apart = body.ends_on and opened and body.ends_on < opened
        return not (apart or (body.starts_on and closed and closed < body.starts_on))


def read_known(partnership: Partnership) -> Known:
    """Read all bodies with their names, numbers and memberships; four statements."""
    known = Known()
    rows = Organisation.objects.in_bulk()
    for body in rows.values():
        if body.merged_into_id:
            body.merged_into = rows[body.merged_into_id]
    for pk, body in sorted(rows.items()):
        # Those that nobody confirmed and that have ended came in with an import that was undone.
        if body.is_confirmed or not body.ends_on:
            known.add(pk, body)
        else:
            known.bodies[pk] = body
    for pk, name in OrganisationName.objects.values_list("organisation_id", "name"):
        known.add_name(pk, name)
    numbers = Identifier.objects.values_list("organisation_id", "scheme", "value", "ends_on")
    for pk, scheme, value, ends_on in numbers.order_by("pk"):
        known.add_code(pk, Code(scheme, value, ends_on is not None))
    _read_memberships(known, partnership)
    return known


def _read_memberships(known: Known, partnership: Partnership) -> None:
    held: dict[int, set[int]] = defaultdict(set)
    for pk, place in Membership.objects.values_list("organisation_id", "partnership_id"):
        held[pk].add(place)
    known.members = {pk for pk, places in held.items() if partnership.pk in places}
    known.foreign = {pk for pk in held if pk not in known.members}
