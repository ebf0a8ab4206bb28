"""Closing requests: because of what somebody did in the slot, or because the version is no longer signed."""

from __future__ import annotations

from collections.abc import Iterable

from register.core.dates import now
from register.documents.models import Version
from register.ledger.acts import bulk_update
from register.signing.models import Closed, SignatureKind, SigningRequest, SignLink, Slot

# How the requests of the others in a slot end by what one did there.
_ENDS = {
    SignatureKind.SIGNED: Closed.SIGNED,
    SignatureKind.ON_BEHALF: Closed.SIGNED,
    SignatureKind.ON_PAPER: Closed.SIGNED,
    SignatureKind.REFUSED: Closed.REFUSED,
    SignatureKind.RETURNED: Closed.RETURNED,
}


def close_requests(rows: Iterable[SigningRequest], closed_as: str, reason: str = "") -> int:
    """Close open requests inside the act that ends them; their links die with them. How many."""
    rows = [row for row in rows if row.is_open]
    for row in rows:
        row.closed_at, row.closed_as, row.close_reason = now(), closed_as, reason
        row.row_version += 1
    bulk_update(rows, ["closed_at", "closed_as", "close_reason", "row_version"])
    end_links(rows)
    return len(rows)


def answered(slot: Slot, kind: str, *, request: SigningRequest | None = None) -> None:
    """Close what was asked in a slot, after somebody signed, refused or returned there."""
    waiting = list(slot.requests.open())
    mine = [row for row in waiting if request is not None and row.pk == request.pk]
    others = [row for row in waiting if row not in mine]
    close_requests(mine, _ENDS[SignatureKind(kind)])
    if kind == SignatureKind.ON_PAPER:
        close_requests(others, Closed.SIGNED, "Signed on paper.")
    else:
        close_requests(others, Closed.ELSEWHERE)


def lapse(version: Version, *, by) -> None:
    """Close what is still asked for a version that has ended or was superseded."""
    waiting = SigningRequest.objects.open().filter(slot__version=version)
    close_requests(waiting, Closed.LAPSED)


def void_taken_out(versions: list[Version], *, by) -> None:
    """Void what is still open in versions of an old register that were taken out again."""
    slots = list(Slot.objects.open().filter(version__in=versions).order_by("pk"))
    for slot in slots:
        slot.voided_at, slot.void_reason = now(), "The version is ended."
        slot.row_version += 1
    bulk_update(slots, ["voided_at", "void_reason", "row_version"])


def end_links(requests: Iterable[SigningRequest]) -> None:
    """End the links that lead to requests; what they showed is shown no more."""
    ids = [row.pk for row in requests]
    if ids:
        SignLink.objects.filter(request__in=ids, ended_at__isnull=True).update(ended_at=now())
