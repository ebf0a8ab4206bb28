"""How often a login hears of its work, and the address at which it stops that without signing in."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from register.accounts.models import User
from register.core.dates import now, today
from register.notices.models import Notice
from register.notices.secrets import LEAVING, MINTERS, WRITERS
from register.worklist.emails import said
from register.worklist.models import MailChoice, Often
from register.worklist.services.digests import key_for
from register.worklist.work import work_of

KIND = "digest"
_SALT = "worklist.unsubscribe"


def choose_digest(*, user, digest: str) -> MailChoice:
    """Note how often a login wants its digest: off, daily or weekly."""
    if digest not in Often.values:
        raise ValueError(f"A digest comes {', '.join(Often.values)}, not {digest!r}.")
    with transaction.atomic():
        row, _ = MailChoice.objects.get_or_create(user=user, defaults={"chosen_at": now()})
        if row.digest != digest:
            row.digest, row.chosen_at, row.last_key = digest, now(), ""
            row.save(update_fields=["digest", "chosen_at", "last_key"])
    return row


def digest_of(user) -> str:
    """How often a login gets its digest; never, until it chose."""
    row = MailChoice.objects.filter(user=user).first()
    return row.digest if row else Often.OFF


def unsubscribe_address(user) -> str:
    """The address at which the digest of a login is stopped; it lets nobody do anything else."""
    token = signing.dumps(user.pk, salt=_SALT)
    return f"{settings.BASE_URL}{reverse('worklist:unsubscribe', args=[token])}"


def whose(token: str) -> User | None:
    """The login that an address for stopping the digest is of; None where it is of nobody."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk).first()


def mint(pk: int) -> str | None:
    """The address that stands in a digest; None where its reader left or stopped it meanwhile."""
    wanted = MailChoice.objects.exclude(digest=Often.OFF).select_related("user")
    row = wanted.filter(user_id=pk, user__is_active=True).first()
    return unsubscribe_address(row.user) if row else None


def newest(notice: Notice) -> tuple[str, str, str] | None:
    """The words of a digest when it is sent: what waits then, as its reader may read it then.

    None where nothing waits any more, and where its day or week is over and the next one says what
    waits: after days without a mail server there is one digest, not a heap.
    """
    keys = {key_for(often, today()): often for often in (Often.DAILY, Often.WEEKLY)}
    often = keys.get(notice.key.rpartition(":")[2])
    users = User.objects.filter(is_active=True).select_related("person__contact")
    user = users.filter(pk=notice.secret_for or 0).first() if often else None
    if often is None or user is None:
        return None
    work = work_of(user)
    return None if work.needs_nothing else said(user, work, often=often)


def plug_in() -> None:
    """Say how the address in a digest is made, and that mail programs may offer it as a button."""
    MINTERS[KIND] = mint
    WRITERS[KIND] = newest
    LEAVING.add(KIND)
