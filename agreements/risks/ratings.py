"""How great a risk is: likelihood times impact, each from 1 to 5, in a number and a word.

The bands are those of the risk matrix of the National Patient Safety Agency (2008), which health and
councils in England both use: 1 to 3 low, 4 to 6 medium, 8 to 12 high, 15 to 25 very high.
"""

from __future__ import annotations

from dataclasses import dataclass

LIKELIHOODS = [
    (1, "1 – rare"),
    (2, "2 – unlikely"),
    (3, "3 – possible"),
    (4, "4 – likely"),
    (5, "5 – almost certain"),
]
IMPACTS = [
    (1, "1 – negligible"),
    (2, "2 – minor"),
    (3, "3 – moderate"),
    (4, "4 – major"),
    (5, "5 – severe"),
]
BANDS = (
    (3, "low", "Low"),
    (6, "medium", "Medium"),
    (12, "high", "High"),
    (25, "very_high", "Very high"),
)
COLOURS = {"low": "green", "medium": "yellow", "high": "orange", "very_high": "red"}


@dataclass(frozen=True, order=True)
class Rating:
    """A risk's number from 1 to 25 with its band."""

    score: int
    code: str
    word: str

    def __str__(self) -> str:
        return f"{self.word} ({self.score})"

    @property
    def colour(self) -> str:
        """The colour of its tag; the word beside it says the same."""
        return COLOURS[self.code]

    @property
    def is_high(self) -> bool:
        """Whether somebody must accept it by name: high or very high."""
        return self.code in {"high", "very_high"}


def rating(likelihood: int, impact: int) -> Rating:
    """The rating of a risk; both numbers lie between 1 and 5."""
    if not (1 <= likelihood <= 5 and 1 <= impact <= 5):
        raise ValueError("Likelihood and impact lie between 1 and 5.")
    score = likelihood * impact
    return next(Rating(score, code, word) for top, code, word in BANDS if score <= top)
