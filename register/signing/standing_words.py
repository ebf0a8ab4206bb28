"""The ways in which a body may stand to a document, in codes and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from register.core.dates import words

SIGNED, ASKED, REFUSED, WITHDRAWN = "signed", "asked", "refused", "withdrawn"
ENDED, SUPERSEDED, NEVER_ASKED = "ended", "superseded", "never_asked"
OBSERVER, LAPSED, UNCONFIRMED = "observer", "lapsed", "unconfirmed"
# Short words for each, in the order in which a table of them reads.
WORDS = {
    SIGNED: "Signed",
    ASKED: "Asked",
    REFUSED: "Refused",
    WITHDRAWN: "Withdrawn",
    LAPSED: "Lapsed",
    ENDED: "Ended",
    SUPERSEDED: "Earlier version only",
    UNCONFIRMED: "Unconfirmed",
    NEVER_ASKED: "Never asked",
    OBSERVER: "Observer",
}


@dataclass(frozen=True)
class Standing:
    """How a body stands to a document: in one code, since when, and by which post."""

    code: str = NEVER_ASKED
    on: date | None = None
    post: str = ""
    slot_id: int | None = None

    @property
    def counts(self) -> bool:
        """Whether the body is a current signatory."""
        return self.code == SIGNED

    @property
    def words(self) -> str:
        """The standing in a word or two, with its day: “Signed, 3 March 2026”."""
        return f"{WORDS[self.code]}, {words(self.on)}" if self.on else WORDS[self.code]

    @property
    def predicate(self) -> str:
        """What follows the body's name and goes before the document's: “has never been asked to sign”."""
        return PREDICATES[self.code]


PREDICATES = {
    SIGNED: "has signed",
    ASKED: "was asked and has not yet signed",
    REFUSED: "refused to sign",
    WITHDRAWN: "withdrew its signature from",
    LAPSED: "is no longer a member, so its signature has lapsed on",
    ENDED: "is bound no more, since nothing is in force of",
    SUPERSEDED: "signed only an earlier version of",
    UNCONFIRMED: "stands in the old register, which no officer has confirmed, as signatory of",
    NEVER_ASKED: "has never been asked to sign",
    OBSERVER: "only observes",
}
