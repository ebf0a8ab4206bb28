"""The conversation that every form page holds: show, check, act, answer."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from register.core.conflicts import Conflict
from register.ui.forms import EDITOR_STYLE

UNPROCESSABLE, CONFLICT = 422, 409


def form_page(
    request: HttpRequest,
    form_class: type[BaseForm] | Callable[..., BaseForm],
    *,
    act: Callable[..., object],
    title: str,
    done: str = "",
    to: str | Callable[[object], str] = "",
    button: str = "Save",
    template: str = "ui/form_page.html",
    initial: dict | None = None,
    context: dict | None = None,
    back: str = "",
    theirs: Callable[[object], list[tuple[str, str]]] | None = None,
) -> HttpResponse:
    """Show a form; when it is sent, check it, do the act with its cleaned values, and go on.

    What the act refuses comes back on the form with status 422 and all that was typed; a row that
    somebody else changed gives the 409 page with both texts. `to` is where to go when it is done: an
    address, or a function of what the act returned. `theirs` lists the other's values for the 409 page.
    """
    form = form_class(request.POST or None, request.FILES or None, initial=initial) if (
        request.method == "POST"
    ) else form_class(initial=initial)  # fmt: skip
    words = {"title": title, "button": button, "back": back, **(context or {})}
    if request.method == "POST" and form.is_valid():
        try:
            result = act(**form.cleaned_data)
        except Conflict as conflict:
            return _conflict(request, form, conflict, theirs, words)
        except ValidationError as error:
            add_errors(form, error)
        except IntegrityError:
            form.add_error(
                None, "Somebody else has just saved the same. Check the list and try again."
            )
        else:
            if done:
                messages.success(request, done)
            return redirect(after(request, to(result) if callable(to) else to or request.path))
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return editor_ready(render(request, template, {"form": form, **words}, status=status), form)


def add_errors(form: BaseForm, error: ValidationError) -> None:
    """Put a service's refusal on the form: by field where the form has it, else at its head."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def after(request: HttpRequest, default: str) -> str:
    """Where to go on: the `next` of the form when it is an address of this site, else `default`."""
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return default


def editor_ready(response: HttpResponse, form: BaseForm) -> HttpResponse:
    """Allow the rich-text editor's one style element on a page whose form needs it."""
    if getattr(form, "has_editor", False):
        response._csp_update = {"style-src": [EDITOR_STYLE]}  # type: ignore[attr-defined]
    return response


def _conflict(request, form, conflict: Conflict, theirs, words: dict) -> HttpResponse:
    names = [name for name in form.fields if name != "row_version"]
    mine = [(form[name].label, _shown(form.cleaned_data.get(name))) for name in names]
    if theirs is not None:
        stored = theirs(conflict.current)
    else:
        stored = [(form[name].label, _shown(getattr(conflict.current, name, ""))) for name in names]
    pairs = [
        {"label": label, "mine": text, "theirs": dict(stored).get(label, "")}
        for label, text in mine
    ]
    return render(
        request, "409.html", {"conflict": conflict, "pairs": pairs, **words}, status=CONFLICT
    )


def _shown(value) -> str:
    if value is None or value == "":
        return "Nothing"
    if isinstance(value, (list, tuple)) or hasattr(value, "all") or hasattr(value, "iterator"):
        return ", ".join(str(each) for each in (value.all() if hasattr(value, "all") else value))
    return str(value)
