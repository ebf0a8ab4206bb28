"""The parts of somebody's work that are about how agreements are kept: breaches, proofs at the end, checks."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from register.accounts.roles import EDIT_FOR
from register.chasing.permissions import keeps_any, kept_by
from register.concerns.models import AdherenceCheck, Concern, ConcernBody
from register.core.dates import today
from register.directory.reach import reach_of
from register.documents.lifecycle import GOVERNING
from register.documents.models import Document, Version
from register.endings.models import Proof
from register.worklist.parts import ME, Item, Source, entry_address, put_entry_off
from register.worklist.putting_off import Hidden

# A check is shown so long before it is due, as a review is three months before.
CHECK_AHEAD = timedelta(days=28)


def _concerns(user, hidden: Hidden) -> QuerySet[Concern]:
    """Open breaches and concerns that somebody deals with, or of what they look after.

    Whoever puts an entry off puts off its reviews: what went wrong under it stands on.
    """
    reach = reach_of(user)
    if reach.sees_everything or not reach.person_id:
        return Concern.objects.none()
    mine = kept_by(user, "document__") | Q(lead_body_id__in=reach.bodies(EDIT_FOR))
    mine |= Q(lead_id=reach.person_id)
    rows = Concern.objects.visible_to(user).open().filter(mine)
    return rows.select_related("document", "lead_body")


def _proofs(user, hidden: Hidden) -> QuerySet[Proof]:
    """Proofs of return or deletion that are waited for: of what somebody looks after, and of their bodies."""
    if not _keeps(user):
        return Proof.objects.none()
    kept = Document.objects.filter(kept_by(user), pk=OuterRef("ending__document_id")).order_by()
    mine = Q(organisation_id__in=reach_of(user).bodies(EDIT_FOR))
    rows = Proof.objects.visible_to(user).outstanding().filter(Exists(kept) | mine)
    rows = rows.select_related("organisation", "ending__document", "ending__version")
    return hidden.without(rows, "ending__document_id", "organisation_id")


def _checks(user, hidden: Hidden) -> QuerySet[AdherenceCheck]:
    """The last checks of what somebody looks after and is in force, whose next one comes up or is late."""
    if not _keeps(user):
        return AdherenceCheck.objects.none()
    kept = Document.objects.visible_to(user).filter(kept_by(user), archived_on__isnull=True)
    governed = Version.objects.filter(state__in=GOVERNING, document_id=OuterRef("document_id"))
    rows = AdherenceCheck.objects.due(today() + CHECK_AHEAD).filter(
        Exists(kept.order_by().filter(pk=OuterRef("document_id"))), Exists(governed.order_by())
    )
    rows = rows.select_related("document", "version")
    return hidden.without(rows, "document_id", "document__lead_id")


def _concern_items(user, rows: list[Concern]) -> list[Item]:
    untold = ConcernBody.objects.filter(concern__in=rows, told_at__isnull=True)
    waiting = set(untold.order_by().values_list("concern_id", flat=True))
    bodies, kept = reach_of(user).bodies(EDIT_FOR), _kept(user, rows)
    return [
        _concern_item(
            row,
            is_untold=row.pk in waiting,
            may_act=row.document_id in kept or row.lead_body_id in bodies,
        )
        for row in rows
    ]


def _keeps(user) -> bool:
    """Whether somebody has a hand in what is looked after; whoever only reads everything has none."""
    return keeps_any(user) and not reach_of(user).sees_everything


def _kept(user, rows: list[Concern]) -> set[int]:
    mine = Document.objects.filter(kept_by(user), pk__in={row.document_id for row in rows})
    return set(mine.order_by().values_list("pk", flat=True))


def _concern_item(row: Concern, *, is_untold: bool, may_act: bool) -> Item:
    reference, address = row.document.reference, row.get_absolute_url()
    is_undecided = row.waits_for_ico
    act, to = "Close the record", reverse("concerns:close", args=[row.pk])
    if not may_act:
        act, to = "Read the record", address
    elif is_undecided:
        to = f"{reverse('concerns:correct', args=[row.pk])}#id_ico_answer"
        act = "Decide about the ICO"
    elif is_untold:
        act, to = "Tell the bodies", f"{address}#bodies"
    # The digest carries these words by mail: they do not say what happened.
    return Item(
        title=row.reference, address=address, reference=reference,
        says=f"{row.lead_body.called} deals with it",
        act=act, act_address=to, day=row.ico_due_at if is_undecided else row.found_at,
        day_words="72 hours end" if is_undecided else "Found", is_late=row.is_ico_overdue,
    )  # fmt: skip


def _proof_items(user, rows: list[Proof]) -> list[Item]:
    return [
        Item(
            title=row.ending.version.title, address=f"{entry_address(reference)}#proofs",
            reference=reference, says=f"{row.organisation.called} has not said what became of it",
            act="Record the proof", act_address=reverse("endings:record", args=[row.pk]),
            day=row.due_on, day_words="Due", is_late=row.is_overdue,
            put_off=put_entry_off(reference, row.organisation_id),
        )
        for row in rows
        for reference in [row.ending.document.reference]
    ]  # fmt: skip


def _check_items(user, rows: list[AdherenceCheck]) -> list[Item]:
    return [
        Item(
            title=row.version.title, address=f"{entry_address(reference)}#checks",
            reference=reference, says=f"Last checked by {row.checker_name}",
            act="Record a check", act_address=reverse("concerns:record_check", args=[reference]),
            day=row.next_on, day_words="Check due", is_late=row.is_next_overdue,
            put_off=put_entry_off(reference, row.document.lead_id),
        )
        for row in rows
        for reference in [row.document.reference]
    ]  # fmt: skip


CONCERNS = Source(
    "concerns", "Breaches and concerns", ME, _concerns, _concern_items, ("found_at", "pk")
)
PROOFS = Source(
    "proofs", "Return or deletion to be proved", ME, _proofs, _proof_items, ("due_on", "pk")
)
CHECKS = Source("checks", "Adherence checks", ME, _checks, _check_items, ("next_on", "pk"))
