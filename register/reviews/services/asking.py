"""Asking the parties of an entry under review: whom, by when, what they answer, and reminders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from register.core.confirmed_words import check_words
from register.core.dates import now, today, words
from register.core.verdicts import require
from register.directory.contact_points import contact_points
from register.directory.models import Organisation
from register.directory.survivors import stand_ins
from register.ledger.actors import LINK, actor_of
from register.ledger.acts import act
from register.reviews import emails
from register.reviews.models import AskAddress, AskLink, PartyAnswer, PartyAsk, Review
from register.reviews.parties import parties_of
from register.reviews.permissions import may_answer, may_work_on

NEEDS_WORDS = {
    PartyAnswer.CHANGE: "Say what must change.",
    PartyAnswer.LEAVING: "Say since when, and what happens to the information you hold.",
}


@dataclass(frozen=True)
class Asked:
    """One party that is to be asked: the body, whom, and where."""

    organisation: Organisation
    name: str = ""
    post: str = ""
    email: str = ""


def proposed(review: Review) -> list[Asked]:
    """Every party of the version under review that was not asked yet, with its contact today."""
    named = {
        row.organisation_id: row.organisation for row in review.asks.select_related("organisation")
    }
    stands = stand_ins([review.document_id], named.values())
    asked = {stands.of(review.document_id, pk) for pk in named}
    bodies = [body for body in parties_of(review.version) if body.pk not in asked]
    points = contact_points(body.pk for body in bodies)
    found = []
    for body in bodies:
        point = points.get(body.pk)
        found.append(Asked(body, point.name, point.post, point.email) if point else Asked(body))
    return found


def ask_parties(
    *, by, review: Review, parties: Sequence[Asked], due_on: date, message: str = "",
    is_confirmed: bool = False,
) -> list[PartyAsk]:  # fmt: skip
    """Ask parties by a mailed link whether the entry still says what they do, by a day after today."""
    if not parties:
        raise ValidationError({"parties": "Choose a party to ask."})
    if due_on <= today():
        raise ValidationError({"due_on": f"Enter a day after {words(today())}."})
    detail = check_words({"message": message}, is_confirmed)
    with act(by=by, verb="review.asked", subject=review.document, detail=detail):
        review = _locked(review)
        require(may_work_on(by, review))
        return [_ask(by, review, party, due_on, message.strip()) for party in parties]


def ask_again(*, by, ask: PartyAsk, name: str, email: str, due_on: date) -> PartyAsk:
    """Ask somebody of a party anew, at an address of one's own choice; links sent before die."""
    if due_on <= today():
        raise ValidationError({"due_on": f"Enter a day after {words(today())}."})
    with act(by=by, verb="review.asked", subject=ask.review.document):
        ask = _locked_ask(ask)
        require(may_work_on(by, ask.review))
        require(may_answer(ask))
        AskLink.objects.filter(ask=ask).delete()
        ask.name, ask.due_on, ask.asked_at = " ".join(name.split()), due_on, now()
        ask.row_version += 1
        ask.full_clean()
        ask.save()
        address, _ = AskAddress.objects.update_or_create(ask=ask, defaults={"email": email})
        ask.address = address
        emails.party_asked(ask, by=by)
    return ask


def answer(
    *, by, ask: PartyAsk, answer: str, said: str = "", name: str, is_confirmed: bool = False
) -> PartyAsk:
    """Write down what a party answers: by its link, or recorded by an officer as heard elsewhere.

    The lead is told of an answer by link that asks for more than nothing. Raises PermissionDenied
    where it has answered already, or the review is closed.
    """
    if answer not in PartyAnswer.values:
        raise ValidationError({"answer": "Choose an answer."})
    if answer in NEEDS_WORDS and not said.strip():
        raise ValidationError({"said": NEEDS_WORDS[PartyAnswer(answer)]})
    detail = check_words({"said": said}, is_confirmed)
    with act(by=by, verb="review.party_answered", subject=ask.review.document, detail=detail):
        ask = _locked_ask(ask)
        require(may_answer(ask))
        ask.answer, ask.words, ask.answered_at = answer, said.strip(), now()
        ask.answered_by = " ".join(name.split()) or ask.name
        ask.row_version += 1
        ask.full_clean()
        ask.save()
        if answer in NEEDS_WORDS and actor_of(by).kind == LINK:
            emails.party_answered(ask)
    return ask


def record_answer(
    *, by, ask: PartyAsk, answer_: str, said: str, name: str, is_confirmed: bool = False
) -> PartyAsk:
    """Record what a party said by telephone, letter or at a meeting."""
    require(may_work_on(by, ask.review))
    if not name.strip():
        raise ValidationError({"name": "Enter who answered."})
    return answer(by=by, ask=ask, answer=answer_, said=said, name=name, is_confirmed=is_confirmed)


def _ask(by, review: Review, party: Asked, due_on: date, message: str) -> PartyAsk:
    ask = PartyAsk(
        review=review,
        organisation=party.organisation,
        name=party.name,
        post=party.post,
        asked_at=now(),
        due_on=due_on,
        message=message,
    )
    ask.full_clean(exclude=["review", "organisation"])
    ask.save()
    if party.email:
        ask.address = AskAddress.objects.create(ask=ask, email=party.email)
        emails.party_asked(ask, by=by)
    return ask


def _locked(review: Review) -> Review:
    rows = Review.objects.select_for_update(of=("self",))
    return rows.select_related("document__partnership", "document__owner", "version").get(
        pk=review.pk
    )


def _locked_ask(ask: PartyAsk) -> PartyAsk:
    review = _locked(ask.review)
    found = PartyAsk.objects.select_for_update(of=("self",)).get(pk=ask.pk)
    found.review, found.organisation = review, ask.organisation
    return found
