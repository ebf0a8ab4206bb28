"""What these pages keep of their own: how often an address guesses at links, and who came in by one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F
from django.utils.crypto import salted_hmac

from register.approval.models import Guesses
from register.core.dates import now
from register.directory.models import Person
from register.ledger.access import note_access

GUESSES_AN_HOUR = 30
KEPT_FOR = timedelta(hours=24)


def may_try(address: str) -> bool:
    """Whether an address may go on trying links in this hour."""
    hour = _hour()
    mine = Guesses.objects.filter(address=_digest(address, hour), hour=hour)
    return (mine.values_list("count", flat=True).first() or 0) < GUESSES_AN_HOUR


def count_guess(address: str) -> None:
    """Count a link that never was, or a question for a lost one, against the address that asked."""
    hour = _hour()
    digest = _digest(address, hour)
    Guesses.objects.get_or_create(address=digest, hour=hour)
    Guesses.objects.filter(address=digest, hour=hour).update(count=F("count") + 1)


def forget_guesses() -> int:
    """Forget the counts of hours that are over. How many."""
    return Guesses.objects.filter(hour__lt=now() - KEPT_FOR).delete()[0]


def note_sitting(person: Person, method: str, *, ip: str, browser: str) -> None:
    """Note that somebody came in by a link; never the link itself."""
    detail = f"{person.name}, {method}"
    note_access(kind="signing_began", path="/sign/l/", detail=detail, ip=ip, browser=browser)


def note_wrong_code(person: Person, *, ip: str, browser: str) -> None:
    """Note that somebody who holds a person's link typed a wrong code."""
    note_access(
        kind="signing_code_wrong", path="/sign/l/", detail=person.name, ip=ip, browser=browser
    )


def _hour() -> datetime:
    return now().replace(minute=0, second=0, microsecond=0)


def _digest(address: str, hour: datetime) -> str:
    salt = f"register.approval.guesses {hour.isoformat()}"
    return salted_hmac(salt, address, algorithm="sha256").hexdigest()
