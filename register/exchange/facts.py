"""What a row says of an entry, value by value, under the names by which the register keeps them.

The names: `title`, `in_force_on`, `ends_on`, `review_on`, `review_words`, `text.<field>` for a text
of the tier, `extra.<heading>` for what has no home. Texts are markup ready to be stored; `plain`
gives the one spelling in which what a file said and what the register holds are compared.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.html import escape

from register.core.dates import add_months, words
from register.core.text import TextRefused, clean, strip
from register.documents.lifecycle import State
from register.exchange import texts
from register.exchange.bodies import Named
from register.exchange.cells import DateRead
from register.exchange.rows import Problem, RowRead
from register.exchange.vocabulary import FIELDS
from register.exchange.wide import Marked

REASON_HEADING = "Why it was not taken"
TITLE_LIMIT, WORDS_LIMIT, PLAIN_LIMIT = 300, 200, 120
_TEXTS = {
    1: {"purpose": "purpose", "areas": "area_of_benefit"},
    2: {
        "purpose": "shared_objective",
        "data": "information_requirements",
        "legal_power": "legislation",
        "areas": "scope",
    },
    3: {
        "purpose": "purpose",
        "benefits": "benefit",
        "data": "information",
        "legal_power": "legal_power",
        "method": "method",
        "retention": "retention",
        "contact": "contacts",
        "areas": "areas",
    },
}
_DATES = {"start": "in_force_on", "end": "ends_on"}
_KINDS = {
    1: ((r"declaration", "declaration"), (r"accord", "accord"), (r"charter", "charter")),
    2: (
        (r"overarching|umbrella|framework", "overarching_protocol"),
        (r"code of practice", "code_of_practice"),
        (r"protocol|\bisp\b", "community_protocol"),
    ),
    3: (
        (r"memorandum|\bmou\b", "memorandum"),
        (r"disclosure", "disclosure"),
        (r"joint controller", "joint_controllers"),
        (r"sharing|\bisa\b|\bdsa\b", "sharing"),
    ),
}
_STATES = {
    "draft": State.DRAFT,
    "consultation": State.DRAFT,
    "signing": State.DRAFT,
    "in_force": State.IN_FORCE,
    "under_review": State.UNDER_REVIEW,
    "superseded": State.SUPERSEDED,
    "ended": State.ENDED,
}


@dataclass
class Facts:
    """The values of one row by name, what kind and state it gives, and what stood in its way."""

    values: dict[str, Any] = field(default_factory=dict)
    kind: str = ""
    state: str = State.IN_FORCE
    ended_on: date | None = None
    signed: tuple[str, date | None] | None = None
    # In the wide form, body by body.
    places: list[tuple[Named, Marked]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def facts_of(row: RowRead, day: date) -> Facts:
    """Read a row's values; `day` is today, by which an end that has passed is told."""
    found = Facts()
    title = row.title
    found.values["title"] = title[:TITLE_LIMIT]
    if len(title) > TITLE_LIMIT:
        _extra(found, "Title, whole", title)
    _take_texts(row, found)
    _take_dates(row, found)
    _take_state(row, found, day)
    for heading, text in row.extras.items():
        if heading != REASON_HEADING:
            _extra(found, heading, text)
    found.kind = _kind(row)
    found.places = list(row.signs)
    return found


def plain(value: object) -> str:
    """A value in one spelling, whatever its markup and spacing; long ones as their digest."""
    if isinstance(value, date):
        return value.isoformat()
    text = texts.squeezed(strip(str(value))) if "<" in str(value or "") else str(value or "")
    text = texts.squeezed(text).strip()
    if len(text) <= PLAIN_LIMIT:
        return text
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def shown(value: object, limit: int = 160) -> str:
    """A value as a report shows it: short, without markup; "nothing" where there is none."""
    if isinstance(value, date):
        return words(value)
    text = " ".join(strip(str(value)).split()) if value else ""
    return (text if len(text) <= limit else f"{text[: limit - 1]}…") or "nothing"


def label(name: str) -> str:
    """The name of a value in people's words."""
    if name.startswith("extra."):
        return name[6:]
    usual = {"title": "Title", "in_force_on": "Start date", "ends_on": "End date",
             "review_on": "Review date", "review_words": "Review, as written"}  # fmt: skip
    return usual.get(name) or name.removeprefix("text.").replace("_", " ").capitalize()


def _take_texts(row: RowRead, found: Facts) -> None:
    homes = _TEXTS[row.tier]
    written = dict(row.texts)
    if row.retention:
        written["retention"] = row.retention.words
    for name, text in written.items():
        if name in ("version", "signed_by"):
            continue
        if name not in homes:
            _extra(found, FIELDS.get(name, name), text)
            continue
        try:
            found.values[f"text.{homes[name]}"] = _markup(text)
        except TextRefused as refused:
            sentence = " ".join(refused.messages)
            found.problems.append(Problem(FIELDS[name], sentence, stops=True))


def _markup(text: str) -> str:
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    html = "".join(f"<p>{escape(part)}</p>".replace("\n", "<br>") for part in paragraphs)
    return clean(html)


def _take_dates(row: RowRead, found: Facts) -> None:
    for name, read in row.dates.items():
        home = _DATES.get(name)
        if home and read.value:
            found.values[home] = read.value
        if name == "review":
            _take_review(row, found)
        elif read.words and (not home or not read.value or not _is_sure(read)):
            text = words(read.value) if read.value and _is_sure(read) else read.words
            if name != "signed_on":
                _extra(found, FIELDS[name], text)
    signed = row.dates.get("signed_on")
    by = " ".join(row.texts.get("signed_by", "").split())
    if by or (signed and signed.words):
        said = by or "signed"
        if signed and not signed.value:
            said = f"{said}, {signed.words}"
        found.signed = (said, signed.value if signed else None)


def _take_review(row: RowRead, found: Facts) -> None:
    read = row.dates["review"]
    day = read.value
    base = next((row.dates[n].value for n in ("start", "dated") if n in row.dates), None)
    if day is None and read.every and base:
        day = add_months(base, read.every)
    if day:
        found.values["review_on"] = day
    if read.words and not (read.value and _is_sure(read)):
        found.values["review_words"] = " ".join(read.words.split())[:WORDS_LIMIT]
        if len(read.words) > WORDS_LIMIT:
            _extra(found, FIELDS["review"], read.words)


def _is_sure(read: DateRead) -> bool:
    """Whether a cell said one day and no doubt is left; what else it said is kept in its own words."""
    return read.precision == "day" and not read.doubt


def _take_state(row: RowRead, found: Facts, day: date) -> None:
    ends = found.values.get("ends_on")
    if row.state:
        found.state = _STATES[row.state]
    elif isinstance(ends, date) and ends < day:
        found.state = State.ENDED
    if found.state == State.ENDED and isinstance(ends, date) and ends <= day:
        found.ended_on = ends


def _kind(row: RowRead) -> str:
    for text in (row.texts.get("kind", ""), row.title if not row.title_made else ""):
        for pattern, kind in _KINDS[row.tier]:
            if re.search(pattern, text[:300], re.IGNORECASE):
                return kind
    return ""


def _extra(found: Facts, heading: str, text: str) -> None:
    heading = " ".join(heading.split())[:100]
    found.values[f"extra.{heading}"] = text
