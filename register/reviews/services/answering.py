"""The reviewer's own answers: the six sections, and the questions of the checklist."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from register.core.confirmed_words import check_words
from register.core.conflicts import expect
from register.core.verdicts import require
from register.ledger.acts import act, keep
from register.reviews.models import Answer, Review, ReviewAnswer
from register.reviews.permissions import may_work_on

SECTION, QUESTION = "section", "question"


@dataclass(frozen=True)
class Said:
    """One answer: the code and words of what is asked, the answer, and what is said besides."""

    code: str
    asked: str
    answer: str
    words: str = ""


def save_answers(
    *, by, review: Review, part: str, answers: list[Said], row_version: int,
    is_confirmed: bool = False,
) -> Review:  # fmt: skip
    """Keep answers to sections or questions; what was answered before is replaced.

    A section that is to change says how. Raises Conflict where somebody answered meanwhile.
    """
    wrong = {
        f"{said.code}_words": "Say what must change."
        for said in answers
        if part == SECTION and said.answer == Answer.NO and not said.words.strip()
    }
    if wrong:
        raise ValidationError(wrong)
    detail = check_words({f"{said.code}_words": said.words for said in answers}, is_confirmed)
    with act(by=by, verb="review.answered", subject=review.document, detail=detail, quiet=True):
        review = (
            Review.objects.select_for_update(of=("self",))
            .select_related("document__partnership", "document__lead")
            .get(pk=review.pk)
        )
        expect(review, row_version)
        require(may_work_on(by, review))
        changed = [said.code for said in answers if said.answer and _keep(review, part, said)]
        if changed:
            review.row_version += 1
            review.save()
    return review


def _keep(review: Review, part: str, said: Said) -> bool:
    row = ReviewAnswer.objects.filter(review=review, part=part, code=said.code).first()
    row = row or ReviewAnswer(review=review, part=part, code=said.code)
    row.asked, row.answer, row.words = said.asked[:400], said.answer, said.words.strip()
    row.full_clean(exclude=["review"])
    return keep(row)
