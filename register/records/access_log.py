"""The log of access: which events somebody may read, how they are filtered, and what is told of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django import forms
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from register.accounts.models import User
from register.core.dates import LONDON, time_words
from register.directory.models import Partnership, Person
from register.directory.reach import reach_of
from register.ledger.models import AccessEvent
from register.records.permissions import overseen
from register.ui.forms import TypedDate
from register.ui.listing import SIZES

KINDS = {
    "signed_in": "Signed in",
    "signed_out": "Signed out",
    "sign_in_failed": "Sign-in failed",
    "access_denied": "Refused",
    "restricted_read": "Restricted entry read",
    "downloaded": "File taken",
    "signing_began": "Link to sign opened",
    "signing_code_wrong": "Wrong code after a link",
    "link_opened": "Link opened",
    "token_made": "Token of a program made",
    "token_revoked": "Token of a program revoked",
}
EXPORTED = "exported"
HEADER = ("Time (UTC)", "What", "Who", "Where", "Detail", "Address", "Browser")
_REFERENCE = re.compile(r"\b([A-Z]{2,6})-[A-Z]{1,3}-\d+\b")
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class AccessLine:
    """An event as a page shows it."""

    at: datetime
    what: str
    who: str
    where: str
    detail: str
    ip: str
    browser: str

    @property
    def when(self) -> str:
        """When, in words."""
        return time_words(self.at)


class AccessFilter(forms.Form):
    """What the address of the log asks for; whatever it does not understand is left out."""

    person = forms.IntegerField(min_value=1, max_value=_LARGEST, required=False)
    kind = forms.ChoiceField(
        choices=[("", "Anything"), *KINDS.items(), (EXPORTED, "Exports of lists and reports")],
        required=False,
    )
    since = TypedDate(required=False)
    until = TypedDate(required=False)
    entry = forms.CharField(max_length=40, required=False)
    size = forms.TypedChoiceField(
        choices=[(str(size), size) for size in SIZES], coerce=int, required=False
    )
    after = forms.CharField(max_length=2000, required=False)
    before = forms.CharField(max_length=2000, required=False)
    at = forms.ChoiceField(choices=[("", ""), ("last", "last")], required=False)

    def apply(self, events: QuerySet[AccessEvent]) -> QuerySet[AccessEvent]:
        """The events that the filter asks for, the last day of its days included."""
        asked = self.cleaned_data
        if asked.get("person"):
            events = events.filter(user_id__in=_logins([asked["person"]]))
        if kind := asked.get("kind"):
            events = events.filter(kind__contains="exported") if kind == EXPORTED else (
                events.filter(kind=kind))  # fmt: skip
        if asked.get("since"):
            events = events.filter(at__gte=_beginning(asked["since"]))
        if (until := asked.get("until")) and until.year < 9999:
            events = events.filter(at__lt=_beginning(until + timedelta(days=1)))
        if entry := (asked.get("entry") or "").strip():
            events = events.filter(path__contains=f"/{entry.upper()}/")
        return events

    @property
    def is_filtered(self) -> bool:
        """Whether anything is filtered."""
        names = ("person", "kind", "since", "until", "entry")
        return any(self.cleaned_data.get(name) for name in names)


def events_for(by) -> QuerySet[AccessEvent]:
    """The events that somebody may read: those of the people of the partnerships that they oversee.

    Events of nobody in particular, such as a wrong address at the sign-in, are read by who oversees
    every partnership.
    """
    if oversees_all(by):
        return AccessEvent.objects.all()
    return AccessEvent.objects.filter(user_id__in=_logins(people_of(overseen(by))))


def oversees_all(by) -> bool:
    """Whether somebody oversees every partnership of the register."""
    if reach_of(by).sees_everything:
        return True
    return not Partnership.objects.exclude(pk__in=overseen(by)).exists()


def people_of(partnerships: set[int]) -> QuerySet:
    """The keys of the people who have or had a role or post in partnerships."""
    in_post = "appointments__post__organisation__memberships__partnership__in"
    return Person.objects.filter(
        Q(appointments__partnership__in=partnerships)
        | Q(appointments__membership__partnership__in=partnerships)
        | Q(**{in_post: partnerships})
    ).values("pk")


def lines_of(by, events: Iterable[AccessEvent]) -> list[AccessLine]:
    """Events in words; references of partnerships that the reader does not oversee are left out."""
    prefixes = None if oversees_all(by) else set(
        Partnership.objects.filter(pk__in=overseen(by)).values_list("prefix", flat=True)
    )  # fmt: skip
    names = _names(events)
    return [_line(event, names, prefixes) for event in events]


def cells_of(by, events: QuerySet[AccessEvent], size: int = 500) -> Iterator[list]:
    """The same as rows of a sheet, read a few at a time."""
    ordered = events.order_by("-at", "-pk").prefetch_related("traces")
    batch: list[AccessEvent] = []
    for event in ordered.iterator(chunk_size=size):
        batch.append(event)
        if len(batch) == size:
            yield from _rows(by, batch)
            batch = []
    yield from _rows(by, batch)


def _rows(by, batch: list[AccessEvent]) -> Iterator[list]:
    for line in lines_of(by, batch):
        yield [
            line.at.isoformat(timespec="seconds"), line.what, line.who, line.where, line.detail,
            line.ip, line.browser,
        ]  # fmt: skip


def _line(event: AccessEvent, names: dict[str, str], prefixes: set[str] | None) -> AccessLine:
    trace = next(iter(event.traces.all()), None)
    return AccessLine(
        at=event.at,
        what=KINDS.get(event.kind) or _spelt_out(event.kind),
        who=names.get(event.user_id) or event.user_label,
        where=_masked(event.path, prefixes),
        detail=_masked(event.detail, prefixes),
        ip=str(trace.ip or "") if trace else "",
        browser=trace.browser if trace else "",
    )


def _spelt_out(kind: str) -> str:
    what, _, rest = kind.partition(".exported")
    if kind.endswith("exported") or rest:
        return f"{what.capitalize()} exported{f' as {rest[1:].upper()}' if rest else ''}"
    return kind.replace("_", " ").replace(".", " ").capitalize()


def _masked(text: str, prefixes: set[str] | None) -> str:
    if prefixes is None:
        return text
    return _REFERENCE.sub(lambda hit: hit[0] if hit[1] in prefixes else "…", text)


def _names(events: Iterable[AccessEvent]) -> dict[str, str]:
    keys = {int(event.user_id) for event in events if event.user_id.isdigit()}
    people = Person.objects.filter(user__in=keys).values_list("user_id", "name")
    return {str(user_id): name for user_id, name in people}


def _logins(people) -> QuerySet:
    """The keys of logins of people, as the log writes them."""
    logins = User.objects.filter(person__in=people).order_by()
    return logins.annotate(key=Cast("pk", CharField())).values("key")


def _beginning(day) -> datetime:
    return datetime.combine(day, time(), LONDON)
