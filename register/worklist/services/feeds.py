"""Making, renewing, revoking and finding calendar feeds; only the digest of their address is kept."""

from __future__ import annotations

import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction

from register.core.dates import now, today
from register.directory.models import Community, Organisation
from register.directory.permissions import visible_bodies, visible_communities
from register.worklist.models import Feed, FeedKind

MOST = 20


def make_feed(
    *, user, kind: str, organisation: Organisation | None = None, community: Community | None = None
) -> tuple[Feed, str]:
    """Make a calendar feed for a login; answers it with the secret of its address, shown this once.

    Raises ValidationError for a body or community that is missing or unknown to the login, and for
    more than twenty feeds.
    """
    with transaction.atomic():
        if user.feeds.filter(revoked_at__isnull=True).count() >= MOST:
            raise ValidationError(
                f"You have {MOST} calendar feeds. Revoke one before you make more."
            )
        row = Feed(
            user=user, kind=kind, made_at=now(),
            organisation=_body(user, organisation) if kind == FeedKind.BODY else None,
            community=_community(user, community) if kind == FeedKind.COMMUNITY else None,
        )  # fmt: skip
        return row, _renew(row)


def regenerate(*, user, feed: Feed) -> str:
    """Give a feed a new address; the old one is dead from this moment. Answers the new secret."""
    with transaction.atomic():
        row = Feed.objects.select_for_update(of=("self",)).get(pk=feed.pk, user=user)
        if row.revoked_at:
            raise ValidationError("This feed is revoked. Make a new one.")
        return _renew(row)


def revoke(*, user, feed: Feed) -> None:
    """End a feed at once; ending it twice changes nothing."""
    rows = Feed.objects.filter(pk=feed.pk, user=user, revoked_at__isnull=True)
    rows.update(revoked_at=now())


def feed_of(secret: str) -> Feed | None:
    """The feed of a secret, of a login that is still alive; notes that it was read today."""
    rows = Feed.objects.filter(revoked_at__isnull=True, user__is_active=True)
    rows = rows.select_related("user__person", "organisation", "community")
    row = rows.filter(digest=hashed(secret)).first()
    if row is not None and row.used_on != today():
        Feed.objects.filter(pk=row.pk).update(used_on=today())
    return row


def hashed(secret: str) -> str:
    """The SHA-256 by which the secret of an address is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _renew(row: Feed) -> str:
    secret = secrets.token_urlsafe(32)
    row.beginning, row.digest, row.used_on = secret[:6], hashed(secret), None
    row.save()
    return secret


def _body(user, organisation: Organisation | None) -> Organisation:
    if organisation is None or not visible_bodies(user).filter(pk=organisation.pk).exists():
        raise ValidationError({"organisation": "Choose the body whose dates you want."})
    return organisation


def _community(user, community: Community | None) -> Community:
    if community is None or not visible_communities(user).filter(pk=community.pk).exists():
        raise ValidationError({"community": "Choose the community whose dates you want."})
    return community
