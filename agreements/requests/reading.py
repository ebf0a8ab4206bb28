"""A request and an emergency share as their pages show them: headings with pairs of words."""

from __future__ import annotations

from agreements.requests.models import Decision, EmergencyShare, SharingRequest
from register.core.dates import time_words, words
from register.documents.models import Document
from register.lists.labels import label, labels
from register.signing.models import RefusalClass

Pairs = list[tuple[str, str]]
OUTSIDE = "outside the charter’s two grounds"


def asked_of(request: SharingRequest) -> Pairs:
    """What was asked."""
    return _filled(
        request,
        ("Who asks", f"{request.requester_name}, {request.requester_post}"),
        "case_reference",
        "data_requested",
        "data_categories",
        "purpose",
        ("Use", label("use_kind", request.use_kind)),
        "necessity",
        "dates_of_sharing",
    )


def law_of(request: SharingRequest) -> Pairs:
    """The law named and how the data would be handled; the agreement's own link stands apart."""
    return _filled(
        request,
        ("Joint or separate controllers", request.get_control_display()),
        ("Agreement in place", request.get_agreement_standing_display()),
        "lawful_basis",
        "article9",
        "schedule1",
        "part3_basis",
        "schedule8",
        "legal_gateway",
        "legal_power",
        "retention",
        "security",
        "rights",
    )


def weighing_of(request: SharingRequest) -> Pairs:
    """What the deciding body weighed."""
    considered = ("DPIA considered", request.get_dpia_considered_display())
    return _filled(request, considered, "dpia_outcome", "dpo_views")


def decision_of(request: SharingRequest) -> Pairs:
    """The decision, with its reasons, and how long it took."""
    if not request.is_decided:
        return []
    days = request.days_taken
    taken = "" if days is None else "1 day" if days == 1 else f"{days} days"
    return _filled(
        request,
        ("Decision", request.get_decision_display()),
        "reasons",
        ("Ground for not sharing", ground_of(request)),
        ("Reason for not sharing", label("refusal_reason", request.refusal_reason)),
        ("Decided by", ", ".join(filter(None, [request.decider_name, request.decider_post]))),
        ("Date", words(request.decided_on)),
        ("Time taken", taken),
        ("Date shared", words(request.shared_on)),
    )


def ground_of(request: SharingRequest) -> str:
    """The ground on which data were kept back; an operational one stands outside the charter."""
    said = request.get_refusal_class_display()
    return f"{said}: {OUTSIDE}" if request.refusal_class == RefusalClass.OPERATIONAL else said


def share_of(share: EmergencyShare) -> Pairs:
    """What was given, to whom, why, and who decided."""
    return _filled(
        share,
        ("Shared", time_words(share.shared_at)),
        ("Who received it", share.received_words),
        "case_reference",
        "data_shared",
        "data_categories",
        "necessity",
        ("Decided by", f"{share.decider_name}, {share.decider_post}"),
    )


def review_of(share: EmergencyShare) -> Pairs:
    """What the review said; nothing while there is none."""
    if (review := share.reviewed) is None:
        return []
    return _filled(
        review,
        ("Was it right", review.get_was_right_display()),
        "learnt",
        ("Is an agreement now needed", review.get_agreement_need_display()),
        "why_not",
        ("Reviewed by", f"{review.reviewer_name}, {review.reviewer_post}"),
        ("Date", words(review.reviewed_on)),
    )


def readable_agreement(user, document_id: int | None) -> Document | None:
    """The agreement that a record names, where the reader may know of it."""
    if document_id is None:
        return None
    return Document.objects.visible_to(user).filter(pk=document_id).first()


def colour_of(request: SharingRequest) -> str:
    """The colour of a request's tag; sharing and not sharing carry equal weight."""
    return {"": "yellow", Decision.WITHDRAWN.value: "grey"}.get(request.decision, "blue")


def _filled(row, *parts: str | tuple[str, str]) -> Pairs:
    pairs = [part if isinstance(part, tuple) else _pair(row, part) for part in parts]
    return [(name, value) for name, value in pairs if value]


def _pair(row, name: str) -> tuple[str, str]:
    field, value = row._meta.get_field(name), getattr(row, name)
    if list_code := getattr(field, "list_code", ""):
        known = labels(list_code)
        value = "; ".join(known.get(code, code) for code in value)
    said = str(field.verbose_name)
    return said[:1].upper() + said[1:], value
