"""Posts of a body, whose holders sign or answer for it."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from register.core.dates import today
from register.core.verdicts import require
from register.directory.models import Organisation, Post
from register.directory.permissions import may_maintain
from register.directory.services.rows import last_day, lock, only_known, save_checked, set_facts
from register.ledger.acts import act
from register.lists.labels import label, labels

FACTS = ("title", "mailbox", "phone", "kind", "starts_on", "ends_on")


def add_post(
    *, by, organisation: Organisation, kind: str, title: str = "", mailbox: str = "",
    phone: str = "", starts_on: date | None = None,
) -> Post:  # fmt: skip
    """Add a post to a body; without a title it is called by its kind. It begins vacant."""
    post = Post(
        organisation=organisation,
        kind=kind,
        title=" ".join(title.split()) or label("post_kind", kind),
        mailbox=mailbox,
        phone=phone,
        starts_on=starts_on,
    )
    with act(by=by, verb="post.added", subject=post):
        require(may_maintain(by, organisation))
        _check_kind(kind)
        post.organisation = organisation = lock(organisation)
        if organisation.merged_into_id:
            raise ValidationError(f"This record was merged into {organisation.surviving}.")
        save_checked(post)
    return post


def change_post(*, by, post: Post, row_version: int, reason: str = "", **facts) -> Post:
    """Change the title, kind or contacts of a post. Raises Conflict."""
    facts = only_known(facts, FACTS)
    with act(by=by, verb="post.changed", subject=post, reason=reason, quiet=True):
        post = lock(post)
        require(may_maintain(by, post.organisation))
        if "kind" in facts and facts["kind"] != post.kind:
            _check_kind(facts["kind"])
        set_facts(post, facts, row_version)
    return post


def end_post(*, by, post: Post, ends_on: date | None = None, reason: str = "") -> Post:
    """Abolish a post; those who hold it must be ended first, so that nobody is left in the air."""
    ends_on = ends_on or today()
    with act(by=by, verb="post.ended", subject=post, reason=reason):
        post = lock(post)
        require(may_maintain(by, post.organisation))
        last_day(post, ends_on)
        for row in post.appointments.select_related("person"):
            if row.ends_on is None or row.ends_on > ends_on:
                raise ValidationError(f"{row.person} holds this post. End that appointment first.")
        set_facts(post, {"ends_on": ends_on})
    return post


def _check_kind(kind: str) -> None:
    known = labels("post_kind")
    if known and kind not in known:
        raise ValidationError({"kind": f"“{kind}” is not in the list of kinds of post."})
