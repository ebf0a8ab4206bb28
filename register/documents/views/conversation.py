"""The form pages of documents: typing is restored, kept and given back, whatever the answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from register.accounts.middleware import KEPT
from register.documents.services import typing
from register.ui.pages import form_page

_UNTOLD = {"csrfmiddlewaretoken", "next", "row_version", KEPT}


def asks(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that shows a form and takes it; what it refuses when sent comes back with the typing."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def asked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as refusal:
            if request.method != "POST":
                raise
            return refused(request, str(refusal))

    return asked


def edit_page(
    request: HttpRequest, make: Callable[..., BaseForm], *, initial: dict | None = None,
    context: dict | None = None, template: str = "documents/form.html", **words,
) -> HttpResponse:  # fmt: skip
    """A form page that never loses typing: unsaved words come back, refused ones are shown to copy.

    `make` builds the form from `data`, `files` and `initial`; the other words are those of
    `register.ui.pages.form_page`.
    """
    is_sent = request.method == "POST"
    typed = {} if is_sent else typing.typed_on(user=request.user, page=request.path)

    def form(data=None, files=None, initial=None) -> BaseForm:
        if is_sent:
            return make(data=data, files=files, initial=initial)
        if typed:
            return make(initial={**(initial or {}), **_as_typed(make(initial=initial), typed)})
        return make(initial=initial)

    context = {"unsaved_page": request.path, "is_restored": bool(typed), **(context or {})}
    answer = form_page(request, form, initial=initial, context=context, template=template, **words)
    if is_sent and answer.status_code == 302:
        typing.drop(user=request.user, page=request.path)
    return answer


def refused(request: HttpRequest, reason: str, *, status: int = 403) -> HttpResponse:
    """A refusal with its reason, and with everything that was typed, to copy."""
    typed = [
        (name.replace("_", " ").capitalize(), "\n".join(values))
        for name, values in request.POST.lists()
        if name not in _UNTOLD and not name.endswith("-form") and any(values)
    ]
    template = "403.html" if status == 403 else "documents/moved_on.html"
    return render(request, template, {"reason": reason, "typed": typed}, status=status)


def _as_typed(form: BaseForm, typed: dict) -> dict:
    data = QueryDict(mutable=True)
    for name, value in typed.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return {
        name: field.widget.value_from_datadict(data, {}, name)
        for name, field in form.fields.items()
        if not field.widget.value_omitted_from_data(data, {}, name)
    }
