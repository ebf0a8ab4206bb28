"""Preparing a succession, choosing who takes what, confirming it, and undoing it before its day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError

from register.core.conflicts import expect
from register.core.dates import now, words
from register.core.verdicts import require
from register.directory.models import Organisation
from register.directory.services.rows import save_checked
from register.documents.models import Document
from register.ledger.actors import actor_of
from register.ledger.acts import act, bulk_create, bulk_update
from register.succession.models import Kind, Side, Succession, SuccessionBody, Takeover
from register.succession.naming import entries_naming
from register.succession.permissions import (
    bodies_of,
    may_change,
    may_confirm,
    may_keep,
    may_prepare,
    may_undo,
)

NEW_NAME = "Enter the name that the body takes."


def prepare_succession(
    *, by, kind: str, bodies_from: Iterable[Organisation], on: date,
    bodies_to: Iterable[Organisation] = (), instrument: str = "", by_transfer_order: bool = False,
    reason: str = "", new_name: str = "", new_short_name: str = "",
    default_to: Organisation | None = None,
) -> Succession:  # fmt: skip
    """Prepare a succession, so that it can be looked at; nothing changes before it is confirmed.

    `on` is the first day on which it holds, and may lie ahead. On a split `default_to` takes what
    nobody else is chosen for (the first of `bodies_to` where none is given); a body that stands on
    both sides goes on. Raises ValidationError by the name of the answer.
    """
    before, after = list(dict.fromkeys(bodies_from)), list(dict.fromkeys(bodies_to))
    succession = Succession(
        kind=kind,
        on=on,
        instrument=" ".join(instrument.split()),
        by_transfer_order=by_transfer_order,
        reason=reason.strip(),
        new_name=" ".join(new_name.split()),
        new_short_name=" ".join(new_short_name.split()),
        default_to=(default_to or next(iter(after), None)) if kind == Kind.SPLIT else None,
        recorded_by_name=actor_of(by).name[:300],
    )
    with act(by=by, verb="succession.prepared", subject=succession, reason=reason):
        require(may_prepare(by))
        require(may_keep(by, before))
        _check(succession, before, after)
        save_checked(succession)
        bulk_create(
            SuccessionBody(succession=succession, organisation=body, side=side, position=place)
            for side, bodies in ((Side.FROM, before), (Side.TO, after))
            for place, body in enumerate(bodies, start=1)
        )
    return succession


def choose_successors(
    *, by, succession: Succession, row_version: int, choices: Mapping[int, Organisation],
    others: Organisation | None = None,
) -> Succession:  # fmt: skip
    """Choose for entries (by key) which body takes the place of the one that is split.

    `others`, where given, takes every entry for which nobody is chosen, now or before. Entries that
    somebody may not know of are left as they are. Raises Conflict.
    """
    with act(by=by, verb="succession.chosen", subject=succession, quiet=True):
        succession = _locked(succession, row_version)
        require(may_change(by, succession))
        after, body = bodies_of(succession, Side.TO), bodies_of(succession, Side.FROM)[0]
        named = {*choices.values(), *([others] if others else [])}
        if succession.kind != Kind.SPLIT or not named <= set(after):
            raise ValidationError("Choose among the bodies that share the place.")
        known = Document.objects.visible_to(by).filter(pk__in=choices)
        mine = {pk: choices[pk] for pk in sorted(known.values_list("pk", flat=True))}
        new, changed = _takeovers(succession, body, mine)
        # Without a subject, so that who may not read each of the entries learns of none.
        with act(by=by, verb="succession.noted", quiet=True):
            bulk_create(new)
            bulk_update(changed, ["successor", "row_version"])
        is_moved = others is not None and others.pk != succession.default_to_id
        if is_moved:
            succession.default_to = others
        if new or changed or is_moved:
            _saved(succession)
    return succession


def confirm_succession(*, by, succession: Succession, row_version: int) -> Succession:
    """Confirm a prepared succession: the worker carries it out on its day. Raises Conflict."""
    with act(by=by, verb="succession.confirmed", subject=succession, reason=succession.reason):
        succession = _locked(succession, row_version)
        before = _lock_bodies(succession)
        require(may_confirm(by, succession))
        _check(succession, before, bodies_of(succession, Side.TO))
        _check_alone(succession, before)
        succession.confirmed_at = now()
        _saved(succession)
    return succession


def undo_succession(*, by, succession: Succession, row_version: int, reason: str) -> Succession:
    """Undo a succession that is only prepared, or whose day lies ahead. Raises Conflict."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is undone."})
    with act(by=by, verb="succession.undone", subject=succession, reason=reason):
        succession = _locked(succession, row_version)
        require(may_undo(by, succession))
        succession.undone_at, succession.undo_reason = now(), reason.strip()
        _saved(succession)
    return succession


def entries_of(succession: Succession) -> list[tuple[Organisation, Document]]:
    """Every entry that names a body of a succession, with that body; a few statements for each body."""
    return [
        (body, document)
        for body in bodies_of(succession, Side.FROM)
        for document in entries_naming(body.pk)
    ]


def _check(succession: Succession, before: list[Organisation], after: list[Organisation]) -> None:
    wrong = {
        **_wrong_sides(succession, before, after),
        **_wrong_words(succession, before),
        **_wrong_bodies(succession, before, "bodies_from"),
        **_wrong_bodies(succession, after, "bodies_to"),
    }
    if wrong:
        raise ValidationError(wrong)


def _wrong_sides(
    succession: Succession, before: list[Organisation], after: list[Organisation]
) -> dict[str, str]:
    wrong: dict[str, str] = {}
    kind = succession.kind
    if not before:
        wrong["bodies_from"] = "Enter the body that it is about."
    if kind != Kind.MERGE and len(before) > 1:
        wrong["bodies_from"] = "Enter one body. Record each of the others by itself."
    if kind == Kind.MERGE and (len(after) != 1 or after[0] in before):
        wrong["bodies_to"] = "Enter the one other body that takes their place."
    if kind == Kind.SPLIT and len(after) < 2:
        wrong["bodies_to"] = "Enter the two or more bodies that share the place."
    if kind in (Kind.RENAME, Kind.CLOSE) and after:
        wrong["bodies_to"] = "Empty this: no other body takes the place."
    if kind == Kind.SPLIT and after and succession.default_to not in after:
        wrong["default_to"] = "Choose one of the bodies that share the place."
    return wrong


def _wrong_words(succession: Succession, before: list[Organisation]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    named = [body.legal_name for body in before]
    if succession.kind == Kind.RENAME and succession.new_name in ("", *named):
        wrong["new_name"] = NEW_NAME
    if not succession.instrument:
        if succession.by_transfer_order:
            wrong["instrument"] = "Enter the name of the order by which signatures carry over."
        elif succession.kind in (Kind.MERGE, Kind.SPLIT):
            wrong["instrument"] = "Enter the name of the order, act or decision."
    return wrong


def _wrong_bodies(succession: Succession, bodies: list[Organisation], name: str) -> dict[str, str]:
    takes = name == "bodies_to"
    for body in bodies:
        if body.merged_into_id:
            return {name: f"{body} was merged into {body.surviving}. Choose that one."}
        if not body.is_confirmed:
            return {name: f"{body} is unconfirmed. Confirm it, or merge it, first."}
        if body.ends_on and body.ends_on < succession.on and (takes or body.succeeded_on):
            return {name: f"{body} ended on {words(body.ends_on)}."}
        if not takes and body.starts_on and body.starts_on >= succession.on:
            return {"on": f"Enter a day after {words(body.starts_on)}, when {body} began."}
        if takes and not body.may_hold_slot:
            return {name: f"{body} cannot be bound, so it cannot take the place of another body."}
    return {}


def _check_alone(succession: Succession, before: list[Organisation]) -> None:
    """Refuse a second succession of a body while one waits for its day."""
    others = SuccessionBody.objects.filter(
        side=Side.FROM,
        organisation__in=before,
        succession__in=Succession.objects.standing().filter(done_at__isnull=True),
    ).exclude(succession=succession)
    found = others.select_related("succession", "organisation").first()
    if found is not None:
        raise ValidationError(
            f"{found.organisation} is in another succession already: {found.succession}. "
            "Undo that one first."
        )


def _lock_bodies(succession: Succession) -> list[Organisation]:
    keys = succession.bodies.filter(side=Side.FROM).values_list("organisation_id", flat=True)
    rows = Organisation.objects.select_for_update(of=("self",)).filter(pk__in=list(keys))
    return list(rows.order_by("pk"))


def _locked(succession: Succession, row_version: int) -> Succession:
    found = Succession.objects.select_for_update(of=("self",)).get(pk=succession.pk)
    expect(found, row_version)
    return found


def _saved(succession: Succession) -> None:
    succession.row_version += 1
    save_checked(succession)


def _takeovers(
    succession: Succession, body: Organisation, choices: Mapping[int, Organisation]
) -> tuple[list[Takeover], list[Takeover]]:
    """What is written anew for entries, and what is changed, where somebody else is chosen now."""
    held = {row.document_id: row for row in succession.takeovers.all()}
    new, changed = [], []
    for pk, successor in choices.items():
        row = held.get(pk)
        if row is None:
            new.append(Takeover(succession=succession, document_id=pk, body=body,
                                successor=successor))  # fmt: skip
        elif row.successor_id != successor.pk:
            row.successor = successor
            row.row_version += 1
            changed.append(row)
    return new, changed
