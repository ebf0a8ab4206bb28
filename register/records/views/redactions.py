"""Redactions: the list, asking for one, and the second person's decision."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.accounts.roles import EDIT_FOR
from register.core.verdicts import YES, Verdict, require
from register.directory.reach import reach_of
from register.documents.models import Document
from register.records.elsewhere import typed_or_sent
from register.records.forms import AskForm, FindTextForm, ReasonForm, RemarkForm
from register.records.models import RedactionRequest, RedactionState
from register.records.permissions import (
    may_ask_redaction,
    may_decide_redaction,
    may_keep_records,
    may_read_records,
    may_withdraw_redaction,
)
from register.records.places import Place, escape_signs, files_to_look_at, other_places, places_of
from register.records.services import redactions as services
from register.records.views.finding import asks, request_or_404, requests_for
from register.ui.listing import page_of, size_of
from register.ui.pages import UNPROCESSABLE, add_errors, form_page


@require_safe
def redactions(request: HttpRequest) -> HttpResponse:
    """Every redaction that was asked for, the newest first; none shows its text."""
    if not requests_for(request).filter(asked_by__user=request.user).exists():
        require(may_read_records(request.user))
    asked = request.GET.dict()
    page = page_of(requests_for(request), order=["-pk"], asked=asked, size=size_of(asked))
    context = {"title": "Redactions", "page": page, "may_ask": _may_ask(request)}
    return render(request, "records/redactions.html", context)


@asks
def ask(request: HttpRequest) -> HttpResponse:
    """Find a text in an entry, choose where it goes, and ask for it."""
    require(_may_ask(request))
    if request.method != "POST":
        initial = {"entry": request.GET.get("entry", "")[:30]}
        return _ask_page(request, FindTextForm(initial=initial))
    is_asking = "ask" in request.POST
    form: FindTextForm = (AskForm if is_asking else FindTextForm)(request.POST)
    if not form.is_valid():
        return _ask_page(request, form)
    document = _document(request, form)
    if document is None:
        return _ask_page(request, form)
    require(may_ask_redaction(request.user, document))
    return _sent(request, form, document) if is_asking else _found(request, form, document)


@require_safe
def redaction(request: HttpRequest, pk: int) -> HttpResponse:
    """One redaction: why, where, who decided, and what was changed."""
    row = request_or_404(request, pk)
    decides = may_decide_redaction(request.user, row)
    withdraws = may_withdraw_redaction(request.user, row)
    # Whoever lost sight of the entry since reads nothing of it here.
    knows = Document.objects.visible_to(request.user).filter(pk=row.document_id).exists()
    reads_text = bool(row.text) and knows and bool(decides or withdraws)
    context = {
        "title": f"Redaction of {row.document.reference}", "row": row, "decides": decides,
        "withdraws": withdraws, "reads_text": reads_text,
        "is_open": row.state == RedactionState.ASKED,
        "elsewhere": row.elsewhere if _decided(request, row) else "",
    }  # fmt: skip
    if reads_text:
        chosen = {"|".join(target) for target in row.targets}
        found = places_of(row.document, row.text)
        context |= {
            "places": [place for place in found if place.value in chosen],
            "left": [place for place in found if place.value not in chosen],
            "others": other_places(row.document, row.text)
            + (typed_or_sent(row.document, row.text) if decides else []),
        }
    return render(request, "records/redaction.html", context)


@asks
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a redaction as the second person."""
    return _decide(
        request, pk, services.approve, RemarkForm, title="Approve the redaction of {0}?",
        button="Approve the redaction", done="Approved. The worker takes the text out.",
        danger=True, intro="What is taken out cannot be brought back.",
    )  # fmt: skip


@asks
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a redaction as the second person."""
    return _decide(
        request, pk, services.refuse, ReasonForm, title="Refuse the redaction of {0}?",
        button="Refuse the redaction", done="The redaction is refused. Nothing was touched.",
    )  # fmt: skip


@asks
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one asked for."""
    row = request_or_404(request, pk)
    require(may_withdraw_redaction(request.user, row))
    if request.method == "POST":
        services.withdraw(by=request.user, request=row)
        return redirect(row.get_absolute_url())
    context = {"title": f"Withdraw the redaction of {row.document}?", "row": row}
    return render(request, "records/withdraw.html", context)


def _decide(request: HttpRequest, pk: int, act, form, *, title, button, done, **context):
    row = request_or_404(request, pk)
    require(may_decide_redaction(request.user, row))
    return form_page(
        request, form, act=partial(act, by=request.user, request=row),
        title=title.format(row.document), button=button, done=done, to=row.get_absolute_url(),
        back=row.get_absolute_url(), context=context,
    )  # fmt: skip


def _decided(request: HttpRequest, row: RedactionRequest) -> bool:
    """Whether the reader is who decided it: they alone learn where else the text stands."""
    person = getattr(request.user, "person", None)
    return person is not None and person.pk == row.decided_by_id


def _may_ask(request: HttpRequest) -> Verdict:
    reach = reach_of(request.user)
    if reach.is_register_officer() or reach.bodies(EDIT_FOR):
        return YES
    return may_keep_records(request.user)


def _document(request: HttpRequest, form: FindTextForm) -> Document | None:
    known = Document.objects.visible_to(request.user).select_related("partnership", "lead")
    found = known.filter(reference__iexact=form.cleaned_data["entry"].strip()).first()
    if found is None:
        form.add_error("entry", "There is no entry of that reference that you may know of.")
    return found


def _found(request: HttpRequest, form: FindTextForm, document: Document) -> HttpResponse:
    text = form.cleaned_data["text"]
    try:
        services.check_text(text)
    except ValidationError as error:
        add_errors(form, error)
        return _ask_page(request, form)
    places = _places(form, document)
    if not places:
        # In a formatted text these signs are stored as a browser reads them.
        form.cleaned_data["text"] = escape_signs(text)
        places = _places(form, document)
    if not places:
        form.add_error("text", f"That text stands nowhere in {document}. Copy it as it stands.")
        return _ask_page(request, form)
    again = AskForm(initial=form.cleaned_data)
    return _ask_page(request, again, document, places, {place.value for place in places})


def _sent(request: HttpRequest, form: FindTextForm, document: Document) -> HttpResponse:
    chosen = request.POST.getlist("places")
    asked = form.cleaned_data
    try:
        made = services.ask(
            by=request.user, document=document, text=asked["text"], places=chosen,
            reason=asked["reason"],
        )  # fmt: skip
    except ValidationError as error:
        add_errors(form, error)
        return _ask_page(request, form, document, _places(form, document), set(chosen))
    return redirect(made.get_absolute_url())


def _places(form: FindTextForm, document: Document) -> list[Place]:
    found = places_of(document, form.cleaned_data["text"])
    if number := form.cleaned_data.get("version"):
        keys = set(document.versions.filter(number=number).values_list("pk", flat=True))
        found = [place for place in found if place.version in keys]
    return found


def _ask_page(
    request: HttpRequest, form, document: Document | None = None,
    places: list[Place] | None = None, chosen: set[str] | None = None,
) -> HttpResponse:  # fmt: skip
    context: dict[str, object] = {
        "title": "Ask for a redaction", "form": form, "places": places, "chosen": chosen,
        "back": reverse("records:redactions"), "document": document,
    }  # fmt: skip
    if document is not None and places is not None:
        text = form["text"].value() or ""
        context |= {
            "others": other_places(document, text), "files": files_to_look_at(document),
        }  # fmt: skip
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "records/ask.html", context, status=status)
