"""How every place to sign stands: asked, delivered, opened, refused, signed, and what comes next.

Worked out from slots, requests, their messages and signatures, in a fixed number of statements for
any number of slots.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from register.chasing.schedule import next_reminder, working_day_from
from register.chasing.slot_facts import (
    holders_of,
    newest_mails,
    newest_signatures,
    requests_by_slot,
    steps_now,
)
from register.core.dates import LONDON, today
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Provenance
from register.signing.models import Closed, RequestMail, Signature, SigningRequest, Slot

WORDS = {
    "signed": ("Signed", "green"),
    "on_behalf": ("Signed on behalf", "green"),
    "on_paper": ("Signed on paper", "green"),
    "carried_over": ("Carried over", "green"),
    "refused": ("Refused", "red"),
    "returned": ("Returned with comments", "orange"),
    "withdrawn": ("Withdrawn", "red"),
    "bounced": ("Did not arrive", "red"),
    "asked": ("Asked, not sent yet", "yellow"),
    "unreached": ("Asked, no e-mail address", "red"),
    "delivered": ("Delivered", "yellow"),
    "opened": ("Opened", "blue"),
    "waits": ("Not yet asked", "grey"),
    "held": ("With the body's own officer", "blue"),
    "passed_on": ("Passed on", "blue"),
    "expired": ("Expired", "orange"),
    "cancelled": ("Cancelled", "grey"),
    "lapsed": ("Lapsed", "grey"),
    "voided": ("Void", "grey"),
    "not_asked": ("Not asked", "grey"),
}
# Of several people who are asked in one place, the furthest says how it stands.
FURTHEST = ("opened", "delivered", "asked", "bounced", "unreached", "held", "waits")
SIGNED = ("signed", "on_behalf", "on_paper", "carried_over")
STOPPED = ("refused", "returned", "withdrawn", "expired", "cancelled", "passed_on", "not_asked")
# What closed a request together with a row in its slot, which then says how the slot stands.
ANSWERED = (
    Closed.SIGNED, Closed.REFUSED, Closed.RETURNED, Closed.ELSEWHERE, Closed.ACCEPTED, Closed.OBJECTED,
)  # fmt: skip
OPEN_STATES = (State.SIGNING, *GOVERNING)


@dataclass
class Asked:
    """One person who is asked in a place to sign, and how far the request came."""

    request: SigningRequest
    status: str
    since: date | None
    failure: str = ""
    last_reminder: date | None = None
    next_reminder: date | None = None

    @property
    def words(self) -> str:
        """How far it came, in words."""
        return WORDS[self.status][0]


@dataclass
class Line:
    """A place to sign, how it stands and since when, and who is asked in it now."""

    slot: Slot
    status: str
    since: date | None = None
    detail: str = ""
    asked: list[Asked] = field(default_factory=list)
    signature: Signature | None = None
    past: list[SigningRequest] = field(default_factory=list)
    holders: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The status in words."""
        return WORDS[self.status][0]

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return WORDS[self.status][1]

    @property
    def is_signed(self) -> bool:
        """Whether a signature stands here."""
        return self.status in SIGNED

    @property
    def is_open(self) -> bool:
        """Whether somebody may still sign here."""
        return self.slot.voided_at is None and not self.is_signed and self._is_out

    @property
    def ticks(self) -> str:
        """The keys of its requests that may be chased, as a form sends them."""
        return ",".join(str(each.request.pk) for each in self.asked if each.request.asked_at)

    @property
    def open_ticks(self) -> str:
        """The keys of all its open requests."""
        return ",".join(str(each.request.pk) for each in self.asked)

    @property
    def last_reminder(self) -> date | None:
        """The day of the last reminder to anybody here."""
        return max((each.last_reminder for each in self.asked if each.last_reminder), default=None)

    @property
    def next_reminder(self) -> date | None:
        """The day of the next reminder to anybody here."""
        return min((each.next_reminder for each in self.asked if each.next_reminder), default=None)

    @property
    def sign_by(self) -> date | None:
        """The day by which it is to be signed."""
        asked = getattr(self.slot.version, "round", None)
        return asked.sign_by if asked else None

    @property
    def is_late(self) -> bool:
        """Whether that day has passed, and nobody has signed."""
        return bool(self.is_open and self.sign_by and self.sign_by < today())

    @property
    def next_act(self) -> str:
        """The one thing to do next: remind, replace, ask, or nothing."""
        if not self.is_open:
            return ""
        if self.status in ("bounced", "unreached"):
            return "replace"
        if self.ticks:
            return "remind"
        return "" if self.asked else "ask"

    @property
    def _is_out(self) -> bool:
        version = self.slot.version
        return version.frozen_at is not None and version.state in OPEN_STATES


def lines_of(slots: Iterable[Slot]) -> list[Line]:
    """How slots stand, in their order; each with version, document, round, body and post read before.

    Five statements for any number of slots.
    """
    slots = list(slots)
    keys = [slot.pk for slot in slots]
    requests = requests_by_slot(keys)
    signatures = newest_signatures(keys)
    mails = newest_mails(keys)
    steps = steps_now(slots)
    holders = holders_of(slots)
    lines = []
    for slot in slots:
        rows = requests[slot.pk]
        asked = [_asked(row, slot, mails.get(row.pk), steps) for row in rows if row.is_open]
        line = _line(slot, signatures.get(slot.pk), asked, [row for row in rows if row.closed_at])
        line.holders = holders.get(slot.post_id or 0, [])
        lines.append(line)
    return lines


def _line(
    slot: Slot, newest: Signature | None, asked: list[Asked], past: list[SigningRequest]
) -> Line:
    to_sign = [each for each in asked if not each.request.is_notice]
    if slot.voided_at:
        lapsed = any(row.closed_as == Closed.LAPSED for row in past)
        status, since = ("lapsed" if lapsed else "voided"), _day(slot.voided_at)
        return Line(slot, status, since, slot.void_reason, [], newest, past)
    if newest is not None and newest.counts:
        return Line(slot, newest.kind, newest.signed_on, _signed_detail(newest), [], newest, past)
    if to_sign:
        first = min(to_sign, key=lambda each: FURTHEST.index(each.status))
        return Line(slot, first.status, first.since, first.failure, to_sign, newest, past)
    return _stopped(slot, newest, past)


def _stopped(slot: Slot, newest: Signature | None, past: list[SigningRequest]) -> Line:
    last = past[-1] if past else None
    if newest is not None and (last is None or _ended_by(last, newest)):
        return Line(slot, newest.kind, newest.signed_on, newest.reason, [], newest, past)
    if last is None:
        return Line(slot, "not_asked")
    status = last.closed_as if last.closed_as in WORDS else "not_asked"
    return Line(slot, status, _day(last.closed_at), last.close_reason, [], newest, past)


def _ended_by(last: SigningRequest, newest: Signature) -> bool:
    return last.closed_as in ANSWERED or bool(
        last.closed_at and last.closed_at <= newest.recorded_at
    )


def _signed_detail(newest: Signature) -> str:
    return f"on behalf of {newest.on_behalf_of}" if newest.on_behalf_of else ""


def _asked(
    row: SigningRequest, slot: Slot, mail: RequestMail | None, steps: dict[int, int]
) -> Asked:
    trace = getattr(row, "trace", None)
    if row.asked_at is None:
        held = row.held_for_body and row.released_at is None
        waits = slot.step > steps.get(slot.version_id, 32_767)
        detail = f"waits for step {steps[slot.version_id]}" if waits and not held else ""
        return Asked(row, "held" if held else "waits", None, detail)
    last = _day(trace.reminded_at) if trace and trace.reminded_at else None
    status, since, failure = _way(row, mail, trace)
    following = None if status == "unreached" else _next(row, slot, last)
    return Asked(row, status, since, failure, last, following)


def _way(row: SigningRequest, mail: RequestMail | None, trace) -> tuple[str, date | None, str]:
    asked_on = _day(row.asked_at)
    if mail is not None and mail.notice.is_bounced:
        return "bounced", _day(mail.notice.given_up_at), mail.notice.failure_words
    if trace and trace.opened_at:
        return "opened", _day(trace.opened_at), ""
    if mail is None:
        return "unreached", asked_on, ""
    if mail.notice.sent_at:
        return "delivered", asked_on, ""
    return "asked", asked_on, mail.notice.failure_words


def _next(row: SigningRequest, slot: Slot, last: date | None) -> date | None:
    if row.is_notice or not reminds(slot):
        return None
    asked = getattr(slot.version, "round", None)
    found = next_reminder(_day(row.asked_at) or today(), asked.sign_by if asked else None, last)
    return found and working_day_from(max(found, today()))


def reminds(slot: Slot) -> bool:
    """Whether reminders go out by themselves: not of an imported entry that no officer released."""
    document = slot.version.document
    return document.provenance != Provenance.IMPORTED or document.released_at is not None


def _day(at: datetime | None) -> date | None:
    return at.astimezone(LONDON).date() if at else None
