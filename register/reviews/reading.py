"""What the pages of reviews show: a review with its answers, how its parties stand."""

from __future__ import annotations

from dataclasses import dataclass

from register.core.dates import today
from register.documents.models import Document
from register.reviews.forms import question_lines, section_lines
from register.reviews.models import PartyAsk, Review, ReviewAnswer


@dataclass(frozen=True)
class PartyLine:
    """A party in a review: its row, and how it stands in a word."""

    ask: PartyAsk
    is_silent: bool
    is_reached: bool


@dataclass(frozen=True)
class Part:
    """The sections or the questions: each line as asked, with its answer where there is one."""

    rows: list[tuple[str, str, ReviewAnswer | None]]

    @property
    def answered(self) -> int:
        """How many are answered."""
        return sum(row is not None for _, _, row in self.rows)


@dataclass(frozen=True)
class Whole:
    """A review as its page shows it."""

    review: Review
    sections: Part
    questions: Part
    parties: list[PartyLine]

    @property
    def silent(self) -> int:
        """How many parties have not answered by their day."""
        return sum(line.is_silent for line in self.parties)


def whole_of(review: Review) -> Whole:
    """A review with everything that was said in it; three statements."""
    answers = list(review.answers.all())
    asks = review.asks.select_related("organisation", "address")
    return Whole(
        review,
        _part(answers, *section_lines(), is_open=review.is_open),
        _part(answers, *question_lines(), is_open=review.is_open),
        [_party(ask) for ask in asks],
    )


def reviews_of(document: Document) -> list[Review]:
    """Every review of a document, newest first."""
    rows = Review.objects.filter(document=document).select_related(
        "version", "merged_into", "led_to"
    )
    return list(rows.order_by("-pk"))


def _part(answers, part: str, lines, labels, *, is_open: bool) -> Part:
    words = dict(labels)
    given = {row.code: row for row in answers if row.part == part}
    for row in given.values():
        row.says = words.get(row.answer, row.get_answer_display())
    if not is_open:
        return Part([(row.asked, row.says, row) for row in given.values()])
    return Part(
        [
            (asked, given[code].says if code in given else "", given.get(code))
            for code, asked, _ in lines
        ]
    )


def _party(ask: PartyAsk) -> PartyLine:
    is_silent = ask.answered_at is None and ask.due_on < today()
    return PartyLine(ask, is_silent, hasattr(ask, "address"))
