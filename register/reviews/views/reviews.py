"""The review of an entry: begun, answered, closed; renewed unchanged; its date set."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.core.dates import today
from register.documents.models import Document
from register.documents.views.conversation import asks, edit_page, refused
from register.lists.labels import label
from register.reviews import services
from register.reviews.cycles import cycle_of, next_review
from register.reviews.forms import (
    AnswersForm,
    BeginForm,
    CloseForm,
    DateForm,
    RenewForm,
    question_lines,
    renew_words,
    section_lines,
)
from register.reviews.models import Review
from register.reviews.permissions import may_open, may_renew, may_work_on, read_reviews
from register.reviews.reading import reviews_of, whole_of
from register.reviews.sections import words_by_section
from register.reviews.views.finding import kept, open_or_refusal, review_or_404, words_of
from register.ui.listing import page_of


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """The reviews that are open, of entries whose reviews the reader may read, those due first."""
    known = Document.objects.visible_to(request.user).values("pk")
    rows = Review.objects.open().filter(read_reviews(request.user), document__in=known)
    rows = rows.select_related(
        "document__owner", "document__partnership", "document__lead", "version"
    )
    page = page_of(rows, order=("due_on", "pk"), asked=request.GET.dict())
    context = {"title": "Open reviews", "page": page, "day": today()}
    return render(request, "reviews/reviews.html", context)


@asks
def begin(request: HttpRequest, ref: str) -> HttpResponse:
    """Begin a review of what is in force."""
    document = kept(request, ref)
    if not (verdict := may_open(request.user, document)):
        return refused(request, verdict.reason, status=409)
    return edit_page(
        request, BeginForm,
        act=lambda reason: services.open_review(
            by=request.user, document=document, because=reason
        ),
        title="Begin a review", button="Begin the review", done="The review is open.",
        to=_address, back=document.get_absolute_url(),
        context=words_of(request, document)
        | {"intro": "The version goes on governing while it is looked at. Answer six sections, ask "
           "the parties, then close the review with its outcome."},
    )  # fmt: skip


@asks
def renew(request: HttpRequest, ref: str) -> HttpResponse:
    """Renew an entry unchanged: one date, which is filled in."""
    document = kept(request, ref)
    if not (verdict := may_renew(request.user, document)):
        return refused(request, verdict.reason, status=409)
    found = Review.objects.open().filter(document=document).first() or Review(
        document=document, due_on=document.review_on or today()
    )
    found.document = document
    initial = {"row_version": document.row_version, "next_on": services.next_offered(found)}
    return edit_page(
        request, RenewForm, initial=initial,
        act=partial(services.renew_unchanged, by=request.user, document=document),
        title="Renew unchanged", button="Renew unchanged", done="It is renewed unchanged.",
        to=document.get_absolute_url(), back=document.get_absolute_url(),
        context=words_of(request, document) | {"intro": renew_words(document)},
        theirs=_their_date,
    )  # fmt: skip


@asks
def set_date(request: HttpRequest, ref: str) -> HttpResponse:
    """Set the review date, with the reason."""
    document = kept(request, ref)
    initial = {
        "row_version": document.row_version,
        "review_on": document.review_on or next_review(document),
    }
    return edit_page(
        request, DateForm, initial=initial,
        act=partial(services.set_review_date, by=request.user, document=document),
        title="Set the review date", button="Set the review date", done="The review date is set.",
        to=document.get_absolute_url(), back=document.get_absolute_url(),
        context=words_of(request, document)
        | {"intro": _cycle_words(document)}, theirs=_their_date,
    )  # fmt: skip


@require_safe
def review(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """A review with everything that was said in it."""
    found = review_or_404(request, ref, pk)
    context = words_of(request, found.document) | {
        "title": "Review",
        "review": found,
        "whole": whole_of(found),
        "outcome": label("review_outcome", found.outcome) if found.outcome else "",
        "events": list(found.events.all()),
        "may_work": may_work_on(request.user, found),
        "others": [row for row in reviews_of(found.document) if row.pk != found.pk],
        "to_ask": bool(services.proposed(found)) if found.is_open else False,
        "day": today(),
    }
    return render(request, "reviews/review.html", context)


@asks
def sections(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask of each of the six sections whether it is still true."""
    found = open_or_refusal(request, ref, pk)
    excerpts = words_by_section(found.version)
    return _answers(
        request, found, section_lines(), excerpts, title="Is it still true?",
        intro="Read each section as it stands, and say whether it is still correct. What you leave "
        "open you can answer later.",
    )  # fmt: skip


@asks
def checklist(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask the questions of the checklist."""
    found = open_or_refusal(request, ref, pk)
    return _answers(
        request, found, question_lines(), {}, title="Checklist",
        intro="The questions of the ICO's data sharing code, and checks of quality. What you leave "
        "open you can answer later.",
    )  # fmt: skip


@asks
def close(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Close a review with its outcome, which is carried out at once."""
    found = open_or_refusal(request, ref, pk)
    initial = {
        "row_version": found.row_version,
        "findings": _drafted(found),
        "next_on": services.next_offered(found),
    }
    return edit_page(
        request, partial(CloseForm, user=request.user), initial=initial,
        act=partial(services.close_review, by=request.user, review=found),
        title="Close the review", button="Close the review", done="The review is closed.",
        to=_address, back=_address(found),
        context=words_of(request, found.document)
        | {"intro": "What you choose is done in the same moment. The text itself changes only by a "
           "new version that its parties sign."},
        theirs=lambda row: [("Outcome", label("review_outcome", row.outcome))],
    )  # fmt: skip


def _answers(request, found: Review, asked, excerpts, *, title: str, intro: str) -> HttpResponse:
    part, lines, labels = asked
    rows = list(found.answers.filter(part=part))
    make = partial(AnswersForm, lines=lines, labels=labels, excerpts=excerpts, answers=rows)

    def save(row_version: int, **cleaned) -> Review:
        said = AnswersForm(lines=lines, labels=labels).said(cleaned)
        return services.save_answers(
            by=request.user, review=found, part=part, answers=said, row_version=row_version,
            is_confirmed=cleaned.get("is_confirmed", False),
        )  # fmt: skip

    return edit_page(
        request, make, initial={"row_version": found.row_version}, act=save,
        title=title, button="Save the answers", done="The answers are saved.",
        to=_address, back=_address(found), template="reviews/answers.html",
        context=words_of(request, found.document) | {"intro": intro},
        theirs=lambda row: [(a.asked, a.get_answer_display()) for a in row.answers.filter(part=part)],
    )  # fmt: skip


def _drafted(found: Review) -> str:
    """Findings to start from: what is to change, section by section."""
    rows = found.answers.filter(part="section", answer="no")
    return "\n".join(f"{row.asked}: {row.words}" for row in rows)


def _their_date(row: Document) -> list[tuple[str, object]]:
    return [("Review date", row.review_on), ("Next review", row.review_on)]


def _cycle_words(document: Document) -> str:
    cycle = cycle_of(document)
    if cycle is None:
        return "No review cycle is set for it."
    how = cycle.get_basis_display().lower()
    return f"Its cycle: every {cycle.months} months, counted {how}."


def _address(found: Review) -> str:
    return reverse("reviews:review", args=[found.document.reference, found.pk])
