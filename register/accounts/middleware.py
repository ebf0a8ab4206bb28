"""What every answer to somebody signed in carries, and what becomes of what a sent form said."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

# The name by which static/js/typing.js says that it keeps what was sent.
KEPT = "kept-in-tab"
_UNTOLD = {"csrfmiddlewaretoken", "next", "row_version", "code"}


class SignInMiddleware(LoginRequiredMiddleware):
    """Asks for a sign-in; a form that was sent after it ended is not saved, and its words are not lost.

    A script keeps them for the way through the sign-in. Without scripts they come back on a page to
    copy from: Back would ask the server for the form again, and get the sign-in page.
    """

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:  # type: ignore[override]
        """The way to the sign-in page, or what was typed with a way there."""
        to_sign_in = super().handle_no_permission(request, view_func)
        if request.method != "POST":
            return to_sign_in
        is_kept = KEPT in request.POST
        typed = [] if is_kept or "HX-Request" in request.headers else _typed(request)
        if typed:
            context = {"sign_in": to_sign_in.url, "typed": typed, "title": "This was not saved"}
            page = render(request, "account/signed_out.html", context, status=403)
            add_never_cache_headers(page)
            return page
        to_sign_in["Location"] += f"&{'kept' if is_kept else 'sent'}=1"
        return to_sign_in


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, where there are words among it that somebody would miss, and no button alone."""
    typed = [
        (name.replace("_", " ").capitalize(), "\n".join(values))
        for name, values in request.POST.lists()
        if name not in _UNTOLD
        and "password" not in name
        and not name.endswith("-form")
        and any(values)
    ]
    return typed if any(len(text.split()) > 1 or len(text) > 20 for _, text in typed) else []


class NoStoreMiddleware:
    """Nothing that needs a sign-in stays in a browser's or a proxy's store: Back after signing out shows nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response
