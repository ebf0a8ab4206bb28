"""Signed files of an old register: the ZIP, what was matched, what is not, and what became of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from register.core.verdicts import require
from register.documents.models import Document
from register.exchange.files import services
from register.exchange.files.forms import BundleForm, MatchForm
from register.exchange.models import Bundle, BundledFile, BundleState, FileState
from register.exchange.permissions import importable_partnerships, may_import
from register.exchange.views.imports import LOOK_AGAIN_SECONDS
from register.ui.listing import page_of, size_of
from register.ui.pages import form_page

LARGEST_TIMES = 20  # a ZIP may be as large as so many of the largest files
ASKED_AT_ONCE = 25


@require_safe
def bundles(request: HttpRequest) -> HttpResponse:
    """The bundles of signed files of the reader's partnerships, newest first."""
    require(may_import(request.user))
    rows = _visible(request.user).select_related("partnership", "requested_by__person")
    page = page_of(rows.annotate(count=Count("files")), order=["-requested_at", "-pk"],
                   asked=request.GET, size=size_of(request.GET))  # fmt: skip
    return render(request, "exchange/bundles.html", {"title": "Signed files", "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new_bundle(request: HttpRequest) -> HttpResponse:
    """Send a ZIP of signed files in."""
    require(may_import(request.user))
    return form_page(
        request,
        partial(BundleForm, user=request.user),
        act=partial(_take_in, by=request.user),
        title="Attach signed files",
        button="Read the ZIP",
        to=lambda bundle: bundle.get_absolute_url(),
        back=reverse("exchange:bundles"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def show_bundle(request: HttpRequest, pk: int) -> HttpResponse:
    """One bundle: to which entry each file goes; those that were not matched ask for theirs."""
    bundle = _bundle_or_404(request, pk)
    open_files = _asked_about(request, bundle)
    asked = list(open_files[:ASKED_AT_ONCE])
    make, keep = _asking(request, bundle, asked)
    response = form_page(
        request,
        make,
        act=keep,
        title=bundle.name,
        button="Keep these choices",
        done="The choices are kept.",
        to=bundle.get_absolute_url(),
        template="exchange/bundle.html",
        back=reverse("exchange:bundles"),
        context=_words(request, bundle) | {"more": max(0, open_files.count() - len(asked))},
    )
    if bundle.is_moving:
        # The page looks again by itself, without any script.
        response["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return response


@require_POST
def confirm_bundle(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the matched files be attached to their entries."""
    confirm = partial(services.confirm, seen=request.POST.get("seen", ""))
    return _do(request, pk, confirm, "The matched files are being attached.")


@require_POST
def discard_bundle(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach none of the files."""
    return _do(request, pk, services.discard, "The files are left out. Nothing was attached.")


def _asking(
    request: HttpRequest, bundle: Bundle, asked: list[BundledFile]
) -> tuple[Callable[..., MatchForm], Callable[..., None]]:
    """What makes the form that asks for the entries of files, and what keeps its answers."""
    likely = {pk for file in asked for pk in file.likely}
    entries = Document.objects.visible_to(request.user).in_bulk(likely)
    made: list[MatchForm] = []

    def make(data=None, files=None, initial=None) -> MatchForm:
        made.append(MatchForm(data, files, initial=initial, files=asked, entries=entries))
        return made[-1]

    def keep(**_cleaned) -> None:
        references, left_out = made[-1].said()
        services.choose(by=request.user, bundle=bundle, references=references, left_out=left_out)

    return make, keep


def _asked_about(request: HttpRequest, bundle: Bundle) -> QuerySet[BundledFile]:
    """The files that were not matched, or the one whose entry is to be changed."""
    if not bundle.is_open:
        return bundle.files.none()
    key = request.GET.get("file", "")
    if key.isdecimal() and len(key) < 18:
        found = bundle.files.filter(pk=int(key))
        return found if any(file.may_change for file in found) else found.none()
    return bundle.files.filter(state=FileState.UNMATCHED).order_by("pk")


def _words(request: HttpRequest, bundle: Bundle) -> dict:
    counts = dict(bundle.files.order_by().values_list("state").annotate(count=Count("pk")))
    shown = request.GET.get("show", "")
    files = bundle.files.select_related("document")
    if shown in FileState.values:
        files = files.filter(state=shown)
    page = page_of(files, order=["pk"], asked=request.GET, size=size_of(request.GET))
    by_state = [(code, label, counts.get(code, 0)) for code, label in FileState.choices]
    return {
        "bundle": bundle,
        "counts": [each for each in by_state if each[2]],
        "total": sum(counts.values()),
        "waiting": counts.get(FileState.WAITING, 0),
        "is_found": bundle.state == BundleState.FOUND,
        "page": page,
        "shown": shown,
        "is_one": "file" in request.GET,
    }


def _take_in(*, by, partnership, file: UploadedFile) -> Bundle:
    if (file.size or 0) > LARGEST_TIMES * settings.UPLOAD_LIMIT_BYTES:
        limit = LARGEST_TIMES * settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
        raise ValidationError({"file": f"The ZIP is larger than {limit} MB. Send it in parts."})
    with tempfile.NamedTemporaryFile(prefix="bundle-") as copy:
        for part in file.chunks():
            copy.write(part)
        copy.flush()
        name = file.name or "files.zip"
        return services.take_in(by=by, partnership=partnership, path=Path(copy.name), name=name)


def _visible(user) -> QuerySet[Bundle]:
    return Bundle.objects.filter(partnership__in=importable_partnerships(user))


def _bundle_or_404(request: HttpRequest, pk: int) -> Bundle:
    require(may_import(request.user))
    return get_object_or_404(_visible(request.user).select_related("partnership"), pk=pk)


def _do(request: HttpRequest, pk: int, service, done: str) -> HttpResponse:
    bundle = _bundle_or_404(request, pk)
    try:
        service(by=request.user, bundle=bundle)
    except ValidationError as refused:
        messages.info(request, " ".join(refused.messages))
    else:
        messages.success(request, done)
    return redirect(bundle.get_absolute_url())
