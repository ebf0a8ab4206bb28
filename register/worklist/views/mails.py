"""Which mails somebody gets, and the page that stops the digest without signing in."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from register.documents.views.conversation import asks
from register.ui.pages import form_page
from register.worklist.forms import MailsForm
from register.worklist.models import Often
from register.worklist.services.mail_choices import choose_digest, digest_of, whose


@asks
def mails(request: HttpRequest) -> HttpResponse:
    """How often the reader gets a digest, and which mails come whatever they choose."""
    return form_page(
        request, MailsForm, act=partial(choose_digest, user=request.user),
        title="Mails that I get", button="Save my choice", done="Your choice is saved.",
        to=reverse("worklist:mails"), template="worklist/mails.html",
        initial={"digest": digest_of(request.user)},
    )  # fmt: skip


# A mail program presses the button by itself and brings no cookie (RFC 8058); the signed address
# lets nobody do more than stop the digest.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of a digest: opening it changes nothing, the button stops the digest."""
    user = whose(token)
    if user is None:
        words = {"title": "This link does not work"}
        return render(request, "worklist/unsubscribe_dead.html", words, status=410)
    if request.method == "POST":
        choose_digest(user=user, digest=Often.OFF)
    is_off = digest_of(user) == Often.OFF
    title = "You get no digest" if is_off else "Stop the digest of your work?"
    return render(request, "worklist/unsubscribe.html", {"title": title, "is_off": is_off})
