"""What was said about a draft, for those who write it: answered, closed, taken over, exported."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from register.consultation import sheet
from register.consultation.forms import AnswerForm, ChangedForm
from register.consultation.models import Comment, CommentState
from register.consultation.permissions import may_consult, may_read, may_settle
from register.consultation.services import commenting
from register.consultation.standing import figures_of
from register.core.sheets_out import csv_lines
from register.core.verdicts import require
from register.documents.lifecycle import PREPARING
from register.documents.models import Version
from register.documents.permissions import readable_versions
from register.documents.views.conversation import asks, edit_page
from register.documents.views.finding import document_or_404, draft_or_refusal
from register.ui.listing import page_of

STATES = {"waiting": "Not closed", **dict(CommentState.choices)}


@require_safe
def comments(request: HttpRequest, ref: str) -> HttpResponse:
    """The comments by part, those not closed or all of them."""
    version = version_or_404(request, ref)
    asked = request.GET.get("state", "")
    rows = Comment.objects.filter(version=version).select_related("returned")
    if asked == "waiting":
        rows = rows.unsettled()
    elif asked in STATES:
        rows = rows.filter(state=asked)
    context = words_of(version) | {
        "title": "Comments",
        "page": page_of(rows, order=("place", "part", "pk"), asked=request.GET.dict(), size=50),
        "figures": figures_of(version),
        "states": list(STATES.items()),
        "state": asked if asked in STATES else "",
        "may_settle": may_settle(request.user, version),
        "may_consult": may_consult(request.user, version),
        "returned": list(version.returned_files.select_related("organisation")),
    }
    return render(request, "consultation/comments.html", context)


@require_safe
def export(request: HttpRequest, ref: str) -> StreamingHttpResponse:
    """The comments as a CSV file."""
    version = version_or_404(request, ref)
    parts = (part.encode() for part in csv_lines(sheet.HEADER, sheet.rows_of(version)))
    answer = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    name = f"{ref} version {version.number} comments.csv"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@asks
def answer(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Answer a comment."""
    row = comment_or_404(request, ref, pk)
    back = _address(row)
    return edit_page(
        request, AnswerForm, template="consultation/answer.html",
        initial={"answer": row.answer, "row_version": row.row_version},
        act=partial(commenting.answer, by=request.user, comment=row),
        title="Answer the comment", button="Save answer", to=back, back=back,
        context=words_of(row.version) | {"comment": row},
    )  # fmt: skip


@asks
def close(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Close a comment."""
    return _at_once(request, ref, pk, commenting.close)


@asks
def reopen(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Open a closed comment again."""
    return _at_once(request, ref, pk, commenting.reopen)


@asks
def take_over(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Show what a suggestion would change, and take it over."""
    row = comment_or_404(request, ref, pk)
    back = _address(row)
    before, after, why_not = _change(row)
    return edit_page(
        request, ChangedForm, template="consultation/take_over.html",
        initial={"row_version": row.row_version},
        act=partial(commenting.take_over, by=request.user, comment=row),
        title="Take over the suggestion?", button="Take over the suggestion", to=back, back=back,
        done="The suggestion is in the draft, and the comment is closed.",
        context=words_of(row.version)
        | {"comment": row, "before": before, "after": after, "why_not": why_not, "unsaved_page": ""},
    )  # fmt: skip


def version_or_404(request: HttpRequest, ref: str) -> Version:
    """The version whose comments are asked for: by number, else what is prepared, else the newest."""
    document = document_or_404(request, ref)
    versions = readable_versions(request.user, document)
    number = request.GET.get("version", "")
    if number.isdigit():
        found = versions.filter(number=int(number[:9])).first()
    else:
        found = versions.filter(state__in=PREPARING).first() or versions.first()
    if found is None:
        raise Http404("There is no such version, or you may not read it.")
    found.document = document
    require(may_read(request.user, found))
    return found


def comment_or_404(request: HttpRequest, ref: str, pk: int) -> Comment:
    """A comment on the draft of an entry; 403 with the reason where somebody may not settle it."""
    version = draft_or_refusal(request, ref)
    row = get_object_or_404(Comment.objects.filter(version=version), pk=pk)
    row.version = version
    require(may_settle(request.user, version))
    return row


def words_of(version: Version) -> dict:
    """What every page about the comments of a version says of it."""
    document = version.document
    return {
        "document": document,
        "version": version,
        "caption": f"{document.reference} · version {version.number}",
    }


def _at_once(request: HttpRequest, ref: str, pk: int, act) -> HttpResponse:
    row = comment_or_404(request, ref, pk)
    if request.method == "POST":
        act(by=request.user, comment=row)
    return redirect(_address(row))


def _change(row: Comment) -> tuple[str, str, str]:
    """The text of the part before and after, and why it cannot be changed, where it cannot."""
    try:
        target, name = commenting.target_of(row)
        before = getattr(target, name)
        return before, commenting.words_after(row, before), ""
    except ValidationError as error:
        return "", "", " ".join(error.messages)


def _address(row: Comment) -> str:
    page = reverse("consultation:comments", args=[row.version.document.reference])
    return f"{page}#comment-{row.pk}"
