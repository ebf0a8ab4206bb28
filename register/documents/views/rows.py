"""What every list of a draft can do with a row: take it out, move it, say that it is gone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from register.documents.forms.life import ConfirmForm
from register.documents.services import content
from register.documents.views.conversation import refused
from register.documents.views.drafting import task_page


def remove_page(request: HttpRequest, row, word: str, *, to: str) -> HttpResponse:
    """Ask whether a row is to be taken out of a draft, and take it out."""
    label = str(row)
    return task_page(
        request, row.version, ConfirmForm, f"Remove this {word}?",
        act=lambda: content.remove_item(by=request.user, row=row), to=to, back=to,
        done=f"Removed: {label}.",
        context={
            "intro": f"{label[:1].upper()}{label[1:]} leaves the draft. Its wording stays in the history.",
            "button": f"Remove this {word}",
            "danger": True,
            "unsaved_page": "",
        },
    )  # fmt: skip


def move_page(request: HttpRequest, row, *, to: str) -> HttpResponse:
    """Move a row one place up or down and go back to the list."""
    if request.method != "POST":
        return redirect(to)
    content.move_item(by=request.user, row=row, up=request.POST.get("to") == "up")
    return redirect(f"{to}#row-{row.pk}")


def gone(request: HttpRequest) -> HttpResponse:
    """Say that a row is not there any more, and give back what was typed for it."""
    if request.method != "POST":
        raise Http404("That row is not in the draft any more.")
    reason = "Somebody else has removed it while you were writing. Nothing was saved."
    return refused(request, reason, status=409)
