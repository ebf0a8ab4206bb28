"""Which short pages an information flow has, and which questions each of them asks.

The table at the end is the whole of it. Every line is a question: the name of its column, when it is
asked, and when the page is not complete without it. It makes no statement: what the answers so far mean
comes in as `Answers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agreements.flows.relevance import (
    Answers,
    Condition,
    always,
    balanced,
    confidential,
    disposed_of,
    excludes,
    explains_law,
    has_a_choice,
    leaves_part3,
    leaves_uk,
    names_power,
    needs_annex1,
    needs_law,
    needs_policy,
    needs_schedule1,
    never,
    onward,
    opt_out,
    part3,
    people_are_asked,
    personal,
    sensitive,
    special,
    supported,
    uk_gdpr,
)


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
    Question("authorising_law", leaves_part3, leaves_part3),
    Question("gateways", personal),
    Question("gateway_note", explains_law),
)
_CONFIDENTIALITY = (
    Question("cldc_basis", confidential, confidential),
    Question("cldc_power", names_power, names_power),
    Question("s251_reference", supported, supported),
    Question("s251_expires_on", supported, supported),
    Question("consent_model", has_a_choice, has_a_choice),
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
    Page("confidentiality", "Confidentiality and choice", _CONFIDENTIALITY, has_a_choice),
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
