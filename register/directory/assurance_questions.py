"""What is asked of a body before others rely on it: fifteen questions, by how much hangs on each.

A question asks only the bodies it concerns, and says in a sentence what an answer lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from register.directory.models.assurance import AssuranceFact, FactKind

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


def answers_of(known: Known, day: date) -> list[Answer]:
    """What is asked of a body on a day, with what is missing: its set-up progress."""
    return [Answer(each, each.lack(known)) for each in QUESTIONS if each.asked(known, day)]


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
