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

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from register.core.dates import add_months, words
from register.directory.assurance_kinds import KINDS
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
ENOUGH_PERCENT = 95  # the share of staff that the toolkit of the NHS long asked for
COMPLAINTS_ASKED_FROM = date(2026, 6, 19)  # Data Protection Act 2018, section 164A, in force

HEALTH = frozenset({"nhs_trust", "integrated_care_board", "gp_practice", "other_nhs"})
# Councils with adult social care name a Caldicott Guardian as the health service does
# (National Data Guardian's guidance under the Health and Social Care (National Data Guardian) Act 2018).
CALDICOTT = HEALTH | {"county_council", "unitary_council"}
CERTIFICATES = (FactKind.ISO_27001, FactKind.PSN, FactKind.FRAMEWORK)

GOOD, PARTIAL, POOR = "good", "partial", ""
FOUNDATION, EXPECTED, ADVISED = "foundation", "expected", "advised"


@dataclass(frozen=True)
class Known:
    """Everything that the register knows of one body on a day.

    `grades` say of each recorded standing whether its reference list calls it good, partial or neither.
    """

    grades: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, AssuranceFact] = field(default_factory=dict)
    ico_number: str = ""
    ico_expires_on: date | None = None
    privacy_notice: str = ""
    kind: str = ""
    is_public: bool = False
    is_competent: bool = False  # competent authority, Data Protection Act 2018, section 30
    is_small: bool = False  # a member that another one supports
    posts: frozenset[str] = frozenset()
    has_ods: bool = False
    confirmed_on: date | None = None

    def fact(self, kind: FactKind) -> AssuranceFact | None:
        """The standing fact of a kind."""
        return self.facts.get(kind.value)

    def grade(self, kind: FactKind) -> str:
        """How good the recorded standing is; poor where there is no fact."""
        return self.grades.get(kind.value, POOR)


@dataclass(frozen=True)
class Question:
    """Something that is asked of bodies: how much hangs on it, of whom, and what an answer lacks."""

    code: str
    heading: str
    weight: str
    asked: Callable[[Known, date], bool]
    lack: Callable[[Known], str]  # empty where the answer is good


@dataclass(frozen=True)
class Answer:
    """A question that is asked of a body, with what its answer lacks."""

    question: Question
    lack: str
    url: str = ""
    act: str = ""

    @property
    def is_good(self) -> bool:
        """Whether nothing is missing."""
        return not self.lack


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


def answers_of(known: Known, day: date) -> list[Answer]:
    """What is asked of a body on a day, with what is missing: its set-up progress."""
    return [Answer(each, each.lack(known)) for each in QUESTIONS if each.asked(known, day)]


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


def _ico(known: Known) -> str:
    fact = known.fact(FactKind.ICO)
    value = fact.value if fact else ""
    if known.ico_number or value == "exempt":
        return ""
    no = value == "not_registered"
    return "it is not registered with the ICO" if no else "no ICO registration is recorded"


def _training(known: Known) -> str:
    fact = known.fact(FactKind.TRAINING)
    if fact is None:
        return "no data protection training of staff is recorded"
    some = known.grade(FactKind.TRAINING) != POOR and fact.percent != 0
    return "" if some else "no staff are trained in data protection"


def _all_trained(known: Known) -> str:
    fact = known.fact(FactKind.TRAINING)
    if fact is None or _training(known):
        return ""
    if fact.percent is not None:
        few = (
            f"{fact.percent}% of staff are trained in data protection, fewer than {ENOUGH_PERCENT}%"
        )
        return "" if fact.percent >= ENOUGH_PERCENT else few
    all_ = known.grade(FactKind.TRAINING) == GOOD
    return "" if all_ else "not all staff are trained in data protection"


def _security(known: Known) -> str:
    if GOOD in {known.grade(FactKind.CYBER_ESSENTIALS), known.grade(FactKind.DSPT)}:
        return ""
    if any(known.fact(kind) for kind in CERTIFICATES):
        return ""
    return "no Cyber Essentials certificate or other proof of security is recorded"


def _dspt(known: Known) -> str:
    if known.grade(FactKind.DSPT) == GOOD:
        return ""
    if known.fact(FactKind.DSPT) is None:
        return "no Data Security and Protection Toolkit is recorded"
    return "the Data Security and Protection Toolkit does not say that standards are met"


def _screening(known: Known) -> str:
    if known.fact(FactKind.SCREENING) is None:
        return "no screening of staff is recorded"
    return "staff are not screened" if known.grade(FactKind.SCREENING) == POOR else ""


def _breach(known: Known) -> str:
    grade = known.grade(FactKind.BREACH)
    if grade == GOOD or (known.is_small and grade == PARTIAL):
        return ""
    written = "the breach procedure is not tested"
    return written if grade == PARTIAL else "no breach procedure is recorded"


def _recorded(kind: FactKind, sentence: str) -> Callable[[Known], str]:
    return lambda known: "" if known.fact(kind) else sentence


def _post(kind: str, sentence: str) -> Callable[[Known], str]:
    return lambda known: "" if kind in known.posts else sentence


def _dpo(known: Known) -> str:
    named = "dpo" in known.posts or known.fact(FactKind.NO_DPO)
    return "" if named else "nobody is named as data protection officer"


def _everybody(known: Known, day: date) -> bool:
    return True


def _not_small(known: Known, day: date) -> bool:
    return not known.is_small


QUESTIONS = (
    Question("ico", "ICO registration", FOUNDATION, _everybody, _ico),
    Question("training", "Data protection training", FOUNDATION, _everybody, _training),
    Question("training", "Training of nearly all staff", EXPECTED, _not_small, _all_trained),
    Question(
        "dspt", "Data Security and Protection Toolkit", EXPECTED,
        lambda known, day: known.kind in HEALTH, _dspt,
    ),
    Question(
        "cyber-essentials", "Cyber Essentials or other proof of security", EXPECTED,
        lambda known, day: known.kind not in HEALTH and not known.is_small, _security,
    ),
    Question("screening", "Staff screening", EXPECTED, _not_small, _screening),
    Question("breach", "Breach procedure", EXPECTED, _everybody, _breach),
    Question(
        "privacy", "Privacy notice", EXPECTED, _everybody,
        lambda known: "" if known.privacy_notice else "no privacy notice is recorded",
    ),
    Question(
        "complaints", "Complaints address", EXPECTED,
        lambda known, day: day >= COMPLAINTS_ASKED_FROM,
        _recorded(FactKind.COMPLAINTS, "no address for complaints is recorded"),
    ),
    Question(
        "retention", "Retention schedule", EXPECTED, _not_small,
        _recorded(FactKind.RETENTION, "no retention schedule is recorded"),
    ),
    Question(
        "dpo", "Data protection officer", EXPECTED,
        lambda known, day: known.is_public or known.is_competent, _dpo,
    ),
    Question(
        "caldicott", "Caldicott Guardian", EXPECTED,
        lambda known, day: known.kind in CALDICOTT,
        _post("caldicott_guardian", "nobody is named as Caldicott Guardian"),
    ),
    Question(
        "siro", "Senior information risk owner", ADVISED,
        lambda known, day: known.is_public and not known.is_small,
        _post("siro", "nobody is named as senior information risk owner"),
    ),
    Question(
        "policy", "Appropriate policy document", ADVISED, _not_small,
        _recorded(FactKind.POLICY, "no appropriate policy document is recorded"),
    ),
    Question(
        "ods", "ODS code", ADVISED, lambda known, day: known.kind in HEALTH,
        lambda known: "" if known.has_ods else "no ODS code is recorded",
    ),
)  # fmt: skip
