"""Whether messages reach those who sign: the test, who never confirmed, and the page that confirms."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from register.chasing import services
from register.chasing.forms import TestForm
from register.chasing.models import ReachMail
from register.chasing.permissions import testable_partnerships
from register.chasing.reading import visible_tests
from register.chasing.recipients import recipients_of
from register.chasing.services.reach import mail_of
from register.directory.models import Partnership

SHOWN = 20


@require_safe
def tests(request: HttpRequest) -> HttpResponse:
    """Whom a test message would go to, and the tests so far."""
    return _tests(request)


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Send the test message."""
    form = TestForm(request.POST, partnerships=testable_partnerships(request.user))
    if not form.is_valid():
        return _tests(request, "Choose a partnership of the list.", status=422)
    partnership = form.cleaned_data["partnership"]
    try:
        test = services.start_test(by=request.user, partnership=partnership)
    except ValidationError as error:
        return _tests(request, " ".join(error.messages), partnership, status=422)
    return redirect("chasing:reach_test", test.pk)


@require_safe
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Who never confirmed, whom the message did not reach, and who confirmed when."""
    found = visible_tests(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("That test is not known.")
    mails = found.mails.select_related("person__contact", "notice")
    rows = list(mails.defer("notice__text", "notice__html").order_by("person__name", "pk"))
    groups = [
        ("Never confirmed", [row for row in rows if not row.confirmed_at and not _bounced(row)]),
        ("Did not arrive", [row for row in rows if not row.confirmed_at and _bounced(row)]),
        ("Confirmed", [row for row in rows if row.confirmed_at]),
    ]
    context = {"title": "Whom messages reach", "test": found, "groups": groups, "count": len(rows)}
    return render(request, "chasing/reach_test.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reached(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of a test message: opening it says nothing, the button does."""
    mail = services.confirm(token) if request.method == "POST" else mail_of(token)
    if mail is None:
        return render(request, "chasing/reached_dead.html", {"title": "This link does not work"},
                      status=410)  # fmt: skip
    title = "Thank you" if mail.confirmed_at else "Did this message reach you?"
    return render(request, "chasing/reached.html", {"title": title, "mail": mail})


def _tests(
    request: HttpRequest, problem: str = "", wanted: Partnership | None = None, status: int = 200
) -> HttpResponse:
    partnerships = testable_partnerships(request.user)
    if not partnerships:
        raise PermissionDenied("Only who keeps entries may send test messages.")
    asked = request.GET.get("partnership", "")
    chosen = wanted or next((p for p in partnerships if str(p.pk) == asked), partnerships[0])
    people = recipients_of(request.user, chosen)
    context = {
        "title": "Whom messages reach",
        "problem": problem,
        "partnerships": partnerships,
        "partnership": chosen,
        "people": [each for each in people if each.address],
        "unreached": [each for each in people if not each.address],
        "tests": visible_tests(request.user)[:SHOWN],
        "home": reverse("chasing:waiting"),
    }
    return render(request, "chasing/reach.html", context, status=status)


def _bounced(row: ReachMail) -> bool:
    return row.notice is not None and row.notice.is_bounced
