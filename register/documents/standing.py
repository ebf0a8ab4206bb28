"""How a document stands today: its versions, its status in one word and in a sentence, its stepper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from register.core import dates
from register.documents.lifecycle import EDITABLE, GOVERNING, PREPARING, State
from register.documents.models import Document, Suspension, Version

STEPS = (State.DRAFT, State.CONSULTATION, State.SIGNING, State.IN_FORCE, State.UNDER_REVIEW)


@dataclass(frozen=True)
class Step:
    """One step of a version's life, as the stepper shows it."""

    words: str
    is_done: bool
    is_now: bool


@dataclass
class Standing:
    """A document with the versions that a reader may read, newest first, read once for a page."""

    document: Document
    versions: list[Version]

    @cached_property
    def governing(self) -> Version | None:
        """The version in force or under review."""
        return next((v for v in self.versions if v.state in GOVERNING), None)

    @cached_property
    def preparing(self) -> Version | None:
        """The version being drafted, consulted on or signed."""
        return next((v for v in self.versions if v.state in PREPARING), None)

    @cached_property
    def editable(self) -> Version | None:
        """The version whose content may change now."""
        return next((v for v in self.versions if v.is_editable), None)

    @cached_property
    def shown(self) -> Version | None:
        """The version that stands for the document: governing, else in preparation, else the newest."""
        return self.governing or self.preparing or next(iter(self.versions), None)

    @cached_property
    def suspensions(self) -> list[Suspension]:
        """The suspensions that have not ended, those of the whole document first."""
        rows = self.document.suspensions.filter(ends_on__isnull=True).select_related("party")
        return sorted(rows, key=lambda row: (row.party_id is not None, row.pk))

    @property
    def is_suspended(self) -> bool:
        """Whether sharing under the whole document is suspended today."""
        today = dates.today()
        return any(row.party_id is None and row.holds_on(today) for row in self.suspensions)

    def status(self, version: Version | None = None) -> str:
        """The status in one code: a state, or unconfirmed, suspended or overdue, which are computed."""
        version = version or self.shown
        if version is None or version.state not in GOVERNING:
            return version.state if version else State.DRAFT
        if not self.document.is_confirmed:
            return "unconfirmed"
        if self.is_suspended:
            return "suspended"
        return "overdue" if self.is_overdue else version.state

    @property
    def is_overdue(self) -> bool:
        """Whether the review date has passed while something governs."""
        review_on = self.document.review_on
        return bool(self.governing and review_on and review_on < dates.today())

    def sentences(self, version: Version) -> list[str]:
        """How a version stands, in sentences that stay true beside its tag."""
        said = [_state_sentence(version, self.document)]
        if version.state in GOVERNING:
            said += [_suspended(row) for row in self.suspensions]
            said += [_review(self.document, self.is_overdue)]
            if self.preparing and self.preparing != version:
                word = self.preparing.get_state_display().lower()
                said.append(f"Version {self.preparing.number} is {word}.")
        return [sentence for sentence in said if sentence]


def steps_of(version: Version) -> list[Step]:
    """The stepper of a version: what is behind it, where it is, what may come."""
    if version.state not in STEPS:
        steps = [Step(state.label, True, False) for state in STEPS[:4]]
        return [*steps, Step(version.get_state_display(), False, True)]
    place = STEPS.index(version.state)
    return [Step(state.label, n < place, n == place) for n, state in enumerate(STEPS)]


def _state_sentence(version: Version, document: Document) -> str:
    match version.state:
        case State.DRAFT:
            return "Its text is being written: nobody shares under it yet."
        case State.CONSULTATION:
            return "Its parties may read the draft and say what they think."
        case State.SIGNING:
            return _commencement(version)
        case State.SUPERSEDED | State.ENDED:
            ended = dates.words(version.ended_on)
            word = version.get_state_display()
            said = f"{word} on {ended}" if ended else word
            return f"{said}: {version.end_reason}" if version.end_reason else f"{said}."
    if not document.is_confirmed:
        return f"As recorded in {document.source or 'an import'}: no officer has confirmed it yet."
    since = dates.words(version.in_force_on)
    ends = f" It ends on {dates.words(version.ends_on)}." if version.ends_on else ""
    return (
        f"In force since {since}.{ends}" if since else f"In force, from a day not recorded.{ends}"
    )


def _commencement(version: Version) -> str:
    said = f"It comes into force {version.get_commencement_display()}"
    if version.commencement_on:
        said += f", not before {dates.words(version.commencement_on)}"
    return f"{said}."


def _suspended(row: Suspension) -> str:
    whom = f" for {row.party.called}" if row.party else ""
    return f"Sharing is suspended{whom} since {dates.words(row.starts_on)}: {row.reason}"


def _review(document: Document, is_overdue: bool) -> str:
    if document.review_on is None:
        return f"Review: {document.review_words}." if document.review_words else ""
    word = "Its review was due" if is_overdue else "Review due"
    return f"{word} {dates.relative(document.review_on)}."


def is_draft(version: Version) -> bool:
    """Whether a version is a draft that was never issued."""
    return version.state in EDITABLE and not version.is_admitted
