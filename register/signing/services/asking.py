"""Sending a version out for signature: who is asked, in which order, by when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from register.core.conflicts import expect
from register.core.dates import now, today
from register.core.verdicts import require
from register.directory.models import Appointment, Person
from register.directory.models.people import Capacity
from register.documents.models import Version
from register.documents.services.locks import lock_version
from register.documents.services.moving import commence_if_met, send_for_signature
from register.ledger.acts import act, bulk_create, bulk_update
from register.signing import emails
from register.signing.models import (
    Delegation,
    DesignatedOfficer,
    OnMissed,
    Order,
    SigningRequest,
    SigningRound,
    Slot,
)
from register.signing.permissions import may_ask
from register.signing.services.carrying import carry_over
from register.signing.services.rows import request_for


@dataclass(frozen=True)
class Round:
    """How a version is sent out: by when, in which order, and what happens when the day passes.

    `sign_by` is a day in London; `copies_to` are e-mail addresses that hear when it is in force.
    """

    sign_by: date | None = None
    order: str = Order.TOGETHER
    on_missed: str = OnMissed.TELL
    message: str = ""
    copies_to: tuple[str, ...] = ()
    carry: bool = True
    # By the key of a slot: in which step it is asked. Slots that are not named keep theirs.
    steps: dict[int, int] = field(default_factory=dict)


@dataclass
class Proposed:
    """A slot with the people who would be asked to sign there, and with all who may.

    Asked are the post's holders; able are deputies and delegates too.
    """

    slot: Slot
    people: list[Person] = field(default_factory=list)
    able: list[Person] = field(default_factory=list)

    @property
    def unreached(self) -> list[Person]:
        """Those without an e-mail address, where the post has no mailbox either."""
        if self.slot.post and self.slot.post.mailbox:
            return []
        return [person for person in self.people if not emails.address_of(person)]


def proposed(version: Version, day: date | None = None) -> list[Proposed]:
    """Who would be asked in each standing open slot: holders, acting and sharing; deputies where none.

    Three statements for any number of slots.
    """
    day = day or today()
    slots = list(version.slots.open().select_related("organisation", "post__organisation"))
    posts = [slot.post_id for slot in slots if slot.post_id]
    held: dict[int, list[Appointment]] = defaultdict(list)
    rows = Appointment.objects.current(day).filter(post__in=posts)
    for row in rows.select_related("person__contact").order_by("pk"):
        held[row.post_id or 0].append(row)
    given: dict[int, list[Person]] = defaultdict(list)
    delegations = Delegation.objects.current(day).filter(post__in=posts, slot__isnull=True)
    for delegation in delegations.select_related("to_person__contact"):
        given[delegation.post_id].append(delegation.to_person)
    return [_proposed(slot, held[slot.post_id or 0], given[slot.post_id or 0]) for slot in slots]


def send(
    *, by, version: Version, round_: Round, chosen: dict[int, list[Person]] | None = None,
    reason: str = "", despite: str = "",
) -> Version:  # fmt: skip
    """Issue a version for signature and ask everybody who is to sign, in one act.

    `chosen` names for slots (by key) who is asked instead of the posts' holders; each must hold the
    post or sign for its holder. `despite` is the reason for sending it with the gaps that rules name.
    """
    with act(by=by, verb="version.sent", subject=version, reason=reason, quiet=True):
        version = send_for_signature(by=by, version=version, reason=reason, despite=despite)
        ask_for_signatures(by=by, version=version, round_=round_, chosen=chosen)
    return version


def ask_for_signatures(
    *, by, version: Version, round_: Round, chosen: dict[int, list[Person]] | None = None
) -> list[SigningRequest]:
    """Ask everybody who is to sign a version that is out, and is not asked already.

    Those whose step has not come are asked when it does; those of a body with a designated officer
    when that officer lets the request go. Signatures carry over for parties whose part is unchanged;
    where those are all that is needed, the version comes into force at once.
    """
    _check(round_)
    with act(by=by, verb="signatures.asked", subject=version) as this:
        version = lock_version(version)
        require(may_ask(by, version))
        _keep_round(version, round_, by)
        _set_steps(version, round_.steps)
        carried = carry_over(version, by=by) if round_.carry else []
        made = _new_requests(version, chosen or {})
        this.detail["people"] = len(made)
        ask_due(version)
        if carried:
            commence_if_met(version, by=by)
    return made


def ask_due(version: Version) -> list[SigningRequest]:
    """Ask those whose turn has come: call it inside an act, with the version locked."""
    rows = SigningRequest.objects.open().filter(slot__version=version, asked_at__isnull=True)
    step = _current_step(version)
    asked = []
    for row in rows.select_related("slot__organisation", "slot__post", "person__contact"):
        row.slot.version = version
        waits = row.slot.step > step and not row.is_notice
        if waits or (row.held_for_body and row.released_at is None):
            continue
        row.asked_at = now()
        row.row_version += 1
        row.save()
        emails.ask(row)
        asked.append(row)
    return asked


def extend(*, by, version: Version, sign_by: date, row_version: int) -> SigningRound:
    """Give those who still have to sign more time. Raises Conflict when the round has moved on."""
    if sign_by <= today():
        raise ValidationError({"sign_by": "Enter a day after today."})
    with act(by=by, verb="signatures.extended", subject=version):
        version = lock_version(version)
        require(may_ask(by, version))
        found = SigningRound.objects.select_for_update().get(version=version)
        expect(found, row_version)
        found.sign_by, found.missed_at = sign_by, None
        found.row_version += 1
        found.save()
    return found


def _proposed(slot: Slot, held: list[Appointment], given: list[Person]) -> Proposed:
    first = [row.person for row in held if row.capacity != Capacity.DEPUTY]
    deputies = [row.person for row in held if row.capacity == Capacity.DEPUTY]
    able = list(dict.fromkeys([*first, *deputies, *given]))
    return Proposed(slot, first or deputies, able)


def _set_steps(version: Version, steps: dict[int, int]) -> None:
    changed = [s for s in version.slots.standing() if steps.get(s.pk, s.step) != s.step]
    for slot in changed:
        slot.step = steps[slot.pk]
        slot.row_version += 1
    bulk_update(changed, ["step", "row_version"])


def _check(round_: Round) -> None:
    if round_.sign_by and round_.sign_by <= today():
        raise ValidationError({"sign_by": "Enter a day after today."})
    if round_.on_missed == OnMissed.CLOSE and round_.sign_by is None:
        raise ValidationError({"sign_by": "Enter the day on which what is open closes."})
    for address in round_.copies_to:
        try:
            validate_email(address)
        except ValidationError:
            raise ValidationError({"copies_to": f"“{address}” is not an e-mail address."}) from None


def _keep_round(version: Version, round_: Round, by) -> None:
    found = SigningRound.objects.filter(version=version).first() or SigningRound(version=version)
    found.sign_by, found.order, found.on_missed = round_.sign_by, round_.order, round_.on_missed
    found.message, found.copies_to = round_.message.strip(), "\n".join(round_.copies_to)
    found.officer = getattr(by, "person", None) or found.officer
    found.full_clean(exclude=["version", "officer"])
    if found.pk:
        found.row_version += 1
    found.save()
    version.round = found


def _new_requests(version: Version, chosen: dict[int, list[Person]]) -> list[SigningRequest]:
    designated = DesignatedOfficer.objects.filter(post__isnull=False)
    held = set(designated.values_list("organisation_id", flat=True))
    asked = set(
        SigningRequest.objects.open().filter(slot__version=version).values_list("slot", "person")
    )
    made = []
    for each in proposed(version):
        each.slot.version = version
        for person in chosen.get(each.slot.pk, each.people):
            if (each.slot.pk, person.pk) not in asked:
                made.append(request_for(each.slot, person, each.slot.organisation_id in held))
    bulk_create(made)
    for row in made:
        if row.held_for_body:
            emails.to_release(row)
    return made


def _current_step(version: Version) -> int:
    asked = getattr(version, "round", None)
    if asked is None or asked.order == Order.TOGETHER:
        return 32_767
    waiting = version.slots.open().filter(is_required=True).order_by("step")
    first = waiting.values_list("step", flat=True).first()
    return 32_767 if first is None else first
