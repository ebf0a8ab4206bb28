"""Requests: recorded, corrected, weighed, decided, withdrawn, shown to the partners."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date

from django.core.exceptions import ValidationError

from agreements.requests.choices import DECIDED, KEEPS_BACK, Decision
from agreements.requests.models import SharingRequest
from agreements.requests.permissions import (
    may_correct,
    may_correct_decision,
    may_decide,
    may_record,
    may_show,
    may_weigh,
    may_withdraw,
)
from agreements.requests.wording import check_words
from register.core.conflicts import Conflict
from register.core.dates import today
from register.core.verdicts import require
from register.directory.models import Organisation, Partnership
from register.directory.services.rows import lock, only_known, save_checked, set_facts
from register.documents.services.locks import issue_references
from register.ledger.acts import act

LETTER = "R"
ASKED = (
    "requester_name", "requester_post", "received_on", "case_reference", "data_requested",
    "data_categories", "purpose", "use_kind", "necessity", "dates_of_sharing",
)  # fmt: skip
LAW = (
    "control", "agreement_standing", "agreement", "lawful_basis", "article9", "schedule1",
    "part3_basis", "schedule8", "legal_gateway", "legal_power", "retention", "security", "rights",
)  # fmt: skip
WEIGHED = ("dpia_considered", "dpia_outcome", "dpo_views")
DECISION = (
    "decision", "reasons", "refusal_class", "refusal_reason", "decider_name", "decider_post",
    "decided_on", "shared_on",
)  # fmt: skip


def record_request(
    *, by, partnership: Partnership, asking: Organisation, deciding: Organisation,
    is_confirmed: bool = False, **facts,
) -> SharingRequest:  # fmt: skip
    """Record a request that one body made of another, under a reference of its own.

    Raises ValidationError naming the field, PermissionDenied for officers of neither body.
    """
    facts = only_known(_tidy(facts), ASKED)
    request = SharingRequest(
        partnership=partnership, asking=asking.surviving, deciding=deciding.surviving, **facts
    )
    detail = check_words(facts, is_confirmed)
    with act(by=by, verb="request.received", subject=request, detail=detail):
        require(may_record(by, partnership, request.asking, request.deciding))
        _check_bodies(request)
        _not_ahead("received_on", request.received_on)
        request.reference = issue_references(partnership, LETTER)[0]
        save_checked(request)
    return request


def correct_request(
    *, by, request: SharingRequest, row_version: int, reason: str = "", is_confirmed: bool = False,
    **facts,
) -> SharingRequest:  # fmt: skip
    """Change what was asked, or the law and handling named for it. Raises Conflict."""
    facts = only_known(_tidy(facts), ASKED + LAW)
    with _changing("request.corrected", by, request, facts, is_confirmed, reason) as locked:
        require(may_correct(by, locked))
        if "received_on" in facts:
            _check_received(locked, facts["received_on"])
        set_facts(locked, facts, row_version)
    return locked


def weigh_request(
    *, by, request: SharingRequest, row_version: int, is_confirmed: bool = False, **facts
) -> SharingRequest:
    """Record the DPIA and the views of the data protection officer. Raises Conflict."""
    facts = only_known(_tidy(facts), WEIGHED)
    with _changing("request.weighed", by, request, facts, is_confirmed) as locked:
        require(may_weigh(by, locked))
        set_facts(locked, facts, row_version)
    return locked


def decide(
    *, by, request: SharingRequest, row_version: int, is_confirmed: bool = False, **facts
) -> SharingRequest:
    """Decide a request: share all of it, part of it, or not, with reasons and who decided.

    What is kept back names its ground: legal, ethical or operational. Raises Conflict where
    somebody else has decided or changed it since.
    """
    facts = _decision(facts)
    with _changing("request.decided", by, request, facts, is_confirmed) as locked:
        require(may_weigh(by, locked))
        if locked.is_decided:
            raise Conflict(locked, "Somebody else decided this since you opened it.")
        require(may_decide(by, locked))
        _check_decision(locked, facts)
        set_facts(locked, facts, row_version)
    return locked


def correct_decision(
    *, by, request: SharingRequest, row_version: int, reason: str, is_confirmed: bool = False,
    **facts,
) -> SharingRequest:  # fmt: skip
    """Correct a decision, with the reason; what stood before stays in the history. Raises Conflict."""
    facts = _decision(facts)
    if not reason.strip():
        raise ValidationError({"reason": "Say why the decision is corrected."})
    verb = "request.decision_corrected"
    with _changing(verb, by, request, facts, is_confirmed, reason) as locked:
        require(may_correct_decision(by, locked))
        _check_decision(locked, facts)
        set_facts(locked, facts, row_version)
    return locked


def withdraw(*, by, request: SharingRequest, row_version: int, reasons: str = "") -> SharingRequest:
    """End a request that the asking body no longer makes. Raises Conflict."""
    facts = {"decision": Decision.WITHDRAWN, "decided_on": today(), "reasons": reasons.strip()}
    with _changing("request.withdrawn", by, request, facts, False) as locked:
        require(may_withdraw(by, locked))
        set_facts(locked, facts, row_version)
    return locked


def record_sharing(
    *, by, request: SharingRequest, row_version: int, shared_on: date
) -> SharingRequest:
    """Record the day on which what was decided was shared. Raises Conflict."""
    with _changing("request.shared", by, request, {}, True) as locked:
        require(may_correct_decision(by, locked))
        if locked.decision not in (Decision.SHARE_ALL, Decision.SHARE_PART):
            raise ValidationError({"shared_on": "Nothing was to be shared."})
        _check_shared(locked, shared_on)
        set_facts(locked, {"shared_on": shared_on}, row_version)
    return locked


def show_to_partners(
    *, by, request: SharingRequest, row_version: int, is_shown: bool
) -> SharingRequest:
    """Show a decided request to everybody in the partnership, or no longer. Raises Conflict."""
    verb = "request.shown" if is_shown else "request.hidden"
    with _changing(verb, by, request, {}, True) as locked:
        require(may_show(by, locked))
        set_facts(locked, {"is_shown_to_partners": is_shown}, row_version)
    return locked


@contextmanager
def _changing(verb: str, by, request: SharingRequest, facts: dict, is_confirmed: bool, reason=""):
    """The request, locked inside a quiet act; texts already stored need no confirming again."""
    with act(by=by, verb=verb, subject=request, reason=reason, quiet=True) as this:
        locked = lock(request)
        changed = {name: value for name, value in facts.items() if getattr(locked, name) != value}
        this.detail.update(check_words({**changed, "reason": reason}, is_confirmed))
        this.subject = locked
        yield locked


def _tidy(facts: dict) -> dict:
    return {k: v.strip() if isinstance(v, str) else v for k, v in facts.items()}


def _decision(facts: dict) -> dict:
    facts = {"refusal_class": "", "refusal_reason": "", "shared_on": None} | _tidy(facts)
    facts = only_known(facts, DECISION)
    if facts["decision"] not in KEEPS_BACK:
        facts.update(refusal_class="", refusal_reason="")
    if facts["decision"] == Decision.REFUSE:
        facts["shared_on"] = None
    return facts


def _check_bodies(request: SharingRequest) -> None:
    if request.asking_id == request.deciding_id:
        raise ValidationError({"deciding": "Choose another body than the one that asks."})
    members = request.partnership.memberships.current(today())
    if not members.filter(organisation=request.deciding).exists():
        raise ValidationError(
            {"deciding": f"{request.deciding} is not a member of {request.partnership}."}
        )


def _check_received(request: SharingRequest, received_on: date) -> None:
    _not_ahead("received_on", received_on)
    if request.decided_on and received_on > request.decided_on:
        raise ValidationError({"received_on": "Enter a day that is not after the decision."})


def _check_decision(request: SharingRequest, facts: dict) -> None:
    wrong = {}
    if facts["decision"] not in DECIDED:
        raise ValidationError({"decision": "Choose whether to share all, part or nothing."})
    if not facts.get("reasons"):
        wrong["reasons"] = "Give the reasons, for sharing as for not sharing."
    if not facts.get("decider_name"):
        wrong["decider_name"] = "Enter the name of who decided."
    if facts["decision"] in KEEPS_BACK and not facts["refusal_class"]:
        wrong["refusal_class"] = (
            "Choose the ground on which data are kept back: legal, ethical or operational."
        )
    if wrong:
        raise ValidationError(wrong)
    _not_ahead("decided_on", facts["decided_on"])
    if facts["decided_on"] < request.received_on:
        raise ValidationError({"decided_on": "Enter a day that is not before the request came."})
    if facts["shared_on"]:
        _check_shared(request, facts["shared_on"])


def _check_shared(request: SharingRequest, shared_on: date) -> None:
    _not_ahead("shared_on", shared_on)
    if shared_on < request.received_on:
        raise ValidationError({"shared_on": "Enter a day that is not before the request came."})


def _not_ahead(name: str, day: date) -> None:
    if day > today():
        raise ValidationError({name: "Enter a day that is not in the future."})
