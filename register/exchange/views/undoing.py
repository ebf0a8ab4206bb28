"""Undoing a whole import: what would happen, or which entries stand in its way."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods

from register.core.verdicts import require
from register.exchange import kinds, undoing
from register.exchange.views.imports import import_or_404
from register.ui.forms import Form
from register.ui.pages import form_page

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what undoing an import would do, and do it."""
    row = import_or_404(request, pk)
    require(undoing.may_undo(request.user, row))
    # Read when the page is shown: once it was asked to be undone nobody looks.
    found = SimpleLazyObject(lambda: undoing.built_on(row))
    return form_page(
        request,
        Form,
        act=partial(undoing.ask_to_undo, by=request.user, row=row),
        title="Undo the import",
        button="Undo the import",
        done="The import is being undone.",
        to=row.get_absolute_url(),
        template="exchange/undo.html",
        back=reverse("exchange:import", args=[row.pk]),
        context={
            "row": row,
            "kind": kinds.of(row.kind),
            "found": found,
            "shown": SHOWN,
            "stays": lambda: undoing.what_stays(row),
        },
    )
