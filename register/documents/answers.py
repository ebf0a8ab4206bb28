"""Every answer of a draft, card by card, as the check page shows it before it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from register.core import dates
from register.documents.body import body_of
from register.documents.models import TextKind, Version
from register.documents.panels import TaskLine
from register.documents.tiers import TIERS, TextTask

NOT_PROVIDED = "Not provided"


@dataclass(frozen=True)
class Answer:
    """One question and what was answered; `kind` says how it is drawn: text, html, items, clauses."""

    label: str
    value: object
    kind: str = "text"


@dataclass
class Card:
    """The answers of one task, and where they are changed."""

    heading: str
    url: str
    answers: list[Answer] = field(default_factory=list)


def cards_of(version: Version, lines: list[TaskLine]) -> list[Card]:
    """A card for each task of a draft, in the order of the task list."""
    body = body_of(version)
    builders = {
        "title": lambda: _title(version, body),
        "place": lambda: _place(body),
        "parties": lambda: _parties(body),
        "clauses": lambda: _clauses(version, body),
        "commencement": lambda: _commencement(version),
        "facts": lambda: _facts(version),
        "slots": lambda: _slots(body),
    }
    sections = {section["code"]: section for section in body["sections"]}
    cards = []
    for line in filter(lambda line: line.is_answer, lines):
        build = builders.get(line.code)
        answers = build() if build else _section(version, line.code, sections)
        cards.append(Card(line.heading, f"{line.url}?from=check", answers))
    return cards


def _title(version: Version, body: dict) -> list[Answer]:
    answers = [_said("Title", body["title"]), _said("Kind", body["kind"])]
    if version.number > 1 or version.changes:
        answers.append(_said("Summary of changes", version.changes))
    return answers


def _place(body: dict) -> list[Answer]:
    answers = [
        Answer(
            "Above it" if parent["role"] == "main" else "Also under",
            f"{parent['reference']} {parent['title']}",
        )
        for parent in body["parents"]
    ]
    if body["outside_framework"]:
        answers.append(Answer("Outside the framework, because", body["outside_framework"]))
    return answers or [_said("Above it", "")]


def _parties(body: dict) -> list[Answer]:
    words = {"party": "Party", "observer": "Observer", "drafting_partner": "Drafting partner"}
    answers = []
    for party in body["parties"]:
        said = party["name"] + (f", {party['role'].lower()}" if party["role"] else "")
        if party["only_this_reason"]:
            said += f". Bound by this document only, because: {party['only_this_reason']}"
        answers.append(Answer(words[party["part"]], said))
    return answers or [_said("Parties", "")]


def _clauses(version: Version, body: dict) -> list[Answer]:
    if version.text_kind == TextKind.FILE:
        return [_said("Governing file", version.governing_file_name)]
    return [
        Answer("Clauses", body["clauses"], "clauses") if body["clauses"] else _said("Clauses", "")
    ]


def _section(version: Version, code: str, sections: dict[str, dict]) -> list[Answer]:
    task = TIERS[version.document.tier].task(code)
    fields = sections.get(code, {"fields": []})["fields"]
    if not isinstance(task, TextTask):
        return [Answer(f["label"], f["value"], f["kind"]) for f in fields] or [_said("Rows", "")]
    said = {f["code"]: f["value"] for f in fields}
    labels = {name: str(task.model._meta.get_field(name).verbose_name) for name in task.fields}
    return [
        Answer(label.capitalize(), said[name], "html")
        if name in said
        else _said(label.capitalize(), "")
        for name, label in labels.items()
    ]


def _slots(body: dict) -> list[Answer]:
    answers = [
        Answer(slot["organisation"], slot["post"] + ("" if slot["required"] else " (not needed)"))
        for slot in body.get("slots", [])
    ]
    return answers or [_said("Places to sign", "")]


def _commencement(version: Version) -> list[Answer]:
    answers = [
        Answer("It comes into force", version.get_commencement_display()),
        _said("Not before", dates.words(version.commencement_on)),
        _said("Ends on", dates.words(version.ends_on)),
    ]
    if version.shared_since:
        answers.append(_said("Sharing began earlier, on", dates.words(version.shared_since)))
        answers.append(_said("Why", version.shared_since_reason))
    return answers


def _facts(version: Version) -> list[Answer]:
    document = version.document
    return [
        _said("Owner", document.owner.name if document.owner else ""),
        _said("Lead body", document.lead.legal_name if document.lead else ""),
        _said("Review date", dates.words(document.review_on)),
        _said("Who may read it", document.get_visibility_display()),
    ]


def _said(label: str, value: str) -> Answer:
    return Answer(label, value or NOT_PROVIDED)
