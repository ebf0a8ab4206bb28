"""What people do in the ten years, in the afternoons: renew, review, ask parties, send out, sign."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from register.core.dates import pretend
from register.documents.models import Document, Version
from register.reviews import services as reviews
from register.reviews.cycles import suggested
from register.reviews.models import PartyAsk, Review
from register.signing import services as signing
from register.signing.models import SigningRequest
from tests import make_documents as make
from tests.signing_world import signer
from tests.years.calendar_rules import months_on, next_of_cycle
from tests.years.installation import RENEWED_AFTER, TEST, Entry, Installation, at, follow
from tests.years.oracle import Asked, Period, Request

DAY = timedelta(days=1)
SIGNERS = ("council", "police")


@dataclass
class Diary:
    """What will be done on which day, and what the register offered that the oracle would not."""

    made: Installation
    draw: random.Random
    last: date
    plans: dict[date, list[Callable[[date], None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    wrong: list[str] = field(default_factory=list)

    def live(self, day: date) -> None:
        """Do what is planned for the afternoon of a day."""
        if day in self.plans:
            with pretend(at(day)):
                for act in self.plans.pop(day):
                    act(day)

    def begin(self, first: date, rounds: int) -> None:
        """Plan the reviews of every entry, and rounds of signing one after the other."""
        for entry in list(self.made.entries.values()):
            self._plan_review(entry, first)
        span = (self.last - first).days - 100
        for number in range(rounds):
            day = first + (5 + number * span // rounds) * DAY
            self.plans[day].append(self._send_out)

    def _plan_review(self, entry: Entry, since: date) -> None:
        due, draw = entry.period.due, self.draw
        day = max(due + draw.choice(RENEWED_AFTER) * DAY, since + DAY)
        if draw.random() < 0.25:
            opened = max(day - draw.choice((5, 20, 40, 70)) * DAY, since + DAY)
            if opened < day:
                self.plans[opened].append(lambda on: self._open(entry, on))
        self.plans[day].append(lambda on: self._renew(entry, on))

    def _open(self, entry: Entry, on: date) -> None:
        """Open the review; ask a party in half of them, which answers, or does not."""
        document = Document.objects.get(pk=entry.pk)
        review = reviews.open_review(by=TEST, document=document, because="It comes up.")
        entry.period.opened = on
        if self.draw.random() < 0.5:
            return
        due = on + self.draw.choice((10, 21, 28)) * DAY
        party = reviews.Asked(self.made.county.police, "A person", "", "party@police.example")
        (ask,) = reviews.ask_parties(by=TEST, review=review, parties=[party], due_on=due)
        asked = Asked(ask.pk, on, due)
        self.made.happened.asked.append(asked)
        if self.draw.random() < 0.6:
            day = on + self.draw.randrange(1, 50) * DAY
            self.plans[day].append(lambda on: self._answer(asked, on))

    def _answer(self, asked: Asked, on: date) -> None:
        ask = PartyAsk.objects.waited_for().filter(pk=asked.ask).first()
        if ask is not None:
            reviews.answer(by=TEST, ask=ask, answer="unchanged", name="A person")
            asked.closed = on

    def _renew(self, entry: Entry, on: date) -> None:
        document = Document.objects.get(pk=entry.pk)
        due = next_of_cycle(entry.anchor, entry.months, max(on, entry.period.due))
        self._check_offer(document, due)
        for asked in self.made.happened.asked:
            if (
                asked.closed is None
                and PartyAsk.objects.filter(pk=asked.ask, review__document=document).exists()
            ):
                asked.closed = on
        reviews.renew_unchanged(
            by=TEST, document=document, row_version=document.row_version, next_on=due
        )
        entry.period.until = on
        entry.period = Period(entry.pk, due, on)
        self.made.happened.periods.append(entry.period)
        self._plan_review(entry, on)

    def _check_offer(self, document: Document, due: date) -> None:
        review = Review.objects.open().filter(document=document).first() or Review(
            document=document, version=document.governing, due_on=document.review_on
        )
        if (offered := suggested(review)) != due:
            self.wrong.append(f"{document} was offered {offered} instead of {due}.")

    def _send_out(self, on: date) -> None:
        """Send an agreement out to two people, who sign by chance, or never."""
        county = self.made.county
        document = make.agreement(
            county.partnership, county.council, county.police,
            title=f"Out on {on}", owner=county.users["office"].person,
        )  # fmt: skip
        version = document.newest
        for short in SIGNERS:
            make.slot(version, county.bodies[short], county.posts[short, "senior_officer"])
        sign_by = on + self.draw.choice((14, 20, 30)) * DAY
        version = signing.send(
            by=county.users["office"], version=version, despite="Made for a test.",
            round_=signing.Round(sign_by=sign_by),
        )  # fmt: skip
        for asked in SigningRequest.objects.open().filter(slot__version=version):
            request = Request(asked.pk, asked.person_id, version.pk, on, sign_by)
            self.made.happened.requests.append(request)
            if self.draw.random() < 0.7:
                day = on + self.draw.randrange(1, 45) * DAY
                self.plans[day].append(lambda on, request=request: self._sign(request, on))
        self.plans[on + 66 * DAY].append(lambda on: self._cancel(version, on))

    def _sign(self, request: Request, on: date) -> None:
        asked = SigningRequest.objects.select_related(
            "person", "slot__organisation", "slot__post", "slot__version__document__partnership"
        ).get(pk=request.request)
        signing.sign(
            by=signer(asked.person), request=asked, confirmed=True,
            text_sha256=asked.slot.version.body_sha256,
        )  # fmt: skip
        request.over = on
        version = Version.objects.select_related("document").get(pk=request.version)
        if version.is_governing:
            due = months_on(on, 12)
            if version.document.review_on != due:
                self.wrong.append(
                    f"{version} is reviewed on {version.document.review_on}, not {due}."
                )
            entry = follow(self.made, version.document_id, on, 12, due, on)
            self._plan_review(entry, on)

    def _cancel(self, version: Version, on: date) -> None:
        open_now = {r.pk: r for r in SigningRequest.objects.open().filter(slot__version=version)}
        for request in self.made.happened.requests:
            if request.request in open_now:
                signing.cancel(
                    by=TEST, request=open_now[request.request], reason="It took too long."
                )
                request.over = on
