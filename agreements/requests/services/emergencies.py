"""Emergency shares: saved in one act, corrected, reviewed."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError

from agreements.requests.models import (
    AgreementNeed,
    Calendar,
    EmergencyReview,
    EmergencyShare,
)
from agreements.requests.permissions import may_keep_share, may_record_share, may_review
from agreements.requests.wording import check_words
from register.core.conflicts import Conflict, expect
from register.core.dates import LONDON, now, today
from register.core.verdicts import require
from register.core.working_days import Nation, working_days_after
from register.directory.models import Appointment, Organisation, Partnership, Person
from register.directory.permissions import may_administer
from register.directory.services.rows import lock, only_known, save_checked, set_facts
from register.documents.services.locks import issue_references
from register.ledger.acts import act

LETTER = "E"
REVIEW_AFTER = 5  # working days
FACTS = (
    "received_words", "case_reference", "data_categories", "data_shared", "necessity",
    "decider_name", "decider_post", "shared_at",
)  # fmt: skip


def record_share(
    *, by, partnership: Partnership, giver: Organisation, receiver: Organisation,
    is_confirmed: bool = False, **facts,
) -> EmergencyShare:  # fmt: skip
    """Record an emergency share in one act; its review is due five working days later.

    Raises ValidationError naming the field, PermissionDenied for officers of neither body.
    """
    facts = only_known(_tidy(facts), FACTS)
    share = EmergencyShare(
        partnership=partnership, giver=giver.surviving, receiver=receiver.surviving, **facts
    )
    detail = check_words(facts, is_confirmed)
    with act(by=by, verb="emergency.shared", subject=share, detail=detail):
        require(may_record_share(by, partnership, share.giver, share.receiver))
        if share.giver_id == share.receiver_id:
            raise ValidationError({"receiver": "Choose another body than the one that gave."})
        _not_ahead(share.shared_at)
        share.review_due_on = review_due(partnership, share.shared_at)
        share.decider = _decider(share, by)
        share.reference = issue_references(partnership, LETTER)[0]
        save_checked(share)
    return share


def correct_share(
    *, by, share: EmergencyShare, row_version: int, reason: str = "", is_confirmed: bool = False,
    **facts,
) -> EmergencyShare:  # fmt: skip
    """Correct an emergency share; a review that is still due moves with the time. Raises Conflict."""
    facts = only_known(_tidy(facts), FACTS)
    with act(by=by, verb="emergency.corrected", subject=share, reason=reason, quiet=True) as this:
        locked = lock(share)
        require(may_keep_share(by, locked))
        changed = {name: value for name, value in facts.items() if getattr(locked, name) != value}
        this.detail.update(check_words({**changed, "reason": reason}, is_confirmed))
        if "shared_at" in changed:
            _not_ahead(facts["shared_at"])
            if not locked.reviewed:
                facts["review_due_on"] = review_due(locked.partnership, facts["shared_at"])
        set_facts(locked, facts, row_version)
    return locked


def review_share(
    *, by, share: EmergencyShare, row_version: int, was_right: str, learnt: str,
    agreement_need: str, why_not: str = "", agreement=None, reviewer_name: str,
    reviewer_post: str, is_confirmed: bool = False,
) -> EmergencyReview:  # fmt: skip
    """Record the look back at an emergency share, with the answer whether an agreement is needed.

    Raises Conflict where somebody else has reviewed it since.
    """
    review = EmergencyReview(
        share=share,
        was_right=was_right,
        learnt=learnt.strip(),
        agreement_need=agreement_need,
        why_not=why_not.strip() if agreement_need == AgreementNeed.NOT_NEEDED else "",
        agreement=agreement if agreement_need == AgreementNeed.EXISTS else None,
        reviewer_name=reviewer_name.strip(),
        reviewer_post=reviewer_post.strip(),
        reviewed_on=today(),
    )
    detail = check_words({"learnt": review.learnt, "why_not": review.why_not}, is_confirmed)
    with act(by=by, verb="emergency.reviewed", subject=share, detail=detail):
        locked = lock(share)
        require(may_keep_share(by, locked))
        if locked.reviewed:
            raise Conflict(locked, "Somebody else reviewed this since you opened it.")
        expect(locked, row_version)
        require(may_review(by, locked))
        review.share = locked
        _check_need(review)
        save_checked(review)
    return review


def set_nation(*, by, partnership: Partnership, row_version: int, nation: str) -> Calendar:
    """Say whose bank holidays count in a partnership; reviews already due keep their day."""
    with act(by=by, verb="calendar.set", subject=partnership, quiet=True):
        require(may_administer(by, partnership))
        calendar = _calendar(partnership, for_update=True)
        expect(calendar, row_version)
        if calendar.pk and calendar.nation == nation:
            return calendar
        calendar.nation = nation
        calendar.row_version += 1
        save_checked(calendar)
    return calendar


def calendar_of(partnership: Partnership) -> Calendar:
    """The calendar of a partnership: as it was set, else that of England and Wales (not stored)."""
    return _calendar(partnership)


def review_due(partnership: Partnership, shared_at: datetime):
    """The day by which a share made at an instant is reviewed."""
    nation = Nation(_calendar(partnership).nation)
    return working_days_after(shared_at.astimezone(LONDON).date(), REVIEW_AFTER, nation)


def _calendar(partnership: Partnership, for_update: bool = False) -> Calendar:
    rows = Calendar.objects.select_for_update() if for_update else Calendar.objects.all()
    return rows.filter(partnership=partnership).first() or Calendar(partnership=partnership)


def _tidy(facts: dict) -> dict:
    return {k: v.strip() if isinstance(v, str) else v for k, v in facts.items()}


def _decider(share: EmergencyShare, by) -> Person | None:
    """Who is asked for the review: the colleague who decided, by name, else whoever recorded it."""
    held = Appointment.objects.current(today()).filter(person__name__iexact=share.decider_name)
    of_body = held.filter(post__organisation=share.giver) | held.filter(
        membership__organisation=share.giver
    )
    people = {row.person_id: row.person for row in of_body.select_related("person")}
    return next(iter(people.values())) if len(people) == 1 else getattr(by, "person", None)


def _check_need(review: EmergencyReview) -> None:
    if review.agreement_need == AgreementNeed.NOT_NEEDED and not review.why_not:
        raise ValidationError({"why_not": "Say why no agreement is needed."})
    if review.agreement_need == AgreementNeed.EXISTS and not review.agreement:
        raise ValidationError({"agreement": "Enter the reference of the agreement."})


def _not_ahead(instant: datetime) -> None:
    if instant > now():
        raise ValidationError({"shared_at": "Enter a time that is not in the future."})
