"""Search: references go straight to their page, words to a ranked list with the places where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from register.dashboard.reading import visible_rows, visible_texts
from register.dashboard.register_list import dressed
from register.search.engines import RANKED_LIMIT, Hit, beginning_with, hits, passages
from register.search.models import Row
from register.search.words import QUERY_LIMIT, Words, form_of, plain, words_of

SIZE = 25
REFERENCES_SHOWN = 10
_CANDIDATES = 200
_SHORTEST = 3


class SearchForm(forms.Form):
    """What somebody searches for, and which page of the results they want."""

    q = forms.CharField(required=False, strip=True, max_length=QUERY_LIMIT)
    page = forms.IntegerField(required=False, min_value=1, max_value=RANKED_LIMIT // SIZE)


@dataclass(frozen=True)
class Results:
    """One page of what was found, the number of entries, and the pages around it."""

    rows: list[Row]
    count: int
    is_more: bool
    page: int = 1

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // SIZE))

    @property
    def nearby(self) -> list[int]:
        """The numbers of the pages that are offered: the first, some around this one, the last."""
        around = range(max(1, self.page - 2), min(self.pages, self.page + 2) + 1)
        return sorted({1, *around, self.pages})

    @property
    def count_words(self) -> str:
        """How many entries there are: exact to 10,000, then “more than 10,000”."""
        return f"more than {RANKED_LIMIT:,}" if self.is_more else f"{self.count:,}"


def search(request: HttpRequest) -> HttpResponse:
    """The results page; a reference that one entry has leads to that entry at once."""
    query = request.GET.copy()
    query["q"] = given = plain(str(query.get("q", "")))
    form = SearchForm(query)
    is_understood = form.is_valid()
    typed = form.cleaned_data.get("q") or ""
    if not is_understood and "q" in form.errors:
        return _page(request, given[:QUERY_LIMIT], too_long=True, status=422)
    named = _by_reference(request.user, typed)
    if goes_to := _only(named, typed):
        return redirect("documents:document", goes_to.reference)
    words = words_of(typed)
    wanted = form.cleaned_data.get("page") or 1
    found = _found(request.user, words, wanted) if words else _literal(request.user, typed)
    return _page(request, typed, named=dressed(named[:REFERENCES_SHOWN]), found=found)


def _page(request: HttpRequest, typed: str, *, status: int = 200, **parts) -> HttpResponse:
    title = f"Search: {typed}" if typed else "Search"
    return render(
        request, "dashboard/search.html", {"q": typed, "title": title, **parts}, status=status
    )


def _by_reference(user, typed: str) -> list[Row]:
    """The entries one of whose references begins with what was typed. Two statements."""
    form = form_of(typed)
    if len(form) < _SHORTEST or not any(char.isdigit() for char in form):
        return []
    ids = set(beginning_with(form).values_list("row_id", flat=True)[:_CANDIDATES])
    rows = visible_rows(user).filter(pk__in=ids).order_by("reference")
    return list(rows[: REFERENCES_SHOWN + 1])


def _only(rows: list[Row], typed: str) -> Row | None:
    """The one entry that a typed reference means: its own reference, or the only one that fits."""
    form = form_of(typed)
    exact = [row for row in rows if form_of(row.reference) == form]
    if exact:
        return exact[0]
    is_reference = any(char.isalpha() for char in form) and len(form) >= 2 * _SHORTEST
    return rows[0] if len(rows) == 1 and is_reference else None


def _found(user, words: Words, page: int) -> Results:
    best, is_more = hits(visible_texts(user), words)
    start = (page - 1) * SIZE
    shown = best[start : start + SIZE]
    rows = {row.pk: row for row in Row.objects.filter(pk__in=[hit.document_id for hit in shown])}
    where = passages([hit.version_id for hit in shown], words)
    kept = [hit for hit in shown if hit.document_id in rows]
    return Results([_row(rows, hit, where) for hit in kept], len(best), is_more, page)


def _row(rows: dict[int, Row], hit: Hit, where: dict) -> Row:
    row = dressed([rows[hit.document_id]])[0]
    row.passage = where.get(hit.version_id)
    row.is_in_draft = row.version_id != hit.version_id
    return row


def _literal(user, typed: str) -> Results:
    """What is found for signs without a letter or digit: titles and references that hold them."""
    if not typed:
        return Results([], 0, False)
    holds = Q(title__contains=typed) | Q(reference__contains=typed)
    rows: QuerySet[Row] = visible_rows(user).filter(holds).order_by("reference")
    found = dressed(list(rows[: SIZE + 1]))
    return Results(found[:SIZE], len(found[:SIZE]), len(found) > SIZE)
