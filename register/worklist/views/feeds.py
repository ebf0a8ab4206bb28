"""Calendar feeds: making, renewing and revoking them, and the feed itself as calendar programs read it."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from register.ui.pages import add_errors
from register.worklist.calendar_text import calendar_of
from register.worklist.dates_ahead import events_of
from register.worklist.forms import FeedForm
from register.worklist.models import Feed
from register.worklist.services import feeds as services


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """The calendar feeds of the reader, and the form that makes one more."""
    make = partial(FeedForm, user=request.user)
    form, secret = make(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _, secret = services.make_feed(user=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            form = make()
    return _page(request, form, secret)


@never_cache
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a feed a new address and show it once; the old one is dead."""
    feed = get_object_or_404(Feed, pk=pk, user=request.user)
    form, secret = FeedForm(user=request.user), ""
    try:
        secret = services.regenerate(user=request.user, feed=feed)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return _page(request, form, secret)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a feed at once."""
    feed = get_object_or_404(Feed, pk=pk, user=request.user)
    services.revoke(user=request.user, feed=feed)
    messages.success(request, f"The calendar “{feed}” is revoked: its address is dead.")
    return redirect("worklist:feeds")


@login_not_required
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """A feed for a calendar program, which knows its secret address and does not sign in."""
    feed = services.feed_of(secret)
    if feed is None:
        raise Http404("There is no such calendar.")
    content = calendar_of(events_of(feed), name=f"{feed} in the register")
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="register.ics"'
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _page(request: HttpRequest, form: FeedForm, secret: str) -> HttpResponse:
    rows = request.user.feeds.select_related("organisation", "community")
    address = f"{settings.BASE_URL}{reverse('worklist:calendar', args=[secret])}" if secret else ""
    context = {"title": "My calendars", "form": form, "feeds": rows, "address": address}
    is_wrong = form.is_bound and form.errors
    return render(request, "worklist/feeds.html", context, status=422 if is_wrong else 200)
