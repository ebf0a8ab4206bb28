"""Carrying successions out on their day: the bodies first, then entry by entry, resumable anywhere."""

from __future__ import annotations

from register.core.dates import now, today
from register.directory.services.rows import save_checked
from register.documents.services.keeping_up import keep_up
from register.jobs.items import each, each_batch
from register.ledger.acts import act
from register.succession.models import Kind, Side, Succession, Takeover
from register.succession.naming import entries_naming
from register.succession.permissions import bodies_of
from register.succession.services.bodies import SYSTEM, begin
from register.succession.services.entries import follow

CHUNK = 100


def apply_due() -> int:
    """Carry out every succession whose day has come, and go on with those begun; returns how many
    bodies and entries were done.
    """
    due = Succession.objects.due(today()).values_list("pk", flat=True)
    done = each("successions", due, begin, key=lambda pk: f"succession {pk}")
    done += each(
        "successions", _waiting(), lambda row: follow(row.pk),
        key=lambda row: f"taking over {row.pk}",
        partnership=lambda row: row.document.partnership_id,
    )  # fmt: skip
    for succession in Succession.objects.under_way():
        _finish(succession)
    return done


def _waiting():
    rows = Takeover.objects.filter(
        done_at__isnull=True, succession__in=Succession.objects.under_way()
    )
    return rows.select_related("document").order_by("succession_id", "pk")


def _finish(succession: Succession) -> None:
    if succession.kind == Kind.RENAME:
        body = bodies_of(succession, Side.FROM)[0]
        keys = list(entries_naming(body.pk).values_list("pk", flat=True))
        done = each_batch("successions", keys, _kept_up, size=CHUNK, named="entry")
        if done < len(keys):
            return  # the worker stops, or an entry is tried again later
    if succession.takeovers.filter(done_at__isnull=True).exists():
        return
    with act(by=SYSTEM, verb="succession.done", subject=succession, quiet=True):
        row = Succession.objects.select_for_update(of=("self",)).get(pk=succession.pk)
        if row.done_at is None:
            row.done_at = now()
            row.row_version += 1
            save_checked(row)


def _kept_up(ids: list[int]) -> None:
    with act(by=SYSTEM, verb="readers.kept", quiet=True):
        keep_up(ids)
