"""Keeping what is typed and not yet saved."""

from __future__ import annotations

import json

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from register.documents.services import typing


@require_POST
def unsaved(request: HttpRequest) -> HttpResponse:
    """Keep the typing of one page, sent as JSON: {"page": "/…", "typed": {"title": "…"}}."""
    try:
        sent = json.loads(request.body)
        page, typed = sent["page"], sent["typed"]
        if not isinstance(page, str) or not isinstance(typed, dict):
            raise TypeError
        typing.keep(user=request.user, page=page, typed=typed)
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "Send the page and what was typed on it."}, status=422)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    return HttpResponse(status=204)


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget what was typed on a page and open it as it is saved."""
    page = request.POST.get("page", "")
    typing.drop(user=request.user, page=page)
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return redirect(page if is_ours else "/")
