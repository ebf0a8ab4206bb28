"""What the register does by itself when the day to sign by passes, and when a message bounces."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from register.chasing.models import Told
from register.core.dates import now, today, words
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Version
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_version
from register.jobs.items import each
from register.ledger.acts import act
from register.notices.models import Notice
from register.signing import emails
from register.signing.models import Closed, OnMissed, RequestMail, SigningRequest, SigningRound
from register.signing.services.closing import close_requests

SYSTEM = "system:chase"


def act_on_missed_days() -> int:
    """Close what is open, or leave it open, as the officer chose; tell them once. How many versions."""
    waiting = SigningRequest.objects.open().filter(
        slot__version=OuterRef("version"), is_notice=False
    )
    rows = SigningRound.objects.filter(
        Exists(waiting),
        sign_by__lt=today(),
        missed_at__isnull=True,
        version__state__in=(State.SIGNING, *GOVERNING),
    )
    rounds = list(rows.select_related("version__document").order_by("version__document", "version"))
    return each(
        "act_on_missed_days", [found.version for found in rounds], _missed,
        key=lambda version: f"version {version.pk}", partnership=_partnership,
    )  # fmt: skip


def tell_of_bounces() -> int:
    """Tell officers of requests that did not reach somebody, each once; how many."""
    return each(
        "tell_of_bounces", _bounced(), _tell_bounced,
        key=lambda mail: f"message {mail.pk}",
        partnership=lambda mail: _partnership(mail.request.slot.version),
    )  # fmt: skip


def _tell_bounced(mail: RequestMail) -> bool:
    request = mail.request
    with act(by=SYSTEM, verb="signatures.bounced", subject=request, quiet=True):
        _, is_new = Told.objects.get_or_create(key=_bounce_key(mail), defaults={"told_at": now()})
        if is_new:
            emails.tell_officer(
                request.slot.version,
                says=f"The message to {request.person} for {request.slot.organisation} did not arrive.",
                more=f"{mail.notice.failure_words}\n\nPut the address right, or ask somebody else.",
                key=f"sign-bounced:{request.pk}:{mail.pk}",
            )  # fmt: skip
    return is_new


def _partnership(version: Version) -> int:
    return version.document.partnership_id


def _missed(version: Version) -> bool:
    with act(by=SYSTEM, verb="signatures.missed", subject=version, quiet=True):
        version = lock_version(version)
        asked = SigningRound.objects.select_for_update().get(version=version)
        waiting = SigningRequest.objects.open().filter(slot__version=version, is_notice=False)
        rows = list(waiting.select_related("person", "slot__organisation"))
        if asked.missed_at or asked.sign_by is None or asked.sign_by >= today() or not rows:
            return False
        closes = asked.on_missed == OnMissed.CLOSE
        if closes:
            close_requests(rows, Closed.EXPIRED, f"{words(asked.sign_by)} has passed.")
        asked.missed_at = now()
        asked.row_version += 1
        asked.save()
        version.round = asked
        _tell_missed(version, rows, closes)
        keep_up([version.document_id])
    return True


def _tell_missed(version: Version, rows: list[SigningRequest], closes: bool) -> None:
    day = version.round.sign_by
    names = sorted({f"{row.person} ({row.slot.organisation})" for row in rows})
    outcome = (
        "What was open has closed: ask again those who are still to sign."
        if closes
        else "They may still sign. Give more time, or ask somebody else."
    )
    emails.tell_officer(
        version,
        says=f"{len(names)} {'person has' if len(names) == 1 else 'people have'} not signed by "
        f"{words(day)}.",
        more="\n".join([*names, "", outcome]),
        key=f"sign-missed:{version.pk}:{day:%Y-%m-%d}",
    )


def _bounced():
    """The newest messages of open requests that were given up and not told of yet."""
    newer = RequestMail.objects.filter(request=OuterRef("request"), pk__gt=OuterRef("pk"))
    rows = RequestMail.objects.filter(
        ~Exists(newer), notice__given_up_at__isnull=False, request__closed_at__isnull=True
    ).exclude(notice__failure=Notice.NOT_NEEDED)
    rows = rows.select_related(
        "notice", "request__person", "request__slot__organisation",
        "request__slot__version__round__officer__contact",
        "request__slot__version__document__partnership",
        "request__slot__version__document__owner__contact",
    ).defer("notice__text", "notice__html")  # fmt: skip
    rows = list(rows.order_by("pk"))
    told = set(
        Told.objects.filter(key__in=[_bounce_key(row) for row in rows]).values_list(
            "key", flat=True
        )
    )
    return (row for row in rows if _bounce_key(row) not in told)


def _bounce_key(mail: RequestMail) -> str:
    return f"bounce:{mail.pk}"
