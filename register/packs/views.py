"""Papers of an entry: the signed copy at an address that stays, sheets, and release copies."""

from __future__ import annotations

import json
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_POST, require_safe

from register.core.verdicts import require
from register.documents.models import Version
from register.documents.permissions import readable_versions
from register.documents.views.conversation import asks, edit_page
from register.documents.views.files import file_answer
from register.documents.views.finding import document_or_404
from register.packs import services
from register.packs.forms import ReleaseForm
from register.packs.kinds import RELEASE, SHEETS
from register.packs.models import Release
from register.packs.permissions import may_release
from register.packs.plain import summary_text
from register.packs.releasing import released as released_text
from register.packs.signed_copy import SignedCopy, signed_copy, why_none
from register.packs.withholding import parts_of
from register.printing import services as printing
from register.printing.framing import content_of
from register.printing.refusals import PrintFailed

# No store keeps it, as with everything behind a sign-in; programs that hold a copy ask by its ETag.
FRESH = "private, no-store"


@require_safe
def signed(request: HttpRequest, ref: str) -> HttpResponse:
    """The governing signed copy of an entry, always at this address; 404 with a sentence for none."""
    document = document_or_404(request, ref)
    found = signed_copy(document)
    if found is None:
        words = {"document": document, "sentence": why_none(document)}
        answer = render(request, "packs/no_signed_copy.html", words, status=404)
        answer["Cache-Control"] = FRESH
        return answer
    return _copy(request, found)


@require_POST
def paper(request: HttpRequest, ref: str, number: int, form: str) -> HttpResponse:
    """Ask for a sheet of a version: its one-page summary, staff sheet or poster."""
    version = _version(request, ref, number)
    if (sheet := SHEETS.get(form)) is None:
        raise Http404("There is no such sheet.")
    require(sheet.has(version))
    return redirect(printing.ask(user=request.user, versions=[version], paper=sheet.code))


@require_safe
def as_text(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """The summary of a version as text, to copy into an e-mail."""
    version = _version(request, ref, number)
    context = {
        "title": "Summary as text",
        "caption": f"{version.document.reference} · {version.title}",
        "text": summary_text(version),
        "back": version.document.get_absolute_url(),
    }
    return render(request, "packs/as_text.html", context)


@asks
def release(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Say what a release copy withholds."""
    version = _version(request, ref, number)
    require(may_release(request.user, version))
    parts = parts_of(json.loads(content_of(version)))
    return edit_page(
        request, partial(ReleaseForm.of(parts), parts=parts),
        act=partial(services.release, by=request.user, version=version),
        title=f"Release copy of {version}", button="Make the release copy", template="packs/release.html",
        to=lambda made: made.get_absolute_url(), back=version.document.get_absolute_url(),
        done="The release copy is decided. Read it through before you send it.",
        context={"caption": version.document.reference, "version": version,
                 "earlier": Release.objects.filter(version__document=version.document)},
    )  # fmt: skip


@require_safe
def released(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """What a release copy withholds and whose names it replaces, with the button that prints it."""
    made = _release(request, ref, pk)
    context = {"release": made, "title": f"Release copy of {made.version}"}
    try:
        *_, names = released_text(made)
        context["names"] = sorted(names)
    except PrintFailed as failed:
        context["refusal"] = failed.sentence
    return render(request, "packs/released.html", context)


@require_POST
def print_release(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask for the PDF of a release copy."""
    made = _release(request, ref, pk)
    require(may_release(request.user, made.version))
    asked = printing.ask(user=request.user, versions=[made.version], paper=RELEASE, about=made.pk)
    return redirect(asked)


def _version(request: HttpRequest, ref: str, number: int) -> Version:
    document = document_or_404(request, ref)
    version = get_object_or_404(readable_versions(request.user, document), number=number)
    version.document = document
    return version


def _release(request: HttpRequest, ref: str, pk: int) -> Release:
    document = document_or_404(request, ref)
    rows = Release.objects.visible_to(request.user).select_related("version__document__lead")
    return get_object_or_404(rows, pk=pk, version__document=document)


def _copy(request: HttpRequest, found: SignedCopy) -> HttpResponse:
    etag = f'"{found.file.sha256}"'
    answer = get_conditional_response(request, etag=etag) or file_answer(found.file, found.name)
    answer["Content-Location"] = found.address
    answer["ETag"] = etag
    answer["Last-Modified"] = http_date(found.since.timestamp())
    answer["Cache-Control"] = FRESH
    return answer
