"""Which short pages an information flow has, and which questions each of them asks.

The table at the end is the whole of it. Every line is a question: the name of its column, when it is
asked, and when the page is not complete without it. It makes no statement: what the answers so far mean
comes in as `Answers`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

UK_GDPR, PART3, PART4 = "uk_gdpr", "part3", "part4"


@dataclass(frozen=True)
class Answers:
    """What the answers so far mean for what is asked next; the law is that of one end of the flow."""

    is_personal: bool = True
    # Of the data: what the items say, or cannot say yet because there are none.
    is_special: bool = False
    is_offence: bool = False
    is_confidential: bool = False
    is_patient: bool = False
    has_exclusions: bool = False
    # Of the use.
    is_care: bool = False
    # Of confidentiality and choice.
    names_power: bool = False
    is_supported: bool = False
    asks_people: bool = False
    # Of what happens to it.
    is_disposed_of: bool = False
    is_onward: bool = False
    leaves_uk: bool = False
    # Of the law at the end asked about.
    regime: str = UK_GDPR
    other_regime: str = UK_GDPR
    needs_law: bool = False
    needs_annex1: bool = False
    is_balanced: bool = False
    needs_schedule1: bool = False
    needs_policy: bool = False
    has_gateway: bool = False


Condition = Callable[[Answers], bool]


def always(_: Answers) -> bool:
    """Of every flow."""
    return True


def never(_: Answers) -> bool:
    """Of no flow."""
    return False


def personal(a: Answers) -> bool:
    """Of information about people who can be identified, or may be."""
    return a.is_personal


def excludes(a: Answers) -> bool:
    """Where some kind of data must not be sent."""
    return a.has_exclusions


def confidential(a: Answers) -> bool:
    """Of information about health or care, or given in confidence."""
    return a.is_personal and a.is_confidential


def names_power(a: Answers) -> bool:
    """Where the basis in confidentiality rests on a law, an order or somebody's decision."""
    return confidential(a) and a.names_power


def supported(a: Answers) -> bool:
    """Where section 251 support is relied on."""
    return confidential(a) and a.is_supported


def people_are_asked(a: Answers) -> bool:
    """Where people may refuse."""
    return confidential(a) and a.asks_people


def opt_out(a: Answers) -> bool:
    """Of confidential patient information that is used beyond the care of the person."""
    return a.is_personal and a.is_patient and not a.is_care


def disposed_of(a: Answers) -> bool:
    """Where something is done with it at the end."""
    return a.is_disposed_of


def onward(a: Answers) -> bool:
    """Where it may be passed on."""
    return a.is_onward


def leaves_uk(a: Answers) -> bool:
    """Where personal data leaves the United Kingdom."""
    return a.is_personal and a.leaves_uk


def uk_gdpr(a: Answers) -> bool:
    """At an end under the UK GDPR."""
    return a.is_personal and a.regime == UK_GDPR


def part3(a: Answers) -> bool:
    """At an end under Part 3 of the Data Protection Act 2018."""
    return a.is_personal and a.regime == PART3


def needs_annex1(a: Answers) -> bool:
    """With the basis of Article 6(1)(ea) only."""
    return uk_gdpr(a) and a.needs_annex1


def needs_law(a: Answers) -> bool:
    """With a basis that a law lays down, or with none chosen of Part 4."""
    return a.is_personal and (a.regime == PART4 or (a.regime == UK_GDPR and a.needs_law))


def balanced(a: Answers) -> bool:
    """With the basis of Article 6(1)(f) only."""
    return uk_gdpr(a) and a.is_balanced


def special(a: Answers) -> bool:
    """Of special category data under the UK GDPR."""
    return uk_gdpr(a) and a.is_special


def needs_schedule1(a: Answers) -> bool:
    """Where an Article 9 condition needs one of Schedule 1, and for criminal offence data."""
    return uk_gdpr(a) and (a.is_offence or (a.is_special and a.needs_schedule1))


def sensitive(a: Answers) -> bool:
    """Of sensitive processing under Part 3 (section 35(8))."""
    return part3(a) and a.is_special


def needs_policy(a: Answers) -> bool:
    """Where a condition needs an appropriate policy document."""
    return sensitive(a) or (needs_schedule1(a) and a.needs_policy)


def has_gateway(a: Answers) -> bool:
    """Where a gateway is named."""
    return a.is_personal and a.has_gateway


def leaves_part3(a: Answers) -> bool:
    """Where law enforcement data goes to an end that is not under Part 3 (section 36(4))."""
    return part3(a) and a.other_regime != PART3


@dataclass(frozen=True)
class Question:
    """One question: the column that keeps the answer, when it is asked, when it must be answered."""

    name: str
    asked: Condition = always
    needed: Condition = never


@dataclass(frozen=True)
class Page:
    """One short page of a flow."""

    code: str
    heading: str
    questions: tuple[Question, ...]
    asked: Condition = always

    @property
    def is_law(self) -> bool:
        """Whether it asks about the law at one end."""
        return self.code in {"provider", "recipient"}


_WHAT = (
    Question("title", always, always),
    Question("identifiability", always, always),
    Question("direction", always, always),
    Question("use_kind", always, always),
    Question("purpose_of", always),
    Question("purpose", always),
    Question("necessity", personal, personal),
    Question("asset", always),
)
_WHO = (
    Question("providers", always, always),
    Question("recipients", always, always),
)
_DATA = (
    Question("data_subjects", personal, personal),
    Question("items", always, personal),
    Question("excludes", always),
    Question("excludes_note", excludes),
)
_ITEM = (
    Question("name", always, always),
    Question("category", always, always),
    Question("needed_because", always, personal),
    Question("special", personal),
    Question("identifiability", personal),
    Question("originator", always),
    Question("third_party_rule", personal),
    Question("format_example", always),
    Question("quality_rule", always),
)
_LAW = (
    Question("regime", personal, personal),
    Question("controller_role", personal, personal),
    Question("lawful_basis", uk_gdpr, uk_gdpr),
    Question("annex1_condition", needs_annex1, needs_annex1),
    Question("law_named", needs_law, needs_law),
    Question("balancing_test", balanced, balanced),
    Question("article9", special, special),
    Question("schedule1", needs_schedule1, needs_schedule1),
    Question("part3_basis", part3, part3),
    Question("part3_purposes", part3, part3),
    Question("schedule8", sensitive, sensitive),
    Question("policy_document", needs_policy, needs_policy),
    Question("person_classes", part3),
    Question("marks_opinion", part3),
    Question("is_logged", part3),
    Question("authorised_by", leaves_part3, leaves_part3),
    Question("gateways", personal),
    Question("gateway_note", has_gateway),
)
_CONFIDENTIALITY = (
    Question("cldc_basis", confidential, confidential),
    Question("cldc_power", names_power, names_power),
    Question("s251_reference", supported, supported),
    Question("s251_expires_on", supported, supported),
    Question("consent_model", confidential, confidential),
    Question("refusals", people_are_asked, people_are_asked),
    Question("override_grounds", people_are_asked),
    Question("opt_out", opt_out, opt_out),
)
_TRANSFER = (
    Question("transfer_modes", always, always),
    Question("controls", personal, personal),
    Question("system", always),
    Question("frequency", always, always),
    Question("volume", always),
    Question("data_format", always),
    Question("outside_uk", personal, personal),
)
_OUTSIDE = (
    Question("outside_country", leaves_uk, leaves_uk),
    Question("outside_reference", leaves_uk, leaves_uk),
)
_AFTERWARDS = (
    Question("storage", always, personal),
    Question("access", personal, personal),
    Question("retention_trigger", always, personal),
    Question("retention_period", always, personal),
    Question("retention_reference", always),
    Question("disposal", always, personal),
    Question("disposal_proof", disposed_of),
    Question("accuracy", personal, personal),
    Question("corrections_to", personal),
    Question("onward", personal, personal),
    Question("onward_to", onward),
)
_PUBLIC = (
    Question("dpia_reference", personal),
    Question("privacy_notice", personal, personal),
    Question("plain_purpose", always, personal),
    Question("plain_retention", always),
)

PAGES: tuple[Page, ...] = (
    Page("what", "What moves", _WHAT),
    Page("who", "Who gives and who receives", _WHO),
    Page("data", "People and data", _DATA),
    Page("provider", "The law for the provider", _LAW, personal),
    Page("recipient", "The law for the recipient", _LAW, personal),
    Page("confidentiality", "Confidentiality and choice", _CONFIDENTIALITY, confidential),
    Page("transfer", "How it moves", _TRANSFER),
    Page("outside", "Outside the UK", _OUTSIDE, leaves_uk),
    Page("afterwards", "Afterwards", _AFTERWARDS),
    Page("public", "For the public", _PUBLIC),
)
ITEM = Page("item", "Item of data", _ITEM)


def page(code: str) -> Page | None:
    """The page of a code, or None."""
    return next((each for each in PAGES if each.code == code), None)


def pages_asked(answers: Answers) -> tuple[Page, ...]:
    """The pages that a flow has, in order."""
    return tuple(each for each in PAGES if each.asked(answers))


def page_after(code: str, answers: Answers) -> Page | None:
    """The next page that is asked after one, or None after the last."""
    codes = [each.code for each in PAGES]
    later = codes[codes.index(code) + 1 :]
    return next((each for each in pages_asked(answers) if each.code in later), None)


def names_asked(page: Page, answers: Answers) -> tuple[str, ...]:
    """The names of the questions that a page asks."""
    if not page.asked(answers):
        return ()
    return tuple(q.name for q in page.questions if q.asked(answers))


def names_needed(page: Page, answers: Answers) -> tuple[str, ...]:
    """The names of the questions without which a page is not complete."""
    if not page.asked(answers):
        return ()
    return tuple(q.name for q in page.questions if q.asked(answers) and q.needed(answers))


def no_longer_asked(
    pages: Iterable[Page], before: Answers, after: Answers
) -> Iterator[tuple[Page, str]]:
    """The questions that were asked before some answers changed, and are not asked after."""
    for each in pages:
        now = set(names_asked(each, after))
        for name in names_asked(each, before):
            if name not in now:
                yield each, name
