"""A harmless test message to everybody who signs, and the note that it reached them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from register.chasing import emails
from register.chasing.models import ReachMail, ReachTest
from register.chasing.permissions import may_test
from register.chasing.recipients import recipients_of
from register.core.dates import clock_words, now
from register.core.verdicts import require
from register.directory.models import Partnership
from register.ledger.acts import act

KIND = "reach_test"
NOT_AGAIN_FOR = timedelta(hours=1)


def start_test(*, by, partnership: Partnership) -> ReachTest:
    """Send a test message to everybody who signs in a partnership, as far as `by` keeps entries there."""
    with act(by=by, verb="reach.tested", subject=partnership):
        require(may_test(by, partnership))
        officer = getattr(by, "person", None)
        _not_twice(partnership, officer)
        people = [each for each in recipients_of(by, partnership) if each.address]
        if not people:
            raise ValidationError("Nobody who signs here has an e-mail address on record.")
        test = ReachTest(
            partnership=partnership, officer=officer, started_at=now(), people_count=len(people),
        )  # fmt: skip
        test.save()
        for each in people:
            mail = ReachMail.objects.create(test=test, person=each.person)
            mail.notice = emails.reach_test(mail, each.address)
            mail.save(update_fields=["notice"])
    return test


def mint(pk: int) -> str | None:
    """The address at which one person says that a message reached them; None once they have."""
    mail = ReachMail.objects.filter(pk=pk, confirmed_at__isnull=True).first()
    if mail is None:
        return None
    token = secrets.token_urlsafe(32)
    mail.token_sha256 = hashed(token)
    mail.save(update_fields=["token_sha256"])
    return f"{settings.BASE_URL}/reached/{token}/"


def mail_of(token: str) -> ReachMail | None:
    """The test message of a token; None for one that is not known."""
    rows = ReachMail.objects.select_related("test__partnership", "test__officer__contact", "person")
    return rows.filter(token_sha256=hashed(token)).first()


def confirm(token: str) -> ReachMail | None:
    """Note that a message reached its person, the first time that they say so."""
    with transaction.atomic():
        rows = ReachMail.objects.filter(token_sha256=hashed(token), confirmed_at__isnull=True)
        rows.update(confirmed_at=now())
    return mail_of(token)


def _not_twice(partnership: Partnership, officer) -> None:
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)
    last = ReachTest.objects.filter(partnership=partnership, officer=officer).first()
    if last and last.started_at > now() - NOT_AGAIN_FOR:
        raise ValidationError(
            f"You sent a test message at {clock_words(last.started_at)}. Wait an hour before the next."
        )


def hashed(token: str) -> str:
    """The SHA-256 by which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
