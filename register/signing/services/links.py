"""Links, codes and known devices: random, kept as hashes, made when they are mailed.

A link by itself shows what is asked and allows nothing. Whoever opens it proves with a code that was
sent to the same mailbox a moment ago, with a device that typed one before, or by signing in, that
they are the person who was asked.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from register.core.dates import LONDON, now, today
from register.directory.models import Person
from register.notices.secrets import MINTERS
from register.signing import emails
from register.signing.models import (
    KnownDevice,
    MailKind,
    RequestMail,
    SignCode,
    SigningRequest,
    SignLink,
)

LINK_DAYS = 60
CODE_MINUTES = 30
CODE_TRIES = 5
CODES_AN_HOUR = 6
NEW_LINK_EVERY = timedelta(minutes=5)
DEVICE_DAYS = 365


def open_link(token: str) -> SignLink | None:
    """The link of a token while it lives: not run out, and something of it still open."""
    link = _link(token)
    if link is None or link.ended_at or link.expires_at <= now():
        return None
    return link if waiting_for(link) else None


def waiting_for(link: SignLink) -> list[SigningRequest]:
    """What a link leads to that is still open, its own request first."""
    rows = SigningRequest.objects.of(link.person).select_related(
        "slot__organisation", "slot__post", "slot__version__document__partnership", "person"
    )
    own = [row for row in rows if link.request_id in (None, row.pk)]
    return own and [*own, *(row for row in rows if row not in own)]


def send_code(link: SignLink) -> bool:
    """Mail a fresh code to the address on record; False when too many were asked for in an hour."""
    with transaction.atomic():
        link = SignLink.objects.select_for_update().select_related("person").get(pk=link.pk)
        recent = SignCode.objects.filter(
            link__person=link.person, asked_at__gt=now() - timedelta(hours=1)
        )
        if recent.count() >= CODES_AN_HOUR:
            return False
        code = SignCode.objects.create(link=link, asked_at=now())
        emails.code(code)
    return True


def check_code(link: SignLink, typed: str) -> bool:
    """Whether what was typed is a code of this link that still holds; a code is good once.

    After five wrong tries the codes of a link hold no more, and a fresh one has to be asked for.
    """
    digits = "".join(char for char in typed if char.isdigit())
    with transaction.atomic():
        codes = SignCode.objects.select_for_update().filter(
            link=link, used_at__isnull=True, expires_at__gt=now(), tries__lt=CODE_TRIES
        )
        for code in codes:
            if hmac.compare_digest(code.code_sha256, _salted(code.salt, digits)):
                code.used_at = now()
                code.save(update_fields=["used_at"])
                return True
        for code in codes:
            code.tries += 1
            code.save(update_fields=["tries"])
    return False


def ask_new_link(token: str) -> None:
    """Mail a fresh link in the place of a dead one, to the address on record and to nobody else.

    Says nothing of whether the token was ever known; at most one message in five minutes.
    """
    link = _link(token)
    if link is not None:
        _mail_new_link(link.person_id)


def ask_new_link_at(address: str) -> None:
    """Mail a fresh link to whoever is on record with an address, where something waits for them.

    Says nothing of whether anybody is; at most one message in five minutes.
    """
    waiting = SigningRequest.objects.asked().filter(person__contact__email__iexact=address.strip())
    for person_id in waiting.order_by().values_list("person", flat=True).distinct()[:3]:
        _mail_new_link(person_id)


def remember_device(person: Person, browser: str) -> str:
    """Remember a browser in which a person has typed a code; answers the token for its cookie."""
    token = secrets.token_urlsafe(32)
    KnownDevice.objects.create(
        person=person, token_sha256=hashed(token), browser=browser[:200], made_at=now(),
        seen_at=now(), expires_at=now() + timedelta(days=DEVICE_DAYS),
    )  # fmt: skip
    return token


def is_known_device(person: Person, token: str) -> bool:
    """Whether a browser with this token is known as a person's own."""
    if not token:
        return False
    rows = KnownDevice.objects.filter(
        person=person, token_sha256=hashed(token), expires_at__gt=now()
    )
    return bool(rows.update(seen_at=now()))


def forget_devices(person: Person) -> int:
    """Forget every browser of a person, as when their address changes; how many there were."""
    return KnownDevice.objects.filter(person=person).delete()[0]


def hashed(token: str) -> str:
    """The SHA-256 by which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def _mail_new_link(person_id: int) -> None:
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person_id)
        since = now() - NEW_LINK_EVERY
        made = SignLink.objects.filter(person=person, made_at__gt=since)
        # A message that still waits in the outbox has no link yet.
        written = RequestMail.objects.filter(
            request__person=person, kind=MailKind.NEW_LINK, notice__written_at__gt=since
        )
        waits = SigningRequest.objects.of(person).exists()
        if waits and not made.exists() and not written.exists():
            emails.everything(person)


def _mint_link(request_pk: int) -> str | None:
    request = SigningRequest.objects.asked().filter(pk=request_pk).first()
    return _minted(request.person, request) if request else None


def _mint_for_all(person_pk: int) -> str | None:
    waits = SigningRequest.objects.of(Person(pk=person_pk)).select_related("person").first()
    return _minted(waits.person, None) if waits else None


def _mint_code(code_pk: int) -> str | None:
    code = SignCode.objects.filter(pk=code_pk, used_at__isnull=True).first()
    if code is None or code.link.ended_at:
        return None
    digits = f"{secrets.randbelow(10**6):06d}"
    code.salt = secrets.token_hex(16)
    code.code_sha256 = _salted(code.salt, digits)
    code.expires_at = now() + timedelta(minutes=CODE_MINUTES)
    code.save(update_fields=["salt", "code_sha256", "expires_at"])
    return digits


def _minted(person: Person, request: SigningRequest | None) -> str:
    token = secrets.token_urlsafe(32)
    SignLink.objects.create(
        person=person, request=request, token_sha256=hashed(token), made_at=now(),
        expires_at=_expiry(request),
    )  # fmt: skip
    return f"{settings.BASE_URL}/sign/l/{token}/"


def _expiry(request: SigningRequest | None) -> datetime:
    latest = now() + timedelta(days=LINK_DAYS)
    if request is None:
        return latest
    asked = getattr(request.slot.version, "round", None)
    if asked is None or asked.sign_by is None or asked.on_missed != "close":
        return latest
    if asked.sign_by < today():  # asked again after the day had passed
        return latest
    return min(latest, datetime.combine(asked.sign_by + timedelta(days=1), time(), LONDON))


def _link(token: str) -> SignLink | None:
    rows = SignLink.objects.select_related("person", "request")
    return rows.filter(token_sha256=hashed(token)).first()


def _salted(salt: str, digits: str) -> str:
    return hashlib.sha256(f"{salt}:{digits}".encode()).hexdigest()


MINTERS.update({"sign_link": _mint_link, "sign_all": _mint_for_all, "sign_code": _mint_code})
