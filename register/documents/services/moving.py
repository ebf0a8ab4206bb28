"""The life of a version: the only code that writes Version.state."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.core.dates import now, today, words
from register.core.verdicts import require
from register.documents import steps
from register.documents.lifecycle import EDITABLE, GOVERNING, MOVES, State
from register.documents.models import Document, Transition, Version
from register.documents.permissions import may_edit
from register.documents.rules import broken_by
from register.documents.services.drafting import copy_version, freeze, record_transition
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_document, lock_version
from register.ledger.actors import actor_of
from register.ledger.acts import act, bulk_update


def move(version: Version, *, to: str, by, reason: str = "", on=None) -> Version:
    """Take a version to its next state, with the steps that other rooms have plugged in.

    A kernel function: pages call the named acts below. `on` is the day from which it holds.
    Raises ValidationError when the life of a version does not allow it.
    """
    to = State(to)
    with act(by=by, verb=f"version.{to}", subject=version, reason=reason):
        version = lock_version(version)
        was = State(version.state)
        if to not in MOVES[was]:
            raise ValidationError(
                f"{version} is {was.label.lower()}: it cannot become {to.label.lower()}."
            )
        if to == State.IN_FORCE and was == State.SIGNING:
            _come_into_force(version, by=by, on=on)
        if to in (State.SUPERSEDED, State.ENDED):
            version.ended_on, version.end_reason = on or today(), reason
        version.state = to
        version.row_version += 1
        version.save()
        record_transition(version, from_state=was, by=by, reason=reason)
        if to in (State.SUPERSEDED, State.ENDED):
            for step in steps.ON_CLOSED:
                step(version, by=by)
        for step in steps.ON_MOVED:
            step(version, was, by=by)
        keep_up([version.document_id])
    return version


def take_out(versions: list[Version], *, by, reason: str) -> None:
    """End versions that came in from an old register and on which nothing was built, as if they had
    never come: nobody is told, and nothing is asked of anybody. Few statements for any number.

    Call it inside the act that takes their entries back, with the versions locked.
    """
    if not versions:
        return
    with act(by=by, verb="version.ended", subject=versions[0].document.partnership, reason=reason):
        moved = [(version, version.state) for version in versions]
        for version in versions:
            version.state, version.ended_on, version.end_reason = State.ENDED, today(), reason
            version.row_version += 1
        bulk_update(versions, ["state", "ended_on", "end_reason", "row_version"])
        name, at = actor_of(by).name, now()
        Transition.objects.bulk_create(
            Transition(
                version=version, from_state=was, to_state=State.ENDED, at=at, by_name=name,
                reason=reason,
            )
            for version, was in moved
        )  # fmt: skip
        for step in steps.ON_TAKEN_OUT:
            step(versions, by=by)
        keep_up([version.document_id for version in versions])


def open_consultation(*, by, version: Version) -> Version:
    """Open a draft to its parties, who may read it from now on."""
    require(may_edit(by, version.document))
    return move(version, to=State.CONSULTATION, by=by)


def close_consultation(*, by, version: Version) -> Version:
    """Take a version out of consultation, back to draft."""
    require(may_edit(by, version.document))
    return move(version, to=State.DRAFT, by=by)


def send_for_signature(
    *, by, version: Version, reason: str = "", despite: str = ""
) -> Version:  # fmt: skip
    """Issue a version for signature: its text is frozen and its hash is what will be signed.

    `despite` is the reason for sending it with the gaps that the rules name; it stands in the
    history with their numbers. Raises ValidationError with the sentences of every rule that bars it.
    """
    with act(by=by, verb="version.issued", subject=version, reason=reason):
        version = lock_version(version)
        require(may_edit(by, version.document))
        if version.state not in EDITABLE:
            raise ValidationError(
                f"{version} is {version.get_state_display().lower()}: it is not a draft."
            )
        _check_rules(version, by=by, despite=despite)
        for step in steps.BEFORE_ISSUE:
            step(version)
        version.issued_at = now()
        freeze(version)
        return move(version, to=State.SIGNING, by=by, reason=reason)


def return_for_changes(*, by, version: Version, reason: str) -> Version:
    """Take a version back from signature: it ends, and a new draft with its text begins."""
    _need(reason, "Say why it is returned.")
    with act(by=by, verb="version.returned", subject=version, reason=reason):
        version = lock_version(version)
        require(may_edit(by, version.document))
        if version.state != State.SIGNING:
            raise ValidationError(f"{version} is not out for signature.")
        why = f"Returned for changes: {reason}"
        version = move(version, to=State.ENDED, by=by, reason=why)
        new = copy_version(version, changes=reason)
        for step in steps.ON_REVISED:
            step(new, version)
        record_transition(new, from_state="", by=by, reason=reason)
        keep_up([version.document_id])
    return new


def discard(*, by, version: Version, reason: str) -> Version:
    """Discard a draft: it ends, its reference stays taken, and it can still be read by its drafters."""
    _need(reason, "Say why the draft is discarded.")
    require(may_edit(by, version.document))
    if version.state not in EDITABLE:
        raise ValidationError(f"{version} is not a draft.")
    return move(version, to=State.ENDED, by=by, reason=reason)


def end(*, by, document: Document, reason: str, on=None) -> Version:
    """End what governs: from the day given (today where none is) nobody shares under it any more."""
    _need(reason, "Say why it ends.")
    with act(by=by, verb="document.ended", subject=document, reason=reason):
        document = lock_document(document)
        require(may_edit(by, document))
        version = document.governing
        if version is None:
            raise ValidationError(f"{document} has no version in force.")
        if on and on > today():
            raise ValidationError({"on": "Enter a day that is not after today."})
        if on and version.in_force_on and on < version.in_force_on:
            begun = words(version.in_force_on)
            raise ValidationError({"on": f"Enter a day that is not before {begun}, when it began."})
        if preparing := document.in_preparation:
            raise ValidationError(f"{preparing} is in preparation. Discard or return it first.")
        return move(version, to=State.ENDED, by=by, reason=reason, on=on)


def begin_review(*, by, document: Document, reason: str = "") -> Version:
    """Mark the version in force as under review; it goes on governing."""
    require(may_edit(by, document))
    return move(_governing(document), to=State.UNDER_REVIEW, by=by, reason=reason)


def finish_review(*, by, document: Document, reason: str = "") -> Version:
    """Mark the version under review as in force again, unchanged."""
    require(may_edit(by, document))
    return move(_governing(document), to=State.IN_FORCE, by=by, reason=reason)


def commence_if_met(version: Version, *, by) -> Version:
    """Bring a version into force when its day is reached and its condition is met; else leave it.

    Call it inside the act that signs, with the version locked.
    """
    if version.state == State.SIGNING and not _why_not_yet(version):
        return move(version, to=State.IN_FORCE, by=by, reason=_condition(version))
    return version


def _check_rules(version: Version, *, by, despite: str) -> None:
    bars = [finding for finding in broken_by(version) if finding.is_bar]
    if not despite.strip():
        bars_that_stop = bars
    else:
        bars_that_stop = [finding for finding in bars if finding.rule.is_absolute]
    if bars_that_stop:
        raise ValidationError([finding.says for finding in bars_that_stop])
    if bars:
        gaps = {"rules": [finding.code for finding in bars], "says": [f.says for f in bars]}
        with act(
            by=by,
            verb="version.sent_with_gaps",
            subject=version.document,
            reason=despite,
            detail=gaps,
        ):
            pass


def _come_into_force(version: Version, *, by, on) -> None:
    if why := _why_not_yet(version):
        raise ValidationError(why)
    version.in_force_on = on or today()
    older = version.document.versions.filter(state__in=GOVERNING).first()
    if older is not None:
        move(older, to=State.SUPERSEDED, by=by, reason=f"Replaced by version {version.number}.")
    for step in steps.ON_IN_FORCE:
        step(version, older, by=by)


def _why_not_yet(version: Version) -> str:
    if version.commencement_on and version.commencement_on > today():
        return f"{version} does not come into force before {words(version.commencement_on)}."
    return next((why for ask in steps.COMMENCEMENT if (why := ask(version))), "")


def _condition(version: Version) -> str:
    met = f"Its condition is met: {version.get_commencement_display()}"
    if version.commencement_on:
        met += f", not before {words(version.commencement_on)}"
    return f"{met}."


def _governing(document: Document) -> Version:
    if (version := document.governing) is None:
        raise ValidationError(f"{document} has no version in force.")
    return version


def _need(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": sentence})
