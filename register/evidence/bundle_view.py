"""The bundle of evidence of a version, as a download."""

from __future__ import annotations

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from register.documents.permissions import readable_versions
from register.documents.views.finding import document_or_404
from register.evidence.bundle import Bundle
from register.ledger.access import note_access


@require_safe
def bundle(request: HttpRequest, ref: str, number: int) -> StreamingHttpResponse:
    """Everything that is needed to check a version without the register, for who may read it."""
    document = document_or_404(request, ref)
    versions = readable_versions(request.user, document).select_related("body")
    version = get_object_or_404(versions, number=number)
    if version.frozen_at is None:
        raise Http404("Its text was never frozen: there is nothing to check yet.")
    version.document = document
    made = Bundle(version, user=request.user)
    if request.method == "GET":
        note_access(
            kind="bundle.exported", user=request.user, path=request.path, detail=str(version)
        )
    # The verifying of what is sent happens elsewhere: it goes out as it is made, in bounded memory.
    answer = StreamingHttpResponse(made.pieces(), content_type="application/zip")
    answer["Content-Disposition"] = content_disposition_header(True, f"{made.stem}.zip")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
