"""Comparing two moments of an entry, and putting an earlier wording back."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from register.core.dates import add_months, today, words
from register.core.verdicts import require
from register.documents.permissions import may_draft, may_edit_version
from register.past.between import between
from register.past.forms import PutBackForm, TwoMomentsForm
from register.past.moments import Moment
from register.past.restoring import Wording, editable_of, wording
from register.past.services import put_back
from register.past.then import then
from register.past.views.entry import document_or_404
from register.past.views.listing import moment_or_404
from register.ui.pages import form_page


@require_safe
def compare(request: HttpRequest, ref: str) -> HttpResponse:
    """What differs in an entry between the ends of two days."""
    document = document_or_404(request, ref)
    days = {"since": add_months(today(), -12), "until": today()}
    is_asked = bool({"since", "until"} & set(request.GET))
    typed = {"until": words(today()), **request.GET.dict()}
    form = TwoMomentsForm(typed) if is_asked else TwoMomentsForm(initial=days)
    if is_asked and not form.is_valid():
        context = {"title": _title(document), "document": document, "form": form}
        return render(request, "past/compare.html", context, status=422)
    asked = form.cleaned_data if is_asked else days
    since, until = Moment(asked["since"]), Moment(asked["until"])
    found = between(request.user, document, since, until)
    context = {
        "title": _title(document),
        "document": document,
        "form": form,
        "since": since,
        "until": until,
        "found": found,
        "difference": found.difference if found else None,
    }
    return render(request, "past/compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, when: str, ref: str, key: str) -> HttpResponse:
    """Put the wording of a clause or a section back as it was at a moment."""
    moment, document = moment_or_404(when), document_or_404(request, ref)
    require(may_draft(request.user, document))
    draft = editable_of(document)
    if draft is None:
        raise Http404("It has no draft to put a wording back into.")
    require(may_edit_version(request.user, draft))
    number = request.GET.get("version", "")
    chosen = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else None
    found = then(request.user, document, moment, chosen)
    piece = wording(request.user, document, found, key) if found else None
    if piece is None:
        raise Http404("The draft says the same by now, or has no such part.")
    back = reverse("past:entry", args=[moment.code, document.reference])
    return form_page(
        request,
        PutBackForm,
        act=partial(put_back, by=request.user, piece=piece, moment=moment),
        title="Put this wording back",
        button="Put this wording back",
        done=f"{piece.name} reads again as it did on {moment.words}.",
        to=reverse("documents:draft", args=[document.reference]),
        back=back,
        template="past/put_back.html",
        initial={"row_version": piece.row.row_version},
        context={"piece": piece, "moment": moment, "document": document, "pairs": _pairs(piece)},
    )


def _pairs(piece: Wording) -> list[dict]:
    """Each part of the wording that differs: its name, and its words now and then."""
    return [
        {"name": piece.row._meta.get_field(name).verbose_name, "now": piece.now[name], "then": was}
        for name, was in piece.then.items()
        if piece.now[name] != was
    ]


def _title(document) -> str:
    return f"What changed in {document.reference}"
