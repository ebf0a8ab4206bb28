"""Letting somebody else sign: for a time, by the holder of a post; and who lets a body's requests go."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from register.core.dates import today, words
from register.core.verdicts import YES as MAY
from register.core.verdicts import Verdict, no, require
from register.directory.models import Organisation, Person, Post
from register.directory.reach import reach_of
from register.ledger.acts import act, keep
from register.signing.models import Delegation, DesignatedOfficer
from register.signing.permissions import may_designate
from register.signing.signers import Signer

LONGEST_DAYS = 366


def delegate(
    *, by: Signer, post: Post, to_person: Person, starts_on: date, ends_on: date, reason: str = ""
) -> Delegation:
    """Let a colleague sign for a post that one holds, from one day until another, a year at most."""
    with act(by=by, verb="delegation.made", subject=post, reason=reason):
        require(may_delegate(by, post))
        _check_days(starts_on, ends_on)
        _check_colleague(post, to_person)
        row = Delegation(post=post, from_person=by.person, to_person=to_person,
                         starts_on=starts_on, ends_on=ends_on, reason=reason[:300])  # fmt: skip
        row.full_clean(exclude=["post", "from_person", "slot"])
        row.save()
    return row


def end_delegation(*, by, delegation: Delegation) -> Delegation:
    """End a delegation today: who gave it, or an officer of the body."""
    with act(by=by, verb="delegation.ended", subject=delegation, quiet=True):
        row = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
        require(_may_end(by, row))
        row.ends_on = max(today(), row.starts_on or today())
        if keep(row):
            row.row_version += 1
            row.save()
    return row


def designate(*, by, organisation: Organisation, post: Post | None) -> DesignatedOfficer | None:
    """Say to which post of a body every request goes first; None to ask the signatories directly."""
    with act(by=by, verb="designated_officer.set", subject=organisation, quiet=True):
        require(may_designate(by, organisation))
        if post is not None and post.organisation_id != organisation.pk:
            raise ValidationError({"post": f"{post.title} is not a post of {organisation}."})
        found = DesignatedOfficer.objects.filter(organisation=organisation).first()
        if found is None:
            found = DesignatedOfficer(organisation=organisation)
        if post is None and found.pk is None:
            return None
        found.post = post
        keep(found)
    return found


def may_delegate(by: Signer, post: Post) -> Verdict:
    """Whether somebody may let others sign for a post: they hold it today, and not by delegation."""
    if post.held_by(by.person, today()):
        return MAY
    return no(f"You do not hold the post {post}.")


def _may_end(by, row: Delegation) -> Verdict:
    person_id = by.person.pk if isinstance(by, Signer) else reach_of(by).person_id
    if person_id == row.from_person_id or reach_of(by).maintains(row.post.organisation_id):
        return MAY
    return no(f"Only {row.from_person} or an officer of {row.post.organisation} may end it.")


def _check_days(starts_on: date, ends_on: date) -> None:
    if starts_on < today():
        raise ValidationError({"starts_on": "Enter a first day that is not before today."})
    if ends_on < starts_on:
        raise ValidationError({"ends_on": "Enter a last day that is not before the first day."})
    if (ends_on - starts_on).days > LONGEST_DAYS:
        raise ValidationError({"ends_on": f"Enter a last day within a year of {words(starts_on)}."})


def _check_colleague(post: Post, person: Person) -> None:
    same_body = person.appointments.current(today()).filter(
        post__organisation=post.organisation_id
    ) | person.appointments.current(today()).filter(membership__organisation=post.organisation_id)
    if not same_body.exists():
        raise ValidationError({"to_person": f"{person} is not known as somebody of "
                               f"{post.organisation}."})  # fmt: skip
