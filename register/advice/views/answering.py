"""What waits for one's advice or decision, and the page on which it is given."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db.models import DateField, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.advice.forms import AnswerForm, said_in
from register.advice.kinds import Kind, kind_of
from register.advice.models import Advice, ReviewRequest
from register.advice.papers import papers_for
from register.advice.permissions import may_answer, may_read_words, standing_of
from register.advice.services import answering as services
from register.advice.standing import advice_on, whose
from register.advice.visibility import answerable_by, readable_request
from register.advice.weighing import advice_before, why_reasoned
from register.advice.wording import wording_sha256
from register.core import dates
from register.directory.reach import reach_of
from register.directory.views.conversation import belongs
from register.documents.comparing import compare
from register.documents.lifecycle import EDITABLE, State
from register.documents.models import Version
from register.documents.rules import broken_by
from register.documents.views.conversation import asks, edit_page, refused
from register.documents.views.document import body_shown
from register.documents.views.files import file_answer
from register.lists.labels import items
from register.lists.models import Item
from register.ui.listing import page_of, size_of

# Questions without a day come last.
_NO_DAY = Coalesce("due_on", Value(date.max), output_field=DateField())
ANSWERED_SHOWN = 10


@require_safe
@belongs
def tray(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's advice or decision, the most urgent first, and what they answered last."""
    asked = request.GET.dict()
    rows = answerable_by(request.user).open().select_related(
        "organisation", "version__document", "post"
    ).annotate(by_day=_NO_DAY)  # fmt: skip
    page = page_of(rows, order=["by_day", "pk"], asked=asked, size=size_of(asked))
    day = dates.today()
    context = {
        "title": "Advice and decisions asked of you",
        "page": page,
        "lines": [(row, kind_of(row.kind), row.is_late_on(day)) for row in page.rows],
        "answered": _answered(request.user),
    }
    return render(request, "advice/tray.html", context)


@asks
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """A question with everything to read for it, and the form in which it is answered."""
    found = _question(request, pk)
    verdict = may_answer(request.user, found)
    kind = kind_of(found.kind)
    context = _context(request, found, kind) | {"verdict": verdict}
    if not verdict:
        if request.method == "POST":
            return refused(request, verdict.reason)
        return render(request, "advice/question.html", context)
    return edit_page(
        request, partial(AnswerForm, kind=kind, points=points_of(kind)),
        act=partial(_answer, request, found), title=context["title"],
        button="Record my decision" if kind.is_decision else "Give my advice",
        done="Your decision is recorded." if kind.is_decision else "Your advice is recorded.",
        to=reverse("advice:tray"), back=reverse("advice:tray"), template="advice/question.html",
        initial={"row_version": found.row_version}, context=context,
    )  # fmt: skip


@require_safe
def paper(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """The letter or mail that an answer was recorded from."""
    found = _question(request, pk)
    answer = get_object_or_404(found.answers.select_related("file"), pk=row)
    if answer.file is None:
        raise Http404("No paper was kept.")
    return file_answer(answer.file, answer.file_name)


def points_of(kind: Kind) -> list[Item]:
    """The points of the quality checklist that a kind answers today."""
    day = dates.today()
    if not kind.has_checklist:
        return []
    return [row for row in items("quality_check").values() if row.holds_on(day)]


def _answer(request: HttpRequest, found: ReviewRequest, row_version: int, **typed) -> Advice:
    return services.answer(
        by=request.user, request=found, row_version=row_version, said=said_in(typed)
    )


def _question(request: HttpRequest, pk: int) -> ReviewRequest:
    found = readable_request(request.user, pk)
    if found is None:
        raise Http404("There is no such question, or you may not know of it.")
    return found


def _context(request: HttpRequest, found: ReviewRequest, kind: Kind) -> dict:
    version = found.version
    earlier = list(found.answers.prefetch_related("checklist").order_by("-pk"))
    wording = wording_sha256(version) if any(row.wording_sha256 for row in earlier) else ""
    return {
        "title": f"{kind.label}: {version.title}",
        "question": found,
        "kind": kind,
        "whose": whose(found),
        "version": version,
        "document": version.document,
        "body": body_shown(version),
        "earlier": earlier,
        "wording": wording,
        "before": _before(request, found, kind),
        "why_reasoned": why_reasoned(found),
        "answers_as": standing_of(request.user).title_for(found) if found.organisation_id else "",
        "broken": broken_by(version) if version.state in (*EDITABLE, State.SIGNING) else [],
        "difference": _difference(version),
        "papers": papers_for(request.user, version),
        "is_late": version.frozen_at is not None,
    }


def _before(request: HttpRequest, found: ReviewRequest, kind: Kind) -> list[tuple[Advice, Kind]]:
    """What a decider has before them, and what others of the body said, as far as it may be read."""
    if kind.weighs_advice:
        rows = advice_before(found)
    else:
        rows = [row for row in advice_on(found.version) if row.request_id != found.pk]
        for row in rows:
            row.request.version = found.version
        rows = [row for row in rows if may_read_words(request.user, row.request)]
    return [(row, kind_of(row.request.kind)) for row in rows]


def _difference(version: Version):
    """What changed since the version before that was issued; None where there was none."""
    before = version.document.versions.filter(number__lt=version.number).not_drafts()
    if (older := before.order_by("-number").first()) is None:
        return None
    older.document = version.document
    return compare(older, version)


def _answered(user) -> list[tuple[Advice, Kind]]:
    person_id = reach_of(user).person_id
    if person_id is None:
        return []
    mine = Advice.objects.filter(given_by_id=person_id, request__in=answerable_by(user))
    rows = mine.select_related("request__version__document", "request__organisation")
    return [(row, kind_of(row.request.kind)) for row in rows.order_by("-pk")[:ANSWERED_SHOWN]]
