"""Who holds what up: the places to sign that somebody keeps, as a list with its filters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from register.accounts.roles import EDIT_ALL
from register.chasing.models import ReachTest
from register.chasing.permissions import kept_by
from register.chasing.statuses import OPEN_STATES
from register.core.dates import now, today
from register.directory.models import Organisation, Person
from register.directory.reach import reach_of
from register.directory.survivors import records_of
from register.documents.models import Document
from register.notices.models import Notice
from register.signing.models import RequestMail, Signature, SignatureKind, SigningRequest, Slot

LONG_DAYS = 14
STOPPING = (SignatureKind.REFUSED, SignatureKind.RETURNED)
ORDER = ("version__issued_at", "pk")
SHOW = {
    "": "All that wait for somebody",
    "late": "Past the day to sign by",
    "long": f"Asked more than {LONG_DAYS} days ago",
    "stuck": "Refused, returned or did not arrive",
    "unasked": "Nobody is asked",
}


@dataclass(frozen=True)
class Wanted:
    """Which places to sign a reader asked for: a kind, a body, a person."""

    show: str = ""
    body: int | None = None
    person: int | None = None

    @classmethod
    def read(cls, asked: QueryDict | dict[str, str]) -> Wanted:
        """What the query string asks for; what it cannot mean is left out."""
        show = asked.get("show", "")
        return cls(show if show in SHOW else "", _key(asked.get("body")), _key(asked.get("person")))

    def apply(self, slots: QuerySet[Slot]) -> QuerySet[Slot]:
        """The places to sign among some that are asked for."""
        if self.body:
            slots = slots.filter(organisation__in=records_of(self.body))
        if self.person:
            slots = slots.filter(pk__in=_requests().filter(person=self.person).values("slot"))
        return _shown(slots, self.show)


def open_slots(user) -> QuerySet[Slot]:
    """The places to sign that are out and not signed, in the entries that somebody keeps."""
    documents = Document.objects.visible_to(user).filter(kept_by(user))
    return Slot.objects.open().filter(
        version__document__in=documents.order_by().values("pk"),
        version__state__in=OPEN_STATES,
        version__frozen_at__isnull=False,
    )


def long_waiting(user) -> QuerySet[Slot]:
    """What somebody was asked for more than two weeks ago, and has not signed."""
    return _shown(open_slots(user), "long")


def stuck(user) -> QuerySet[Slot]:
    """What was refused or returned, or asked of somebody whom no message reached."""
    return _shown(open_slots(user), "stuck")


def with_everything(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    """Slots with all that a line of the list needs, read at once."""
    return slots.select_related(
        "organisation", "post__organisation", "version__document__partnership", "version__round"
    )


def bodies_in(slots: QuerySet[Slot]) -> list[Organisation]:
    """The bodies that have places to sign among some, by name."""
    ids = slots.order_by().values("organisation")
    return list(Organisation.objects.filter(pk__in=ids).order_by("legal_name", "pk"))


def people_in(slots: QuerySet[Slot]) -> list[Person]:
    """The people who are asked in some places to sign, by name."""
    rows = SigningRequest.objects.open().filter(slot__in=slots.order_by().values("pk"))
    ids = rows.filter(is_notice=False).order_by().values("person")
    return list(Person.objects.filter(pk__in=ids).order_by("name", "pk"))


def chosen(user, keys: list[str]) -> list[SigningRequest]:
    """The open requests of some keys, as a form sends them, in entries that somebody may know of."""
    pks = {int(key) for word in keys for key in word.split(",") if key.isdigit() and len(key) < 19}
    documents = Document.objects.visible_to(user)
    rows = SigningRequest.objects.open().filter(
        pk__in=pks, is_notice=False, slot__version__document__in=documents.order_by().values("pk")
    )
    return list(
        rows.select_related(
            "person__contact", "slot__organisation", "slot__post",
            "slot__version__document__partnership", "slot__version__document__lead",
            "slot__version__round",
        ).order_by("pk")
    )  # fmt: skip


def visible_tests(user) -> QuerySet[ReachTest]:
    """The tests of reach that somebody may read, newest first: their own, and all of their office."""
    reach = reach_of(user)
    rows = ReachTest.objects.select_related("partnership", "officer").annotate(
        confirmed=Count("mails", filter=Q(mails__confirmed_at__isnull=False))
    )
    if reach.sees_everything:
        return rows
    office = Q(partnership__in=reach.by_partnership.get(EDIT_ALL, set()))
    mine = Q(officer=reach.person_id) if reach.person_id else Q(pk__in=[])
    return rows.filter(office | mine)


def _shown(slots: QuerySet[Slot], show: str) -> QuerySet[Slot]:
    # By keys and not by conditions on each slot: few of many slots have an open request.
    waiting = Q(pk__in=_requests().values("slot"))
    if show == "late":
        return slots.filter(waiting, version__round__sign_by__lt=today())
    if show == "long":
        since = now() - timedelta(days=LONG_DAYS)
        return slots.filter(pk__in=_requests().filter(asked_at__lt=since).values("slot"))
    if show == "stuck":
        said = Signature.objects.filter(kind__in=STOPPING).order_by().values("slot")
        answered = Q(pk__in=said) & Q(last_kind__in=STOPPING) & ~waiting
        return slots.filter(answered | Q(pk__in=_bounced().values("request__slot")))
    if show == "unasked":
        return slots.filter(~waiting)
    return slots.filter(waiting)


def _requests() -> QuerySet[SigningRequest]:
    return SigningRequest.objects.open().filter(is_notice=False).order_by()


def _bounced() -> QuerySet[RequestMail]:
    """The newest messages of open requests that did not arrive."""
    needed = RequestMail.objects.exclude(notice__failure=Notice.NOT_NEEDED).order_by()
    newer = needed.filter(request=OuterRef("request"), pk__gt=OuterRef("pk"))
    return needed.filter(
        ~Exists(newer),
        request__closed_at__isnull=True,
        request__is_notice=False,
        notice__given_up_at__isnull=False,
    )


def _key(word: str | None) -> int | None:
    return int(word) if word and word.isdigit() and len(word) < 19 else None
