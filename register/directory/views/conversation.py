"""What every page of the directory does: find the thing or say 404, ask a verdict, show the history."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from register.core.verdicts import require
from register.directory.models import Community, Organisation, Partnership, Person, Post
from register.directory.permissions import (
    partnerships_of,
    visible_bodies,
    visible_communities,
    visible_partnerships,
    visible_people,
)
from register.directory.reach import reach_of
from register.directory.services.rows import Counted
from register.ledger.asking import AboutFilter, acts_file, wants_file
from register.ledger.querysets import EntryQuerySet
from register.ledger.sentences import lines
from register.ui.listing import page_of, size_of

asks = require_http_methods(["GET", "HEAD", "POST"])


def belongs(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Show a page only to a login with a role; others read whom to ask."""

    @wraps(view)
    def page(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not partnerships_of(request.user) and not reach_of(request.user).sees_everything:
            return no_role(request)
        return view(request, *args, **kwargs)

    return page


def no_role(request: HttpRequest) -> HttpResponse:
    """What a login without any role sees: whom to ask."""
    offices = Partnership.objects.exclude(office_email="").order_by("name")[:20]
    context = {"title": "You have no role in the register yet", "offices": offices}
    return render(request, "directory/no_role.html", context, status=403)


def partnership_or_404(request: HttpRequest, slug: str) -> Partnership:
    """A partnership of the reader's."""
    return get_object_or_404(visible_partnerships(request.user), slug=slug)


def body_or_404(request: HttpRequest, pk: int) -> Organisation:
    """A body that the reader may know of."""
    bodies = visible_bodies(request.user).select_related("unit_of", "merged_into")
    return get_object_or_404(bodies, pk=pk)


def community_or_404(request: HttpRequest, slug: str) -> Community:
    """An information community of the reader's partnerships."""
    communities = visible_communities(request.user).select_related("partnership")
    return get_object_or_404(communities, slug=slug)


def person_or_404(request: HttpRequest, pk: int) -> Person:
    """A person that the reader may know of."""
    people = visible_people(request.user).select_related("user", "contact")
    return get_object_or_404(people, pk=pk)


def post_or_404(request: HttpRequest, pk: int) -> Post:
    """A post of a body that the reader may know of."""
    posts = Post.objects.filter(organisation__in=visible_bodies(request.user))
    return get_object_or_404(posts.select_related("organisation"), pk=pk)


def facts_of(row: Counted, names) -> dict:
    """What a form of a row begins with: its facts and the row version that it was opened with."""
    facts = {name: getattr(row, name) for name in names}
    return {**facts, "row_version": row.row_version}


def history_page(
    request: HttpRequest, entries: EntryQuerySet, *, title: str, back: str, verdict=None
) -> HttpResponseBase:
    """A page of acts in sentences, newest first, filtered by the address; or its file."""
    if verdict is not None:
        require(verdict)
    wanted = AboutFilter(request.GET, entries)
    if wants_file(request):
        return acts_file(request, wanted.apply(entries), about=title, said=wanted.words())
    asked = request.GET.dict()
    page = page_of(wanted.apply(entries), order=["-number"], asked=asked, size=size_of(asked))
    context = {
        "title": title, "back": back, "page": page, "lines": lines(page.rows), "wanted": wanted,
    }  # fmt: skip
    return render(request, "directory/history.html", context)
