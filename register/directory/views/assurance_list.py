"""Whose assurance ends soon: every body that keeps facts, soonest first, as a page and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from register.core.dates import today
from register.core.sheets_out import csv_lines, xlsx_file
from register.directory.assurance_levels import (
    EXPIRED,
    LABELS,
    NOT_SUBMITTED,
    SOON_DAYS,
    colour_of,
    on_day,
)
from register.directory.assurance_permissions import facts_readable
from register.directory.forms.assurance import LevelsFilter
from register.directory.models import Organisation
from register.directory.models.assurance import NO_END
from register.directory.models.organisations import LegalStatus
from register.directory.permissions import visible_bodies, visible_partnerships
from register.directory.searching import bodies_in, bodies_standing
from register.directory.views.conversation import belongs
from register.ledger.access import note_access
from register.lists.labels import labels
from register.ui.listing import page_of, size_of

CHUNK = 1_000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = ("Body", "Kind", "Level", "Until", "Why", "Facts last confirmed")
KEEPERS = (LegalStatus.LEGAL_PERSON, LegalStatus.OFFICE_HOLDER)
ORDER = ["level_until", "legal_name", "pk"]


@dataclass(frozen=True)
class LevelLine:
    """One body with its level; why and since when only for those who may read its facts."""

    body: Organisation
    kind: str
    code: str
    until: date | None
    why: str
    confirmed_on: date | None
    ends_soon: bool

    @property
    def label(self) -> str:
        """The wording of the level."""
        return LABELS[self.code]

    @property
    def colour(self) -> str:
        """The colour of the level's tag."""
        return colour_of(self.code)


@require_safe
@belongs
def assurance_list(request: HttpRequest) -> HttpResponse:
    """Bodies by the day on which their assurance ends."""
    form, rows = _asked(request)
    asked = request.GET.dict()
    page = page_of(rows, order=ORDER, asked=asked, size=size_of(asked))
    context = {
        "title": "Assurance that ends soon",
        "form": form,
        "page": page,
        "lines": lines_of(request.user, page.rows),
    }
    return render(request, "directory/assurance_list.html", context)


@require_safe
@belongs
def export_assurance(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list that the address asks for, all of it, as CSV or XLSX; the download is noted."""
    if form not in ("csv", "xlsx"):
        raise Http404
    _, rows = _asked(request)
    note_access(kind=f"assurance.exported.{form}", user=request.user, path=request.path)
    name, cells = f"assurance-{today().isoformat()}.{form}", _cells(request.user, rows)
    if form == "xlsx":
        file = xlsx_file(HEADER, cells, sheet="Assurance")
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)
    parts = (part.encode() for part in csv_lines(HEADER, cells))
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def lines_of(user, rows: list[Organisation]) -> list[LevelLine]:
    """The lines of some bodies, in one statement."""
    day, words = today(), labels("organisation_kind")
    readable = facts_readable(user, [body.pk for body in rows])
    return [_line(body, body.pk in readable, day, words) for body in rows]


def _asked(request: HttpRequest) -> tuple[LevelsFilter, QuerySet]:
    places = list(visible_partnerships(request.user).order_by("name"))
    # What is wrong in one field leaves the others to apply.
    form = LevelsFilter(request.GET, partnerships=places)
    form.is_valid()
    wanted = form.cleaned_data
    rows = _bodies(request.user)
    if wanted.get("level"):
        rows = rows.filter(_at(wanted["level"]))
    if wanted.get("before"):
        rows = rows.filter(level_until__lt=wanted["before"])
    if wanted.get("partnership"):
        rows = bodies_in(rows, int(wanted["partnership"]))
    return form, rows


def _bodies(user) -> QuerySet:
    """The bodies that keep facts of their own, each with its stored level."""
    rows = bodies_standing(visible_bodies(user), "").filter(legal_status__in=KEEPERS)
    return rows.annotate(
        level_code=F("assurance_level__code"),
        level_until=Coalesce("assurance_level__until", NO_END),
        level_why=F("assurance_level__why"),
        confirmed=F("assurance__confirmed_on"),
    )


def _at(level: str) -> Q:
    """The condition that a body's level is this one today."""
    passed = Q(level_until__lt=today())
    if level == NOT_SUBMITTED:
        return Q(level_code__isnull=True) | Q(level_code=NOT_SUBMITTED)
    if level == EXPIRED:
        return Q(level_code=EXPIRED) | (passed & ~Q(level_code=NOT_SUBMITTED))
    return Q(level_code=level) & ~passed


def _line(body, is_readable: bool, day: date, words: dict[str, str]) -> LevelLine:
    until = None if body.level_until == NO_END else body.level_until
    code = on_day(body.level_code or NOT_SUBMITTED, until, day)
    soon = until is not None and day <= until <= day + timedelta(days=SOON_DAYS)
    return LevelLine(
        body=body,
        kind=words.get(body.kind, body.kind),
        code=code,
        until=until,
        why=(body.level_why or "") if is_readable else "",
        confirmed_on=body.confirmed if is_readable else None,
        ends_soon=soon,
    )


def _cells(user, rows: QuerySet) -> Iterator[list]:
    stream = rows.order_by(*ORDER).iterator(chunk_size=CHUNK)
    while chunk := list(islice(stream, CHUNK)):
        for line in lines_of(user, chunk):
            yield [
                line.body.legal_name, line.kind, line.label, line.until, line.why,
                line.confirmed_on,
            ]  # fmt: skip
