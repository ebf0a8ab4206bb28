"""The draft as those who are consulted read it, with a page to comment on each part of it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from register.consultation.forms import CommentForm, ResponseForm
from register.consultation.models import Comment
from register.consultation.parts import WHOLE, parts_in, sections_in, shown_body
from register.consultation.permissions import may_comment, may_respond
from register.consultation.services import asking, commenting
from register.consultation.views.desk import Desk
from register.consultation.word_out import word_file
from register.core.verdicts import require
from register.documents.files import DOCX
from register.documents.models import TextKind
from register.documents.views.conversation import edit_page
from register.documents.views.files import file_answer
from register.ui.pages import form_page


def read_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The text with its contents; under each part what was said about it."""
    version = desk.version
    body = shown_body(version)
    said = _said(desk)
    sections = [
        {"section": section, "parts": [_row(desk, part, said) for part in section.parts]}
        for section in sections_in(body)
    ]
    known = parts_in(body)
    context = _words(desk) | {
        "title": version.title,
        "body": body,
        "sections": sections,
        "whole": _row(desk, known[WHOLE], said),
        "gone": [row for code, rows in said.items() if code not in known for row in rows],
        "may_comment": may_comment(desk.by, version),
        "may_respond": may_respond(desk.by, version),
        "respond_url": desk.url("respond"),
        "word_url": desk.url("word"),
        "file_url": desk.url("file"),
        "count": sum(map(len, said.values())),
    }
    return render(request, "consultation/read.html", context)


def comment_page(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Comment on one part."""
    version = desk.version
    require(may_comment(desk.by, version))
    part = parts_in(shown_body(version)).get(code)
    if part is None and request.method != "POST":
        raise Http404("That part is not in the draft any more.")
    back = f"{desk.url('read')}#{code}"
    label = part.label if part else "The whole draft"
    return _ask(
        request, desk, partial(CommentForm, with_words=bool(part and part.takes_suggestions)),
        act=partial(commenting.comment, by=desk.by, version=version, part=code),
        title=f"Comment on {label[:1].lower()}{label[1:]}", button="Send comment",
        done="Your comment is sent.", to=back, back=back,
        context={"part": part, "said": _said(desk).get(code, [])},
    )  # fmt: skip


def respond_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Say what one thinks of the whole draft."""
    require(may_respond(desk.by, desk.version))
    back = desk.url("read")
    consultee = desk.consultee
    return _ask(
        request, desk, ResponseForm,
        initial={"response": consultee.response if consultee else ""},
        act=partial(asking.respond, by=desk.by, version=desk.version),
        title="Respond to the consultation", button="Send response",
        done="Your response is sent. You can change it while the consultation is open.",
        to=back, back=back,
    )  # fmt: skip


def word_answer(desk: Desk) -> HttpResponse:
    """The draft as a Word file, as a download that nobody keeps."""
    version = desk.version
    content = word_file(version, shown_body(version))
    name = f"{version.document.reference} version {version.number} draft.docx"
    answer = HttpResponse(content, content_type=DOCX)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def governing_answer(desk: Desk) -> HttpResponse:
    """The governing file as a download; 404 for a draft of clauses."""
    version = desk.version
    if version.text_kind != TextKind.FILE or version.governing_file is None:
        raise Http404("That draft has no governing file.")
    return file_answer(version.governing_file, version.governing_file_name)


def gone_page(request: HttpRequest) -> HttpResponse:
    """Say that a link or a consultation is over, and give back what was typed."""
    typed = [
        (name.replace("_", " ").capitalize(), "\n".join(values))
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and any(values)
    ]
    return render(request, "consultation/gone.html", {"typed": typed}, status=410)


def too_much(request: HttpRequest) -> HttpResponse:
    """Say that somebody asked too often."""
    return render(request, "consultation/too_much.html", {}, status=429)


def _ask(request: HttpRequest, desk: Desk, make, **words) -> HttpResponse:
    words["context"] = _words(desk) | words.get("context", {})
    template = "consultation/ask.html"
    if not desk.token:
        return edit_page(request, make, template=template, **words)
    # A guest has no login: nothing is kept of their typing but what they send.
    try:
        return form_page(request, make, template=template, **words)
    except PermissionDenied:
        messages.get_messages(request).used = True
        return gone_page(request)


def _words(desk: Desk) -> dict:
    version = desk.version
    return {
        "desk": desk,
        "version": version,
        "document": version.document,
        "consultee": desk.consultee,
        "read_url": desk.url("read"),
        "is_guest": bool(desk.token),
        "caption": f"{version.document.reference} · version {version.number}",
    }


def _row(desk: Desk, part, said: dict[str, list[Comment]]) -> dict:
    return {"part": part, "url": desk.url("comment", part.code), "said": said.get(part.code, [])}


def _said(desk: Desk) -> dict[str, list[Comment]]:
    found: dict[str, list[Comment]] = {}
    for row in Comment.objects.filter(version=desk.version).order_by("place", "part", "pk"):
        found.setdefault(row.part, []).append(row)
    return found
