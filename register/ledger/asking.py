"""The filter of a page of history: by kind of act, by who did it, by days; and its file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import islice

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse

from register.core.dates import LONDON, today, words
from register.core.sheets_out import csv_lines
from register.ledger.access import note_access
from register.ledger.models import Entry
from register.ledger.querysets import EntryQuerySet
from register.ledger.sentences import lines
from register.ledger.verbs import title_of
from register.ui.forms import TypedDate
from register.ui.listing import SIZES

HEADER = (
    "Number", "Time (UTC)", "Who", "What", "About", "Reason", "What changed", "Entry SHA-256",
)  # fmt: skip
CHUNK = 200
_FIRST, _LAST = datetime(1, 1, 2, tzinfo=LONDON), datetime(9999, 12, 30, tzinfo=LONDON)


class ActsFilter(forms.Form):
    """What the address of a history asks for; whatever it does not understand is left out."""

    verb = forms.ChoiceField(required=False)
    since = TypedDate(required=False)
    until = TypedDate(required=False)
    size = forms.TypedChoiceField(
        choices=[(str(size), size) for size in SIZES], coerce=int, required=False
    )
    after = forms.CharField(max_length=2000, required=False)
    before = forms.CharField(max_length=2000, required=False)
    at = forms.ChoiceField(choices=[("", ""), ("last", "last")], required=False)

    def __init__(self, query, *, verbs: list[tuple[str, str]]) -> None:
        super().__init__(query)
        self.verbs = verbs
        self.fields["verb"] = forms.ChoiceField(choices=[("", ""), *verbs], required=False)

    def apply(self, entries: EntryQuerySet) -> QuerySet[Entry]:
        """The entries that the filter asks for, the last day of its days included."""
        asked = self.cleaned_data
        if asked.get("since") or asked.get("until"):
            begins = _beginning(asked["since"]) if asked.get("since") else _FIRST
            until = asked.get("until")
            ends = _beginning(until + timedelta(days=1)) if until and until.year < 9999 else _LAST
            entries = entries.between(begins, ends)
        return entries.filter(verb=asked["verb"]) if asked.get("verb") else entries


class AboutFilter(ActsFilter):
    """The filter of the history of one thing: it offers the acts and the people that there are."""

    who = forms.ChoiceField(required=False)

    def __init__(self, query, entries: EntryQuerySet) -> None:
        found = entries.order_by().values_list("verb", "actor_kind", "actor_id", "actor_name")
        rows = list(found.distinct())
        verbs = {verb: title_of(verb) for verb, *_ in rows}
        super().__init__(query, verbs=sorted(verbs.items(), key=lambda pair: pair[1]))
        people = {f"{kind}:{key}": name for _, kind, key, name in rows}
        self.people = sorted(people.items(), key=lambda pair: pair[1])
        self.fields["who"] = forms.ChoiceField(choices=[("", ""), *self.people], required=False)
        self.is_understood = self.is_valid()
        self.asked = self.cleaned_data

    def apply(self, entries: EntryQuerySet) -> QuerySet[Entry]:
        """The entries that the filter asks for."""
        kind, _, key = (self.asked.get("who") or "").partition(":")
        if key:
            entries = entries.filter(actor_kind=kind, actor_id=key)
        return super().apply(entries)

    @property
    def is_filtered(self) -> bool:
        """Whether anything is filtered."""
        return any(self.asked.get(name) for name in ("verb", "who", "since", "until"))

    def words(self) -> str:
        """What is filtered, in words."""
        asked = self.asked
        said = [title_of(asked["verb"])] if asked.get("verb") else []
        said += [dict(self.people)[asked["who"]]] if asked.get("who") else []
        said += [f"from {words(asked['since'])}"] if asked.get("since") else []
        said += [f"until {words(asked['until'])}"] if asked.get("until") else []
        return ", ".join(said) or "every act"


def wants_file(request: HttpRequest) -> bool:
    """Whether the address asks for the history as a file."""
    return request.GET.get("as") == "csv"


def acts_file(
    request: HttpRequest, entries: QuerySet[Entry], *, about: str, said: str
) -> StreamingHttpResponse:
    """Entries as CSV, newest first, with what each changed in sentences; that it was taken is noted."""
    note_access(
        kind="history.exported",
        user=request.user,
        path=request.path,
        detail=f"{about}: {said}"[:2000],
    )
    stem = "".join(c if c.isascii() and c.isalnum() else "-" for c in about).strip("-").lower()
    answer = StreamingHttpResponse(
        csv_lines(HEADER, _cells(entries.order_by("-number"))),
        content_type="text/csv; charset=utf-8",
    )
    name = f"{stem[:60]}-{today().isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _cells(entries: QuerySet[Entry]) -> Iterator[list]:
    stream = entries.iterator(chunk_size=CHUNK)
    while some := list(islice(stream, CHUNK)):
        for line in lines(some):
            entry = line.entry
            yield [
                entry.number, entry.at.isoformat(timespec="seconds"), entry.actor_name,
                line.title, entry.subject_label, entry.reason, " ".join(line.sentences),
                entry.sha256,
            ]  # fmt: skip


def _beginning(day) -> datetime:
    return datetime.combine(day, time(), LONDON)
