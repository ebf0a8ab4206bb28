"""Giving a proof: by the mailed link, or recorded by an officer; correcting it, and doing without."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.core.confirmed_words import check_words
from register.core.conflicts import Conflict, expect
from register.core.dates import today, words
from register.core.verdicts import require
from register.directory.services.rows import lock, only_known, save_checked
from register.documents import files
from register.documents.services.locks import lock_document
from register.endings.models import GONE, KEEPING, Fate, Proof, Way
from register.endings.permissions import may_chase, may_give, may_record
from register.endings.services.asking import settle
from register.endings.services.links import end_links
from register.ledger.acts import act

FACTS = (
    "held", "fate", "method", "method_words", "done_on", "keeping_ground", "keeping_words",
    "kept_until", "said_by_name", "said_by_post",
)  # fmt: skip


def give(
    *, by, proof: Proof, way: str = Way.OFFICER, content: bytes | None = None, name: str = "",
    row_version: int | None = None, is_confirmed: bool = False, **facts,
) -> Proof:  # fmt: skip
    """Say what became of the information that a party held, with a certificate where there is one.

    `by` is the holder of the link, an officer of the body, or who keeps the agreement. Its links die.
    Raises ValidationError naming the field, Conflict where it was given meanwhile.
    """
    facts = only_known(_tidy(facts), FACTS)
    verb = "proof.given" if way == Way.LINK else "proof.recorded"
    detail = check_words(facts, is_confirmed)
    with act(by=by, verb=verb, subject=proof, detail=detail):
        locked = _lock(proof)
        if not locked.is_outstanding:
            raise Conflict(locked, "Somebody else has given this proof since you opened it.")
        require(may_give(by, locked))
        if row_version is not None:
            expect(locked, row_version)
        locked.given_on, locked.given_by_way = today(), Way(way)
        _put(locked, facts, content, name)
        end_links(locked)
        settle(locked.ending)
    return locked


def correct(
    *, by, proof: Proof, row_version: int, content: bytes | None = None, name: str = "",
    reason: str = "", is_confirmed: bool = False, **facts,
) -> Proof:  # fmt: skip
    """Correct a proof that was given; a certificate stays unless another is sent. Raises Conflict."""
    facts = only_known(_tidy(facts), FACTS)
    detail = check_words({**facts, "reason": reason}, is_confirmed)
    with act(by=by, verb="proof.corrected", subject=proof, reason=reason, detail=detail):
        locked = _lock(proof)
        require(may_record(by, locked))
        expect(locked, row_version)
        if not locked.is_given:
            raise ValidationError("There is no proof yet to correct.")
        _put(locked, facts, content, name)
    return locked


def do_without(
    *, by, proof: Proof, row_version: int, reason: str, is_confirmed: bool = False
) -> Proof:
    """Say that no proof of a party is needed, and why. Its links die. Raises Conflict."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why no proof is needed."})
    detail = check_words({"reason": reason}, is_confirmed)
    with act(by=by, verb="proof.not_needed", subject=proof, reason=reason, detail=detail):
        locked = _lock(proof)
        expect(locked, row_version)
        require(may_chase(by, locked))
        locked.not_needed_because = reason.strip()
        locked.row_version += 1
        save_checked(locked)
        end_links(locked)
        settle(locked.ending)
    return locked


def _lock(proof: Proof) -> Proof:
    document = lock_document(proof.ending.document)
    locked = lock(proof)
    locked.ending.document = document
    return locked


def _put(proof: Proof, facts: dict, content: bytes | None, name: str) -> None:
    for field, value in facts.items():
        setattr(proof, field, value)
    if content:
        proof.file, proof.file_name = files.store(content, name), files.safe_name(name)
    _drop_what_does_not_belong(proof)
    _check(proof)
    proof.row_version += 1
    save_checked(proof)


def _drop_what_does_not_belong(proof: Proof) -> None:
    """An answer that was typed for another fate says nothing about this one."""
    if proof.fate not in KEEPING:
        proof.keeping_ground, proof.keeping_words, proof.kept_until = "", "", None
    if proof.fate not in GONE:
        proof.method, proof.method_words, proof.done_on = "", "", None


def _check(proof: Proof) -> None:
    wrong = {}
    if not proof.fate:
        wrong["fate"] = "Choose what became of it."
    if not proof.said_by_name:
        wrong["said_by_name"] = "Enter who says so."
    if proof.fate != Fate.NOTHING_HELD and not proof.held:
        wrong["held"] = "Enter what was held."
    if proof.fate in GONE:
        wrong |= _of_what_is_gone(proof)
    if proof.fate in KEEPING and not proof.keeping_ground:
        wrong["keeping_ground"] = "Choose the ground on which it is kept."
    if proof.fate in KEEPING and not proof.keeping_words:
        wrong["keeping_words"] = "Enter what is kept, and why."
    if wrong:
        raise ValidationError(wrong)


def _of_what_is_gone(proof: Proof) -> dict[str, str]:
    wrong = {}
    if not proof.method:
        wrong["method"] = "Choose how it was returned or destroyed."
    began = proof.ending.version.in_force_on
    if proof.done_on is None:
        wrong["done_on"] = "Enter when it was done."
    elif proof.done_on > today():
        wrong["done_on"] = "Enter a day that is not after today."
    elif began and proof.done_on < began:
        wrong["done_on"] = f"Enter a day that is not before {words(began)}, when sharing began."
    return wrong


def _tidy(facts: dict) -> dict:
    return {k: v.strip() if isinstance(v, str) else v for k, v in facts.items()}
