"""The entries that somebody looks after, and the parts of their work that are drafts and what is in force."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from register.accounts.roles import EDIT_ALL, EDIT_FOR, READ_FOR
from register.chasing.permissions import keeps_any
from register.core.dates import day_of
from register.directory.reach import reach_of
from register.documents.lifecycle import EDITABLE, GOVERNING
from register.search.models import NO_REVIEW, Row, RowBody
from register.search.visible import visible_rows
from register.worklist.parts import KNOW, ME, Item, Source, entry_address, put_entry_off
from register.worklist.putting_off import Hidden

AGREEMENT = 3
_CHANGED, _STATUS = Coalesce("changed_at", "changed_at"), Coalesce("status", "status")


def kept_rows(user) -> QuerySet[Row]:
    """The entries that somebody looks after: of their partnerships, led by their bodies, owned by them."""
    return _listed(user).filter(_kept(user))


def own_rows(user) -> QuerySet[Row]:
    """The entries that are somebody's own: led by a body for which they draft, or owned by them."""
    return _listed(user).filter(_own(user))


def item_of(row: Row, **facts) -> Item:
    """An entry as an item: its name, where it is, and what is said of it besides."""
    return Item(
        **{
            "title": row.title,
            "address": entry_address(row.reference),
            "reference": row.reference,
            "put_off": put_entry_off(row.reference, row.lead_id),
            **facts,
        }
    )


def _listed(user) -> QuerySet[Row]:
    return visible_rows(user).filter(is_archived=False)


def _kept(user) -> Q:
    reach = reach_of(user)
    if reach.sees_everything:
        return Q()
    whole = reach.by_partnership.get(EDIT_ALL, set())
    if whole and reach.partnerships <= whole:
        # Said alone, so that an index answers it: nothing else that they may read is theirs.
        return Q(partnership_id__in=whole)
    return Q(partnership_id__in=whole) | _own(user)


def _own(user) -> Q:
    reach = reach_of(user)
    mine = Q(lead_id__in=reach.bodies(EDIT_FOR))
    return mine | Q(owner_id=reach.person_id) if reach.person_id else mine


def _drafts(user, hidden: Hidden) -> QuerySet[Row]:
    # By expressions: along the indexes of changes and states the few drafts of one are long looked for.
    rows = own_rows(user).annotate(by_change=_CHANGED, by_status=_STATUS)
    return hidden.without(rows.filter(by_status__in=EDITABLE), "pk", "lead_id")


def _governing(user, hidden: Hidden) -> QuerySet[Row]:
    """What is in force for the bodies of a reader who keeps no entries, such as a manager."""
    bodies = reach_of(user).bodies(READ_FOR)
    if keeps_any(user) or not bodies:
        return Row.objects.none()
    named = RowBody.objects.filter(organisation_id__in=bodies)
    rows = _listed(user).filter(tier=AGREEMENT, state__in=GOVERNING, pk__in=named.values("row_id"))
    # What came from an old register counts as in force once an officer has confirmed it.
    return hidden.without(rows.filter(is_unconfirmed=False), "pk")


def _draft_items(user, rows: list[Row]) -> list[Item]:
    return [
        item_of(
            row,
            says="In consultation" if row.state == "consultation" else "Draft",
            act="Go on writing",
            act_address=reverse("documents:draft", args=[row.reference]),
            day=day_of(row.changed_at),
            day_words="Changed",
        )
        for row in rows
    ]


def _governing_items(user, rows: list[Row]) -> list[Item]:
    return [
        item_of(
            row,
            says=_standing(row),
            act="Read it",
            act_address=entry_address(row.reference),
            day=None if row.review_on == NO_REVIEW else row.review_on,
            day_words="Next review",
            put_off="",
        )
        for row in rows
    ]


def _standing(row: Row) -> str:
    if row.is_suspended:
        return "Suspended"
    return f"{row.signed} of {row.slots} signed" if row.slots else "In force"


DRAFTS = Source("drafts", "My drafts", ME, _drafts, _draft_items, ("-by_change", "reference"))
IN_FORCE = Source(
    "in-force", "In force for my organisation", KNOW, _governing, _governing_items,
    ("title", "reference"),
)  # fmt: skip
