"""Pages by which an administrator takes everything away, and releases a restored copy."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from register.core.verdicts import require
from register.everything import services
from register.everything.models import ExportState
from register.everything.permissions import may_export_everything, own_exports
from register.everything.selection import left_out_list
from register.ledger.access import note_access

LOOK_AGAIN_SECONDS = 5
SHOWN = 20


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """The reader's own exports, newest first; and, in a restored copy, how to release it."""
    require(may_export_everything(request.user))
    rows = list(own_exports(request.user)[:SHOWN])
    copy = services.waiting_copy()
    words = {
        "title": "Everything in one file",
        "rows": rows,
        "kept_days": services.KEPT_DAYS,
        "secrets": [row["what"] for row in left_out_list() if row["why"].startswith("secret")],
        "copy": copy,
        "old_messages": services.old_messages(copy).count() if copy else 0,
    }
    response = render(request, "everything/exports.html", words)
    if any(row.is_moving for row in rows):
        # The page looks again by itself, without any script.
        response["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return response


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an export of everything."""
    try:
        services.ask(by=request.user)
    except ValidationError as refused:
        messages.info(request, " ".join(refused.messages))
    else:
        messages.success(request, "Your export is being made. This page says when it is ready.")
    return redirect("everything:exports")


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, for the one who asked for it and may still export everything; it is noted."""
    require(may_export_everything(request.user))
    row = get_object_or_404(own_exports(request.user), pk=pk, state=ExportState.DONE)
    if not default_storage.exists(row.path):
        raise Http404
    note_access(
        kind="everything.downloaded", user=request.user, path=request.path, detail=row.sha256
    )
    answer = FileResponse(
        default_storage.open(row.path),
        as_attachment=True,
        filename=row.name,
        content_type="application/zip",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Let a restored copy send messages and do its work again."""
    try:
        copy = services.release(
            by=request.user,
            is_old_mail_sent=request.POST.get("old") == "send",
            is_inviting=request.POST.get("invite") == "yes",
        )
    except ValidationError as refused:
        messages.info(request, " ".join(refused.messages))
    else:
        old = "are sent" if copy.is_old_mail_sent else "are left out"
        messages.success(request, f"The copy is released. Messages from before {old}.")
    return redirect("everything:exports")
