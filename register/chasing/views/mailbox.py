"""The mailbox page of the demonstration, where nobody is mailed in earnest."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from register.chasing.mailbox import count_of_mails, newest_mails

SHOWN = 25


@login_not_required
@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    """What was sent, newest first, for everybody: those who sign have no accounts.

    There is no such page but in the demonstration.
    """
    if not settings.DEMONSTRATION:
        raise Http404("There is no mailbox here.")
    return _mailbox(request)


@require_safe
def _mailbox(request: HttpRequest) -> HttpResponse:
    number = request.GET.get("page", "1")
    count = count_of_mails()
    last = max(1, -(-count // SHOWN))
    page = min(max(int(number), 1), last) if number.isdigit() and len(number) < 9 else 1
    context = {
        "title": "Mailbox of the demonstration",
        "mails": newest_mails((page - 1) * SHOWN, SHOWN),
        "count": count,
        "number": page,
        "last": last,
        "earlier": page + 1 if page < last else None,
        "later": page - 1 if page > 1 else None,
    }
    return render(request, "chasing/mailbox.html", context)
