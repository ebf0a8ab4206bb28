"""“May A send B this?” in one line, and the tokens of a login."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.flows.asking import may_share
from register.api.forms import AskForm, TokenForm
from register.api.models import Token
from register.api.services import make_token, revoke_token
from register.core.dates import today
from register.directory.views.conversation import belongs
from register.lists.labels import labels


@require_safe
@belongs
def ask(request: HttpRequest) -> HttpResponse:
    """The question in one line and, once it is asked, its answer with the reason."""
    is_asked = bool(request.GET)
    form = AskForm(request.GET if is_asked else None, user=request.user)
    context = {"title": "May they share this?", "form": form, "kinds": labels("data_category")}
    status = 200
    if is_asked and form.is_valid():
        context |= {"asked": form.asked, "answer": may_share(request.user, form.asked)}
    elif is_asked:
        status = 422
    return render(request, "api/ask.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of the login that reads, and the form that makes one more."""
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            _, secret = make_token(user=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            form = TokenForm()
    context = {
        "title": "Tokens for programs",
        "form": form,
        "secret": secret,
        "tokens": request.user.tokens.all(),
        "day": today(),
    }
    return render(request, "api/tokens.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token at once."""
    token = get_object_or_404(Token, pk=pk, user=request.user)
    revoke_token(user=request.user, token=token)
    messages.success(request, f"{token} is revoked.")
    return redirect("asking:tokens")
