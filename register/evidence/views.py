"""The public page where anybody checks a copy, by its code or its file; and sealed PDFs as they are kept."""

from __future__ import annotations

from functools import wraps

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from register.core.codes import read_code
from register.documents.permissions import readable_versions
from register.documents.views.files import file_answer
from register.documents.views.finding import document_or_404
from register.evidence.bounded import Busy
from register.evidence.forms import CodeForm, FileForm, too_large
from register.evidence.ledger_head import newest_digest
from register.evidence.models import Seal
from register.evidence.phrases import MEANINGS
from register.evidence.public import UNKNOWN, standing_of, versions_with
from register.evidence.services.visits import may_ask
from register.evidence.uploads import answer_about

TOO_OFTEN = (
    "Too many copies were checked from your address within this hour. Try again in the next hour."
)
BUSY = "Other copies are being checked now. Try again in a minute."
TOO_MANY, UNPROCESSABLE, TOO_LARGE, NOT_NOW = 429, 422, 413, 503
AROUND_THE_FILE = 64 * 1024
HOUR_SECONDS = 3600


def open_to_all(view):
    """A page for anybody, with or without a sign-in, that no store keeps and no search engine lists."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response

    return login_not_required(answer)


# Nothing is changed here and nobody's rights are used: programs may ask without a token of a page.
@csrf_exempt
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Where a copy is checked: by the code printed on it, or by the PDF itself."""
    if request.method == "POST":
        return _check_file(request)
    if "code" not in request.GET:
        return _page(request)
    form = CodeForm(request.GET)
    if not form.is_valid():
        return _page(request, code_form=form, form=form, status=UNPROCESSABLE)
    to = redirect("evidence:code", form.cleaned_data["code"])
    to["Location"] += "?format=json" if request.GET.get("format") == "json" else ""
    return to


@open_to_all
@require_safe
def code(request: HttpRequest, text_code: str) -> HttpResponse:
    """How the text with a short code stands today."""
    if not may_ask(_address(request)):
        return _refused(request, TOO_OFTEN, TOO_MANY)
    standings = [standing_of(each, user=request.user) for each in versions_with(text_code)]
    status = 200 if standings else 404
    if _is_for_programs(request):
        told = [one.facts | {"sentence": one.sentence} for one in standings]
        return JsonResponse(
            told[0] if told else {"state": "unknown", "sentence": UNKNOWN}, status=status
        )
    words = {
        "title": "Is this copy current?",
        "code": read_code(text_code),
        "standings": standings,
        "unknown": UNKNOWN,
    }
    return render(request, "evidence/code.html", words, status=status)


@open_to_all
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The newest digest of the ledger, for programs."""
    return JsonResponse(newest_digest().as_answer())


@require_safe
def sealed(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """The sealed PDF of a version, as it was stored, for who may read the version."""
    document = document_or_404(request, ref)
    version = get_object_or_404(readable_versions(request.user, document), number=number)
    seal = Seal.objects.select_related("file").filter(version=version).first()
    if seal is None:
        raise Http404("That version has no sealed PDF.")
    if seal.taken_away_at:
        words = {"title": "The sealed PDF was taken away", "seal": seal, "version": version}
        return render(request, "evidence/taken_away.html", words, status=410)
    return file_answer(seal.file, seal.name)


def _check_file(request: HttpRequest) -> HttpResponse:
    if not may_ask(_address(request)):
        return _refused(request, TOO_OFTEN, TOO_MANY)
    if _length(request) > settings.UPLOAD_LIMIT_BYTES + AROUND_THE_FILE:
        return _refused(request, too_large(), TOO_LARGE)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(request, str(form.errors["file"][0]), UNPROCESSABLE)
    try:
        answer = answer_about(form.cleaned_data["file"].chunks(), user=request.user)
    except Busy:
        return _refused(request, BUSY, NOT_NOW)
    if _is_for_programs(request):
        return JsonResponse(answer.as_answer())
    return _page(request, answer=answer)


def _page(request: HttpRequest, status: int = 200, **words) -> HttpResponse:
    words = {"code_form": CodeForm(), "file_form": FileForm(), **words}
    words |= {
        "title": "Check a copy",
        "digest": newest_digest(),
        "meanings": MEANINGS.items(),
        "limit_mb": settings.UPLOAD_LIMIT_BYTES // (1024 * 1024),
    }
    return render(request, "evidence/verify.html", words, status=status)


def _refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    if _is_for_programs(request):
        answer: HttpResponse = JsonResponse({"sentence": sentence}, status=status)
    else:
        answer = _page(request, refusal=sentence, status=status)
    if status == TOO_MANY:
        answer["Retry-After"] = str(HOUR_SECONDS)
    return answer


def _is_for_programs(request: HttpRequest) -> bool:
    if request.GET.get("format") == "json":
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() else 0


def _address(request: HttpRequest) -> str:
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return "unknown"
