"""How much assurance a body gives, computed from its facts: a level, its last day, and why.

No law sets these levels; they are ours, after the practice of regional sharing frameworks:

- *not submitted*: nobody of the body has ever recorded or confirmed its facts.
- *expired*: a date that the body relies on has passed: its ICO registration, a certificate, or twelve
  months since it last confirmed its facts, whichever comes first.
- *none*: the ICO registration, or any data protection training, is missing.
- *limited*: something else that is asked of such a body is missing.
- *significant*: everything that is asked of it is recorded.

A level holds to the end of its last day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from register.core.dates import add_months, words
from register.directory.assurance_kinds import KINDS
from register.directory.assurance_questions import ADVISED, EXPECTED, FOUNDATION, Known, answers_of
from register.directory.models.assurance import AssuranceFact, FactKind

SIGNIFICANT, LIMITED, NONE, EXPIRED, NOT_SUBMITTED = (
    "significant",
    "limited",
    "none",
    "expired",
    "not_submitted",
)
LABELS = {
    SIGNIFICANT: "Significant",
    LIMITED: "Limited",
    NONE: "None",
    EXPIRED: "Expired",
    NOT_SUBMITTED: "Not submitted",
}
STRENGTH = {NOT_SUBMITTED: 0, NONE: 1, EXPIRED: 2, LIMITED: 3, SIGNIFICANT: 4}
MONTHS_BETWEEN_CONFIRMATIONS = 12
SOON_DAYS = 90


@dataclass(frozen=True, order=True)
class Ending:
    """A date on which a body's assurance would end, and what ends then."""

    on: date
    what: str
    fact: str = ""


@dataclass(frozen=True)
class Level:
    """How much assurance a body gives: the level, its last day, why, and what ends soon."""

    code: str
    until: date | None
    why: str
    ending: tuple[Ending, ...] = ()
    label: str = ""

    @property
    def stands(self) -> bool:
        """Whether others may rely on it today."""
        return self.code in {SIGNIFICANT, LIMITED}

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return colour_of(self.code)


def level_of(known: Known, day: date) -> Level:
    """The level of a body on a day (a date). See the head of this module for the rule."""
    if known.confirmed_on is None:
        why = "Not submitted: nobody has recorded its facts."
        return Level(NOT_SUBMITTED, None, why, label=LABELS[NOT_SUBMITTED])
    endings = endings_of(known)
    soon = tuple(end for end in endings if end.on <= day + timedelta(days=SOON_DAYS))
    code, why = _judged(known, endings, day)
    until = endings[0].on
    return Level(code, until, f"{LABELS[code]}: {why}.", soon, LABELS[code])


def endings_of(known: Known) -> list[Ending]:
    """Every date on which the assurance of a body would end, soonest first."""
    found = [
        Ending(fact.expires_on, f"the {_certificate(fact)} {{}} on {words(fact.expires_on)}", kind)
        for kind, fact in known.facts.items()
        if fact.expires_on
    ]
    if known.ico_number and known.ico_expires_on:
        said = f"the ICO registration {{}} on {words(known.ico_expires_on)}"
        found.append(Ending(known.ico_expires_on, said, FactKind.ICO.value))
    if known.confirmed_on:
        year = add_months(known.confirmed_on, MONTHS_BETWEEN_CONFIRMATIONS)
        said = f"the facts were last confirmed on {words(known.confirmed_on)}"
        found.append(Ending(year, f"{said}, and hold for 12 months"))
    return sorted(found)


def weakest(members: Mapping[str, Level], day: date) -> Level:
    """The level of an arrangement: that of its weakest member, by name, ending with the first to end."""
    if not members:
        why = "Not submitted: no body is recorded in the arrangement."
        return Level(NOT_SUBMITTED, None, why, label=LABELS[NOT_SUBMITTED])
    name, weak = min(members.items(), key=lambda row: (STRENGTH[row[1].code], row[0]))
    untils = [level.until for level in members.values() if level.until]
    soon = tuple(
        sorted(
            {
                replace(end, what=f"{who}: {end.what}")
                for who, of in members.items()
                for end in of.ending
            }
        )
    )
    until = min(untils) if untils and weak.code != NOT_SUBMITTED else None
    return replace(
        weak, until=until, why=f"{weak.label}, by its weakest member, {name}.", ending=soon
    )


def on_day(code: str, until: date | None, day: date) -> str:
    """The level that a stored one has become by a day: what has passed its last day is expired."""
    return EXPIRED if code != NOT_SUBMITTED and until is not None and until < day else code


def has_fallen(before: str, after: str) -> bool:
    """Whether others who relied on a level can do so less: a level that nobody relies on cannot fall."""
    return before in {SIGNIFICANT, LIMITED} and STRENGTH[after] < STRENGTH[before]


def colour_of(code: str) -> str:
    """The colour of a level's tag."""
    colours = {SIGNIFICANT: "green", LIMITED: "yellow", NONE: "red", EXPIRED: "red"}
    return colours.get(code, "grey")


def said_on(ending: Ending, day: date) -> str:
    """What ends and when, as on a day: “the ICO registration ended on 3 March 2026”."""
    return ending.what.format("ended" if ending.on < day else "ends")


def _judged(known: Known, endings: list[Ending], day: date) -> tuple[str, str]:
    passed = [said_on(end, day) for end in endings if end.on < day]
    if passed:
        return EXPIRED, _joined(passed)
    lacks = {FOUNDATION: [], EXPECTED: [], ADVISED: []}  # type: dict[str, list[str]]
    for answer in answers_of(known, day):
        if answer.lack:
            lacks[answer.question.weight].append(answer.lack)
    if lacks[FOUNDATION]:
        return NONE, _joined(lacks[FOUNDATION])
    if lacks[EXPECTED]:
        return LIMITED, _joined(lacks[EXPECTED])
    return SIGNIFICANT, "everything that is asked of it is recorded"


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{'; '.join(parts[:-1])}; and {parts[-1]}"


def _certificate(fact: AssuranceFact) -> str:
    name = KINDS[fact.kind].in_sentence
    return (
        f"{name} certificate" if "Certificate" in KINDS[fact.kind].columns["expires_on"] else name
    )
