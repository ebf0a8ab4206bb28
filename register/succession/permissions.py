"""Who prepares, confirms and undoes a succession; every no carries its reason."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from register.core.dates import words
from register.core.verdicts import YES, Verdict, no
from register.directory.models import Organisation
from register.directory.permissions import kept_bodies, may_add_body
from register.succession.models import Side, Succession, SuccessionBody


def may_prepare(by) -> Verdict:
    """Whether somebody may prepare successions: an office of any partnership."""
    if may_add_body(by):
        return YES
    return no("Only officers of the partnership office may record a succession.")


def may_keep(by, bodies: list[Organisation]) -> Verdict:
    """Whether somebody may record a succession of these bodies: who keeps each of them."""
    kept = set(
        kept_bodies(by).filter(pk__in=[body.pk for body in bodies]).values_list("pk", flat=True)
    )
    others = [str(body) for body in bodies if body.pk not in kept]
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
