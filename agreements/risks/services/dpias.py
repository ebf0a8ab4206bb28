"""Keeping impact assessments, and the controllers named in them."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from agreements.risks.models import Dpia, DpiaController
from agreements.risks.permissions import may_keep_controller, may_keep_dpia, may_make
from agreements.risks.services.rows import ask_rules_again, file_record, lock, set_facts
from agreements.risks.statuses import IN_PROGRESS, NOT_REQUIRED, RECORDED, RELIES
from register.core.text import clean
from register.core.verdicts import require
from register.directory.models import Organisation, Partnership
from register.documents.services.locks import issue_references
from register.ledger.acts import act

FACTS = ("title", "screening", "summary", "link", "review_on")


def make_dpia(
    *, by, partnership: Partnership, owner: Organisation, title: str,
    controllers: list[Organisation] | None = None, screening: tuple[str, ...] = (),
    summary: str = "", link: str = "", review_on: date | None = None,
) -> Dpia:  # fmt: skip
    """Record a DPIA under the next reference, such as WY-DPIA-0007; the owner is a controller of it.

    `screening` are the codes of the questions answered yes; `summary` is markup.
    """
    require(may_make(by, partnership, owner))
    dpia = Dpia(
        partnership=partnership, owner=owner.surviving, title=_title(title), screening=screening,
        summary=clean(summary), link=link, review_on=review_on,
    )  # fmt: skip
    with act(by=by, verb="dpia.made", subject=dpia):
        [dpia.reference] = issue_references(partnership, "DPIA")
        _check_controller(dpia.owner, "owner")
        dpia.full_clean()
        dpia.save()
        for body in dict.fromkeys([dpia.owner, *(each.surviving for each in controllers or [])]):
            _check_controller(body, "controllers")
            DpiaController(dpia=dpia, organisation=body, status=IN_PROGRESS).save()
    return dpia


def change_dpia(*, by, dpia: Dpia, row_version: int, **facts) -> Dpia:
    """Change title, screening answers, summary, link or review date. Raises Conflict."""
    if "title" in facts:
        facts["title"] = _title(facts["title"])
    if "summary" in facts:
        facts["summary"] = clean(facts["summary"])
    with act(by=by, verb="dpia.changed", subject=dpia, quiet=True):
        dpia = lock(dpia)
        require(may_keep_dpia(by, dpia))
        if set_facts(dpia, facts, FACTS, row_version):
            ask_rules_again(dpia)
    return dpia


def file_dpia(*, by, dpia: Dpia, row_version: int, content: bytes, name: str) -> Dpia:
    """Put the file of a DPIA in its place: it replaces the one before, whose bytes stay. Raises Conflict."""
    with act(by=by, verb="dpia.filed", subject=dpia):
        dpia = lock(dpia)
        require(may_keep_dpia(by, dpia))
        file_record(dpia, row_version, content, name)
    return dpia


def add_controller(*, by, dpia: Dpia, organisation: Organisation) -> DpiaController:
    """Name a further controller of a DPIA; it begins as in progress with it."""
    with act(by=by, verb="dpia.controller_added", subject=dpia):
        dpia = lock(dpia)
        require(may_keep_dpia(by, dpia))
        body = organisation.surviving
        _check_controller(body, "organisation")
        row = DpiaController(dpia=dpia, organisation=body, status=IN_PROGRESS)
        row.full_clean()
        row.save()
        ask_rules_again(dpia)
    return row


def remove_controller(*, by, row: DpiaController, reason: str) -> None:
    """Take a controller off a DPIA that has not decided on it; the history keeps it."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why the body is taken off the DPIA."})
    with act(by=by, verb="dpia.controller_removed", subject=row.dpia, reason=reason):
        dpia = lock(row.dpia)
        require(may_keep_dpia(by, dpia))
        row = lock(row)
        if row.decided_on or row.advised_on:
            raise ValidationError(
                f"{row.organisation} has advised or decided on it: the record stays."
            )
        if row.organisation_id == dpia.owner_id:
            raise ValidationError("The body that keeps the DPIA stays a controller of it.")
        row.delete()
        ask_rules_again(dpia)


def set_status(
    *, by, row: DpiaController, row_version: int, status: str, status_reason: str = "",
    relies_on: Dpia | None = None,
) -> DpiaController:  # fmt: skip
    """Record how a DPIA stands with a controller, short of a decision. Raises Conflict.

    "Not required" takes a reason; "relies on the joint DPIA of …" takes that DPIA.
    """
    if status not in RECORDED:
        raise ValidationError({"status": "Record a decision on the page for decisions."})
    with act(by=by, verb="dpia.status_changed", subject=row.dpia, quiet=True):
        row = lock(row)
        require(may_keep_controller(by, row))
        reason = status_reason.strip()
        if status == NOT_REQUIRED and not reason:
            raise ValidationError({"status_reason": "Say why no DPIA is required."})
        relied = _relied_upon(by, row, relies_on) if status == RELIES else None
        facts = {"status": status, "status_reason": reason, "relies_on": relied}
        if set_facts(row, facts, tuple(facts), row_version):
            ask_rules_again(row.dpia)
    return row


def _relied_upon(by, row: DpiaController, other: Dpia | None) -> Dpia:
    if other is None:
        raise ValidationError({"relies_on": "Choose the joint DPIA that it relies on."})
    if not Dpia.objects.visible_to(by).filter(pk=other.pk).exists():
        raise ValidationError({"relies_on": "There is no such DPIA, or you may not know of it."})
    if other.pk == row.dpia_id:
        raise ValidationError({"relies_on": "A DPIA cannot rely on itself. Choose another."})
    if other.controllers.filter(relies_on_id=row.dpia_id).exists():
        raise ValidationError(
            {"relies_on": f"{other.reference} relies on this one. Choose the joint DPIA itself."}
        )
    return other


def _title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise ValidationError({"title": "Enter a title."})
    return title


def _check_controller(body: Organisation, name: str) -> None:
    if not body.may_hold_slot:
        word = body.get_legal_status_display().lower()
        raise ValidationError(
            {name: f"{body} is not a controller ({word}): name who is behind it."}
        )
