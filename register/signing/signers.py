"""Who signs, and what they have shown of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from register.core.dates import today
from register.directory.models import Person
from register.ledger.actors import LINK, PERSON, Actor
from register.signing.models import STRENGTHS, Delegation, Method, Slot


@dataclass(frozen=True)
class Signer:
    """A person about to sign: how they proved who they are, and from where (kept apart, for a year)."""

    person: Person
    method: str
    ip: str = ""
    browser: str = ""
    time_zone: str = "Europe/London"

    @property
    def actor(self) -> Actor:
        """The signer as the ledger names them: a person, or the holder of a link."""
        by_link = self.method in (Method.LINK_CODE, Method.LINK_DEVICE)
        return Actor(LINK if by_link else PERSON, str(self.person.pk), self.person.name)

    @property
    def strength(self) -> str:
        """What the way of signing shows, and no more."""
        return STRENGTHS[Method(self.method)]


@dataclass(frozen=True)
class Authority:
    """Why somebody may sign in a slot: they hold its post, or sign for the one who does."""

    capacity: str
    on_behalf_of: str = ""


def authority_of(person: Person, slot: Slot, day: date | None = None) -> Authority | None:
    """By what right a person signs in a slot on a day (today where none is given); None for no right."""
    if slot.post is None:
        return None
    day = day or today()
    held = slot.post.appointments.current(day).filter(person=person).first()
    if held is not None:
        return Authority(held.capacity)
    given = delegations_to(person, slot, day).select_related("from_person").first()
    if given is not None:
        return Authority("delegate", given.from_person.name)
    return None


def delegations_to(person: Person, slot: Slot, day: date):
    """What lets a person sign in a slot for its post's holder on a day."""
    rows = Delegation.objects.current(day).filter(post=slot.post_id, to_person=person)
    anywhere = rows.filter(slot__isnull=True)
    return anywhere | rows.filter(slot=slot)
