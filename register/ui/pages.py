"""The conversation that every form page holds: show, check, act, answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import BaseForm, BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.choices import flatten_choices
from django.utils.http import url_has_allowed_host_and_scheme

from register.core import dates
from register.core.conflicts import Conflict
from register.core.text import to_plain
from register.ui.forms import EDITOR_STYLE, ClauseField

UNPROCESSABLE, CONFLICT = 422, 409


def form_page(
    request: HttpRequest,
    form_class: type[BaseForm] | Callable[..., BaseForm],
    *,
    act: Callable[..., object],
    title: str,
    done: str = "",
    undo: str = "",
    to: str | Callable[[Any], str] = "",
    button: str = "Save",
    template: str = "ui/form_page.html",
    initial: dict | None = None,
    context: dict | None = None,
    back: str = "",
    theirs: Callable[[Any], list[tuple[str, str]]] | None = None,
) -> HttpResponse:
    """Show a form; when it is sent, check it, do the act with its cleaned values, and go on.

    What the act refuses comes back on the form with status 422 and all that was typed; a row that
    somebody else changed gives the 409 page with both texts. `to` is where to go when it is done: an
    address, or a function of what the act returned. `undo` is the address that takes it back: a button
    beside the word that it is done. `theirs` lists the other's values for the 409 page.
    """
    is_sent = request.method == "POST"
    data, files = (request.POST, request.FILES) if is_sent else (None, None)
    form = form_class(data, files, initial=initial)
    words = {"title": title, "button": button, "back": after(request, back), **(context or {})}
    if is_sent and form.is_valid():
        try:
            result = act(**form.cleaned_data)
        except Conflict as conflict:
            again = form_class(_sent_again(request, conflict), request.FILES, initial=initial)
            return _conflict(request, (form, again), conflict, theirs, words)
        except ValidationError as error:
            add_errors(form, error)
        except IntegrityError:
            form.add_error(
                None, "Somebody else has just saved the same. Check the list and try again."
            )
        else:
            if done:
                messages.success(request, done, extra_tags=undo)
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
    """Where to go on: the `next` of the form or of its address when it is of this site, else `default`."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
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


def _sent_again(request: HttpRequest, conflict: Conflict) -> QueryDict:
    """What was sent, now upon the row as it stands: saving it is a choice made with both in view."""
    data = request.POST.copy()
    data["row_version"] = getattr(conflict.current, "row_version", "")
    return data


def _conflict(request, forms: tuple[BaseForm, BaseForm], conflict, theirs, words) -> HttpResponse:
    form, again = forms
    names = [name for name in form.fields if name != "row_version"]
    mine = {form[name].label: shown(form.cleaned_data.get(name), form[name]) for name in names}
    if theirs is not None:
        stored = {label: shown(value) for label, value in theirs(conflict.current)}
    else:
        fields = ((form[name], getattr(conflict.current, name, "")) for name in names)
        stored = {field.label: shown(value, field) for field, value in fields}
    pairs = [
        {"label": label, "mine": text, "theirs": stored.get(label, "Nothing")}
        for label, text in mine.items()
        if text != stored.get(label, "Nothing")
    ]
    words = {"conflict": conflict, "pairs": pairs, "form": again, **words}
    return editor_ready(render(request, "409.html", words, status=CONFLICT), form)


def shown(value, field: BoundField | None = None) -> str:
    """A value of a form in words: a choice by its label, a date as written, a clause as plain words."""
    if value is None or value == "" or value == []:
        return "Nothing"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return dates.words(value)
    if isinstance(value, str):
        return _string(value, field)
    if hasattr(value, "all"):
        value = value.all()
    if hasattr(value, "__iter__"):
        return ", ".join(shown(each, field) for each in value)
    return str(value)


def _string(value: str, field: BoundField | None) -> str:
    if field is not None and isinstance(field.field, ClauseField):
        return to_plain(value)
    offered: Iterable = getattr(field.field, "choices", ()) if field is not None else ()
    pairs: list[tuple] = list(flatten_choices(offered))
    labels = {str(code): str(label) for code, label in pairs}
    return labels.get(value, value)
