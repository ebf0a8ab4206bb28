"""The whole ledger, newest first, for auditors and register officers."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from register.core.dates import today
from register.core.sheets_out import csv_lines
from register.core.verdicts import YES, Verdict, no, require
from register.dashboard.exports import download_csv
from register.directory.permissions import visible_people
from register.directory.reach import reach_of
from register.ledger.access import note_access
from register.ledger.asking import ActsFilter
from register.ledger.models import Entry, Head
from register.ledger.private import open_to
from register.ledger.querysets import EntryQuerySet
from register.ledger.sentences import lines
from register.ledger.verbs import VERBS, title_of
from register.ui.forms import TypedDate
from register.ui.listing import SIZES, page_of

HEADER = ("Number", "Time (UTC)", "Who", "What", "About", "Reason", "Changes", "Entry SHA-256")
_LARGEST = 2**63 - 1


class HistoryFilter(ActsFilter):
    """What the address of the history asks for; whatever it does not understand is left out."""

    person = forms.IntegerField(min_value=1, max_value=_LARGEST, required=False)
    day = TypedDate(required=False)

    def __init__(self, query) -> None:
        verbs = sorted(((verb, title_of(verb)) for verb in VERBS), key=lambda pair: pair[1])
        super().__init__(query, verbs=verbs)

    def apply(self, entries: EntryQuerySet) -> QuerySet[Entry]:
        """The entries that the filter asks for; a day alone is both ends of the days asked for."""
        asked = self.cleaned_data
        if asked.get("person"):
            entries = entries.by_person(asked["person"])
        if asked.get("day"):
            asked["since"] = asked["until"] = asked["day"]
        return super().apply(entries)


def may_read_history(by) -> Verdict:
    """Whether somebody may read the history of everything: auditors, administrators, the office."""
    reach = reach_of(by)
    if reach.may_audit() or reach.is_register_officer():
        return YES
    return no("The whole history is for auditors and register officers.")


def may_export_history(by) -> Verdict:
    """Whether somebody may take the history away as a file: auditors and administrators."""
    if reach_of(by).may_audit():
        return YES
    return no("Only auditors and administrators may export the history.")


def history(request: HttpRequest) -> HttpResponse:
    """Every act, newest first, filtered by person, act and day."""
    require(may_read_history(request.user))
    form = HistoryFilter(request.GET)
    is_understood = form.is_valid()
    asked = form.cleaned_data
    page = page_of(
        form.apply(open_to(request.user, Entry.objects.all())),
        order=["-number"],
        asked=asked,
        size=asked.get("size") or SIZES[0],
    )
    people = visible_people(request.user).filter(user__isnull=False).order_by("name")
    context = {
        "title": "History",
        "form": form,
        "is_understood": is_understood,
        "page": page,
        "lines": lines(page.rows),
        "people": people.values_list("pk", "name"),
        "asked": asked,
        "head": Head.objects.filter(pk=1).first(),
        "may_export": bool(may_export_history(request.user)),
    }
    return render(request, "dashboard/history.html", context)


def export_history(request: HttpRequest) -> StreamingHttpResponse:
    """The filtered history as CSV; that it was taken is noted."""
    require(may_export_history(request.user))
    form = HistoryFilter(request.GET)
    if not form.is_valid():
        raise PermissionDenied("Part of the filter was not understood: nothing was exported.")
    entries = form.apply(open_to(request.user, Entry.objects.all())).order_by("-number")
    note_access(
        kind="history.exported",
        user=request.user,
        path=request.path,
        detail=request.GET.urlencode()[:2000],
    )
    return download_csv(csv_lines(HEADER, _cells(entries)), f"history-{today().isoformat()}.csv")


def _cells(entries: QuerySet[Entry]) -> Iterator[list]:
    for entry in entries.iterator(chunk_size=1_000):
        yield [
            entry.number,
            entry.at.isoformat(timespec="seconds"),
            entry.actor_name,
            title_of(entry.verb),
            entry.subject_label,
            entry.reason,
            entry.changes_count,
            entry.sha256,
        ]
