"""Keeping a partnership: its settings, its words, and who is expected to sign at each tier."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from register.accounts.roles import ROLES
from register.core.dates import today
from register.core.verdicts import require
from register.directory.grants import recompute
from register.directory.models import Appointment, Partnership, TierPost
from register.directory.permissions import may_administer
from register.directory.services.rows import lock, only_known, save_checked, set_facts
from register.ledger.acts import act
from register.lists.labels import labels

FACTS = (
    "name",
    "area",
    "former_names",
    "status_note",
    "accredited_on",
    "charter_word",
    "protocol_word",
    "agreement_word",
    "office_name",
    "office_email",
    "office_phone",
)
# Who signs at each tier where a partnership has not said otherwise.
USUAL_POSTS = {
    1: ["chief_executive"],
    2: ["executive_lead", "caldicott_guardian"],
    3: ["senior_officer", "operational_manager"],
}


class Expected(NamedTuple):
    """A post expected to sign documents of a tier, and whether it is needed for coming into force."""

    post_kind: str
    is_required: bool = True


def add_partnership(*, by, name: str, prefix: str = "", slug: str = "", **facts) -> Partnership:
    """Add a partnership with its usual posts; the administrator who adds it administers it.

    The prefix of references (two to six capital letters) and the short form in addresses are made
    from the name where they are not given.
    """
    partnership = Partnership(
        name=" ".join(name.split()),
        prefix=prefix or initials(name),
        slug=slug or slugify(name)[:60],
        **only_known(facts, FACTS),
    )
    with act(by=by, verb="partnership.added", subject=partnership):
        require(may_administer(by))
        save_checked(partnership)
        for tier, kinds in USUAL_POSTS.items():
            _write_tier_posts(
                partnership, tier, [Expected(kind, n == 0) for n, kind in enumerate(kinds)]
            )
        if person := getattr(by, "person", None):
            role = ROLES["administrator"].code
            row = Appointment(person=person, role=role, partnership=partnership, starts_on=today())
            save_checked(row)
            recompute(person)
    return partnership


def change_partnership(
    *, by, partnership: Partnership, row_version: int, reason: str = "", **facts
) -> Partnership:
    """Change the settings of a partnership: its words for the tiers, its office. Raises Conflict."""
    facts = only_known(facts, FACTS)
    with act(by=by, verb="partnership.changed", subject=partnership, reason=reason, quiet=True):
        partnership = lock(partnership)
        require(may_administer(by, partnership))
        set_facts(partnership, facts, row_version)
    return partnership


def set_tier_posts(
    *, by, partnership: Partnership, tier: int, posts: list[Expected], reason: str = ""
) -> list[TierPost]:
    """Say which posts of each party are expected to sign documents of a tier, in their order."""
    known = labels("post_kind")
    for post in posts:
        if known and post.post_kind not in known:
            raise ValidationError(f"“{post.post_kind}” is not in the list of kinds of post.")
    with act(by=by, verb="partnership.posts_set", subject=partnership, reason=reason, quiet=True):
        partnership = lock(partnership)
        require(may_administer(by, partnership))
        _write_tier_posts(partnership, tier, posts)
    return list(partnership.tier_posts.filter(tier=tier).order_by("position"))


def initials(name: str) -> str:
    """Two to six capital letters for references, from the initials of a partnership's name."""
    words = [w for w in re.findall(r"[A-Za-z]+", name) if w.lower() not in {"of", "and", "the"}]
    letters = "".join(word[0] for word in words).upper()[:6]
    return letters if len(letters) > 1 else "".join(words).upper()[:2] or "RG"


def _write_tier_posts(partnership: Partnership, tier: int, posts: list[Expected]) -> None:
    held = {row.post_kind: row for row in partnership.tier_posts.filter(tier=tier)}
    for position, post in enumerate(dict.fromkeys(posts), 1):
        row = held.pop(post.post_kind, None)
        row = row or TierPost(partnership=partnership, tier=tier, post_kind=post.post_kind)
        now_says = (post.is_required, position)
        if row.pk is None or (row.is_required, row.position) != now_says:
            row.is_required, row.position = now_says
            save_checked(row)
    for row in held.values():
        row.delete()
