"""The messages of reviews: to the lead, of early reviews, and to each party that is asked."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from register.core.dates import today
from register.directory.models import Partnership, Person
from register.documents.models import Document, Version
from register.notices.models import Notice
from register.notices.secrets import MARK
from register.notices.services import is_replaced, write
from register.reviews.models import PartyAsk, Review
from register.reviews.occasions import Occasion

ASK, REMINDER = "review_ask", "review_remind"


def lead_told(version: Version, occasion: Occasion, *, is_off: bool) -> Notice | None:
    """Tell the lead of a review that is due or overdue; None where it was said, or nobody is reached.

    `is_off` says that the entry is off the public list since.
    """
    document = version.document
    name, email = lead_of(document)
    words = {
        "name": name,
        "document": document,
        "version": version,
        "occasion": occasion.code,
        "is_overdue": bool(document.review_on and document.review_on < today()),
        "is_off": is_off,
        "address": _address(document),
        **_office(document.partnership),
    }
    return _send("review_lead", email, words, key=key_of(document, occasion), about=document)


def key_of(document: Document, occasion: Occasion) -> str:
    """The one key of what is said of a document's review on an occasion."""
    return f"review:{document.pk}:{document.review_on}:{occasion.code}"


def opened_early(reviews: Sequence[Review], *, cause_key: str) -> Notice | None:
    """Tell the lead of reviews that were opened early for one and the same reason, in one message."""
    document = reviews[0].document
    name, email = lead_of(document)
    words = {
        "name": name,
        "says": reviews[0].events.first().says if reviews[0].events.first() else reviews[0].because,
        "reviews": reviews[:20],
        "count": len(reviews),
        "due_on": reviews[0].due_on,
        "address": f"{settings.BASE_URL}/reviews/",
        **_office(document.partnership),
    }
    key = early_key(cause_key, str(reviews[0].pk))
    return _send("review_early", email, words, key=key, about=document)


def early_key(cause_key: str, which: str) -> str:
    """The key of what is said of reviews that one change opened early; `which` is the first of them."""
    return f"review-early:{cause_key[:120]}:{which}"


def party_answered(ask: PartyAsk) -> Notice | None:
    """Tell the lead that a party wants a change or no longer shares; once for each party asked."""
    review, document = ask.review, ask.review.document
    name, email = lead_of(document)
    path = reverse("reviews:review", args=[document.reference, review.pk])
    words = {
        "name": name,
        "ask": ask,
        "document": document,
        "version": review.version,
        "address": f"{settings.BASE_URL}{path}#parties",
        **_office(document.partnership),
    }
    return _send("review_answered", email, words, key=f"review-answered:{ask.pk}", about=document)


def party_asked(ask: PartyAsk, *, by) -> Notice | None:
    """Ask a party whether an entry still says what it does; the link is made when the message goes."""
    key = f"review-ask:{ask.pk}:{ask.asked_at:%Y%m%d%H%M%S%f}"
    return _to_party("review_ask", ask, key=key, kind=ASK, by=by)


def party_reminded(ask: PartyAsk, occasion: Occasion) -> Notice | None:
    """Remind a party that has not answered; once on each occasion."""
    return _to_party("review_remind", ask, key=reminder_key(ask, occasion), kind=REMINDER, by=None)


def reminder_key(ask: PartyAsk, occasion: Occasion) -> str:
    """The one key of a reminder to a party."""
    return f"review-ask:{ask.pk}:{ask.due_on}:{occasion.code}"


def reminder_anew(notice: Notice) -> tuple[str, str, str] | None:
    """What a reminder to a party says at the moment of sending; None where the next one is written already."""
    return None if is_replaced(notice) else (notice.subject, notice.text, notice.html)


def lead_of(document: Document) -> tuple[str, str]:
    """Who gets notices of reviews of a document, and where: its owner, else the partnership office."""
    owner, place = document.owner, document.partnership
    if owner is not None and (email := email_of(owner)):
        return owner.name, email
    return place.office_name or "colleague", place.office_email


def email_of(person: Person) -> str:
    """Where a person is reached: their contact on record, else their login."""
    contact = getattr(person, "contact", None)
    if contact is not None and contact.email:
        return contact.email
    return person.user.email if person.user_id else ""


def _to_party(template: str, ask: PartyAsk, *, key: str, kind: str, by) -> Notice | None:
    email = getattr(getattr(ask, "address", None), "email", "")
    review, document = ask.review, ask.review.document
    asker = getattr(by, "person", None) or document.owner
    words = {
        "ask": ask,
        "review": review,
        "document": document,
        "version": review.version,
        "address": MARK,
        **_office(document.partnership, asker),
    }
    return _send(template, email, words, key=key, about=document, kind=kind, row=ask.pk)


def _address(document: Document) -> str:
    return f"{settings.BASE_URL}{document.get_absolute_url()}"


def _office(partnership: Partnership, officer: Person | None = None) -> dict:
    contact = getattr(officer, "contact", None)
    return {
        "partnership": partnership,
        "officer_name": officer.name
        if officer
        else partnership.office_name or "the partnership office",
        "officer_phone": (contact.phone if contact else "") or partnership.office_phone,
        "officer_email": (contact.email if contact else "") or partnership.office_email,
    }


def _send(
    template: str, to: str, words: dict, *, key: str, about: Document, kind: str = "",
    row: int | None = None,
) -> Notice | None:  # fmt: skip
    if not to:
        return None
    return write(
        to=to,
        subject=render_to_string(f"emails/{template}.subject.txt", words),
        text=render_to_string(f"emails/{template}.txt", words),
        html=render_to_string(f"emails/{template}.html", words),
        key=key,
        about=about.reference,
        secret_kind=kind,
        secret_for=row,
        reply_to=words["officer_email"],
    )
