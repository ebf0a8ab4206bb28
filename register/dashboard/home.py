"""Home: what needs somebody, each a link into the filtered list; empty parts are not shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from register.accounts.roles import EDIT_FOR
from register.chasing.permissions import keeps_any
from register.chasing.reading import long_waiting, stuck
from register.core.dates import today
from register.dashboard.filters import review_is, status_is
from register.dashboard.reading import visible_rows
from register.dashboard.register_list import cards, dressed
from register.directory.models import Appointment
from register.directory.reach import reach_of
from register.documents.lifecycle import EDITABLE, GOVERNING, State
from register.documents.models import Version
from register.notices.models import Notice
from register.search.models import NO_REVIEW, Row
from register.signing.models import Slot
from register.ui.listing import count_of, counts_of

SHOWN = 5
LAST_SHOWN = 8


@dataclass(frozen=True)
class Part:
    """A part of the home page: heading, how many there are, the first of them, and the whole list."""

    heading: str
    count: str
    rows: list[Row]
    address: str
    is_late: bool = False


def home(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, what changed last, and the register in numbers."""
    user = request.user
    rows = visible_rows(user).filter(is_archived=False)
    parts = [part for part in _parts(user, rows) if part.rows]
    _name_the_waited_for([row for part in parts for row in part.rows])
    my_slots = _slots_of(user)
    undelivered = _undelivered(user)
    chased = _chased(user)
    context = {
        "title": "Home",
        "cards": cards(visible_rows(user)),
        "my_slots": my_slots,
        "parts": parts,
        "undelivered": undelivered,
        "chased": chased,
        "latest": dressed(list(rows.order_by("-changed_at", "-reference")[:LAST_SHOWN])),
        "nothing": not (parts or my_slots or undelivered or chased),
        "next_review": _next_review(rows),
    }
    return render(request, "dashboard/home.html", context)


def _parts(user, rows: QuerySet[Row]) -> list[Part]:
    return [
        _part(
            "Review overdue", rows.filter(status_is("overdue")), "review_on", "review=overdue", True
        ),
        _part(
            "Waiting for signature",
            rows.filter(state=State.SIGNING),
            "changed_at",
            "status=signing",
        ),
        _part("Review due in 90 days", rows.filter(review_is("90")), "review_on", "review=90"),
        _part(
            "My drafts",
            rows.filter(_mine(user), state__in=EDITABLE),
            "-changed_at",
            "status=draft&status=consultation",
        ),
    ]


def _part(heading: str, rows: QuerySet[Row], order: str, query: str, is_late: bool = False) -> Part:
    count, is_more = count_of(rows)
    first = dressed(list(rows.order_by(order, "reference")[:SHOWN])) if count else []
    address = f"{reverse('dashboard:register')}?{query}"
    return Part(heading, f"{count:,}{'+' if is_more else ''}", first, address, is_late)


def _mine(user) -> Q:
    reach = reach_of(user)
    mine = Q(lead_id__in=reach.bodies(EDIT_FOR))
    return mine | Q(owner_id=reach.person_id) if reach.person_id else mine


def _name_the_waited_for(rows: list[Row]) -> None:
    """Say for each row out for signature whose signatures are missing. Two statements."""
    signing = {row.version_id: row for row in rows if row.state == State.SIGNING and row.version_id}
    slots = (
        Slot.objects.open()
        .filter(version_id__in=signing)
        .select_related("organisation", "post__organisation")
    )
    open_slots = list(slots)
    holders = _holders({slot.post_id for slot in open_slots if slot.post_id})
    waited: dict[int | None, list[str]] = defaultdict(list)
    for slot in open_slots:
        names = holders.get(slot.post_id or 0) or [
            slot.post.title if slot.post else slot.post_words
        ]
        who = " or ".join(filter(None, names)) or "nobody named"
        waited[slot.version_id].append(f"{who} ({slot.organisation.called})")
    for version_id, row in signing.items():
        row.waited_for = waited.get(version_id, [])


def _holders(posts: set[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    held = Appointment.objects.to_posts().current(today()).filter(post_id__in=posts)
    for post, name in held.exclude(capacity="deputy").values_list("post_id", "person__name"):
        names[post].append(name)
    return names


def _slots_of(user) -> list[Slot]:
    """The open slots of the posts that the reader holds, with their versions."""
    person = reach_of(user).person_id
    if person is None:
        return []
    posts = Appointment.objects.to_posts().current(today()).filter(person_id=person)
    out = Version.objects.out_for_signature()
    slots = Slot.objects.open().filter(
        post_id__in=posts.values("post_id"), version_id__in=out.values("pk")
    )
    return list(slots.select_related("organisation", "post", "version__document")[: LAST_SHOWN * 3])


def _undelivered(user) -> list[Notice]:
    """Messages that could not be delivered, for those who keep the register."""
    if not reach_of(user).is_register_officer():
        return []
    rows = Notice.objects.filter(given_up_at__isnull=False).exclude(failure=Notice.NOT_NEEDED)
    return list(rows.order_by("-given_up_at")[:SHOWN])


def _chased(user) -> list[tuple[str, str, str]]:
    """What holds up the entries that the reader keeps: words, how many, and where they are. One statement."""
    if not keeps_any(user):
        return []
    said = (("Waiting for signature more than 14 days", "long"),
            ("Refused, returned or bounced", "stuck"))  # fmt: skip
    counts = counts_of([long_waiting(user), stuck(user)])
    where = reverse("chasing:waiting")
    return [
        (words, f"{count:,}{'+' if is_more else ''}", f"{where}?show={show}")
        for (words, show), (count, is_more) in zip(said, counts, strict=True)
        if count
    ]


def _next_review(rows: QuerySet[Row]):
    """The next review date ahead, or None."""
    ahead = rows.filter(state__in=GOVERNING, review_on__gte=today(), review_on__lt=NO_REVIEW)
    first = ahead.order_by("review_on", "reference").only("review_on").first()
    return first.review_on if first else None
