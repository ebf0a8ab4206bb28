"""Who prepares, confirms and undoes a succession; every no carries its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from register.core.dates import today, words
from register.core.verdicts import YES, Verdict, no
from register.directory.models import Membership, Organisation, Partnership
from register.directory.models.partnerships import MembershipKind
from register.directory.permissions import kept_bodies, may_add_body, may_keep_members
from register.directory.reach import reach_of
from register.succession.models import Side, Succession, SuccessionBody


def may_prepare(by) -> Verdict:
    """Whether somebody may prepare successions: an office of any partnership."""
    if may_add_body(by):
        return YES
    return no("Only officers of the partnership office may record a succession.")


def may_keep(by, bodies: list[Organisation]) -> Verdict:
    """Whether somebody may record a succession of these bodies: an office of each of them.

    The office of a partnership of which the body is a full member today. Where there is none, of one
    of which it is a member of another kind; then of one of which it was; any office of a body that
    never was a member.
    """
    if reach_of(by).sees_everything:
        return YES
    asked = _closest(bodies)
    others = [
        str(body)
        for body in bodies
        if not (any(may_keep_members(by, place) for place in asked[body.pk]) if asked[body.pk]
                else may_add_body(by))
    ]  # fmt: skip
    if others:
        return no(f"Only the partnership office of {', '.join(others)} may do this.")
    return YES


def may_change(by, succession: Succession) -> Verdict:
    """Whether somebody may choose successors, or confirm: who keeps its bodies, while it is prepared."""
    if succession.undone_at:
        return no("It was undone.")
    if succession.confirmed_at:
        return no("It is confirmed already. Undo it before its day to change it.")
    return may_keep(by, bodies_of(succession, Side.FROM))


def may_confirm(by, succession: Succession) -> Verdict:
    """Whether somebody may confirm: who may change it, and holds the office of every partnership of
    which its bodies are members, of any kind: their places, posts and memberships end there too.
    """
    if not (verdict := may_change(by, succession)):
        return verdict
    rows = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today()),
        organisation__in=bodies_of(succession, Side.FROM),
    )
    places = Partnership.objects.filter(pk__in=rows.values("partnership")).order_by("name", "pk")
    missing = [str(place) for place in places if not may_keep_members(by, place)]
    if missing:
        return no(
            f"It also changes what holds in {' and in '.join(missing)}. Somebody has to confirm it "
            "who holds the partnership office there as well."
        )
    return YES


def may_undo(by, succession: Succession) -> Verdict:
    """Whether somebody may undo a succession: who keeps its bodies, before its day."""
    if succession.undone_at:
        return no("It was undone already.")
    if not succession.may_still_be_undone:
        return no(
            f"It took effect on {words(succession.on)}: it can be undone before its day only."
        )
    return may_keep(by, bodies_of(succession, Side.FROM))


def visible_successions(by) -> QuerySet[Succession]:
    """The successions that somebody may read: of bodies that they keep."""
    about = SuccessionBody.objects.filter(succession_id=OuterRef("pk"), side=Side.FROM)
    ours = about.filter(organisation__in=kept_bodies(by))
    return Succession.objects.filter(Exists(ours))


def bodies_of(succession: Succession, side: str) -> list[Organisation]:
    """The bodies on one side of a succession, in order. One statement."""
    rows = succession.bodies.filter(side=side).select_related("organisation")
    return [row.organisation for row in rows]


def _closest(bodies: Iterable[Organisation]) -> dict[int, list[Partnership]]:
    """By body the partnerships whose office speaks for it. One statement."""
    held: dict[int, dict[int, list[Partnership]]] = defaultdict(lambda: defaultdict(list))
    rows = Membership.objects.filter(organisation__in=bodies).select_related("partnership")
    for row in rows:
        is_full = row.kind == MembershipKind.FULL
        rank = (0 if is_full else 1) if row.holds_on(today()) else 2
        held[row.organisation_id][rank].append(row.partnership)
    return defaultdict(list, {pk: ranks[min(ranks)] for pk, ranks in held.items()})
