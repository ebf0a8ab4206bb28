"""What the page of a body says of its assurance, as far as its reader may know it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.urls import reverse

from register.core.dates import today
from register.directory.assurance import assurance_of, is_unit, keeps_facts, known_of
from register.directory.assurance_kinds import KINDS, Asked
from register.directory.assurance_levels import SOON_DAYS, Level, said_on
from register.directory.assurance_permissions import may_read_facts
from register.directory.assurance_questions import Answer, Known, answers_of
from register.directory.models import AssuranceFact, Organisation
from register.directory.models.assurance import FactKind
from register.directory.models.organisations import LegalStatus
from register.directory.permissions import may_maintain

# What is asked of bodies that is no fact of its own: where it is kept instead.
ELSEWHERE = {
    "dpo": ("add_post", "Add the post"),
    "siro": ("add_post", "Add the post"),
    "caldicott": ("add_post", "Add the post"),
    "privacy": ("change_organisation", "Change the body"),
    "ods": ("add_identifier", "Add the identifier"),
}


@dataclass(frozen=True)
class FactLine:
    """One fact in words, with its dates."""

    asked: Asked
    said: str
    dated_on: date | None
    expires_on: date | None
    fact: AssuranceFact | None = None

    @property
    def has_passed(self) -> bool:
        """Whether the last day of the fact lies before today."""
        return self.expires_on is not None and self.expires_on < today()

    @property
    def ends_soon(self) -> bool:
        """Whether the last day of the fact is near."""
        if self.expires_on is None or self.has_passed:
            return False
        return self.expires_on <= today() + timedelta(days=SOON_DAYS)


@dataclass
class Section:
    """The assurance of a body: the level for everybody, the facts for the body and the offices."""

    level: Level
    keeps_facts: bool
    may_read: bool = False
    may_record: bool = False
    confirmed_on: date | None = None
    lines: list[FactLine] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    ending: list[str] = field(default_factory=list)
    others: list[Asked] = field(default_factory=list)
    members: list[tuple[Organisation, Level]] = field(default_factory=list)
    body: Organisation | None = None  # whose assurance a unit takes

    @property
    def missing(self) -> list[Answer]:
        """What is asked of the body and not there."""
        return [answer for answer in self.answers if answer.lack]

    @property
    def done(self) -> int:
        """How many of the questions have a good answer."""
        return len(self.answers) - len(self.missing)


def section_of(user, body: Organisation) -> Section:
    """The assurance of a body for the page, in the same few statements for every body."""
    day = today()
    level = assurance_of([body.pk], day)[body.pk]
    section = Section(level=level, keeps_facts=keeps_facts(body))
    if is_unit(body):
        section.body = body.unit_of
    if body.legal_status == LegalStatus.ARRANGEMENT:
        section.members = _members(body, day)
    if section.keeps_facts:
        section.may_read = bool(may_read_facts(user, body))
        section.may_record = bool(may_maintain(user, body))
        if section.may_read:
            _fill(section, body, known_of({body.pk: body}, [body.pk], day)[body.pk], day)
    return section


def earlier_facts(body: Organisation, kind: str) -> list[FactLine]:
    """The facts of a kind that were replaced or ended, newest first; the last twenty."""
    rows = body.assurance_facts.filter(kind=kind, ended_on__isnull=False)
    return [_line(KINDS[kind], fact, None) for fact in rows.order_by("-ended_on", "-pk")[:20]]


def _fill(section: Section, body: Organisation, known: Known, day: date) -> None:
    section.confirmed_on = known.confirmed_on
    section.answers = [_placed(answer, body) for answer in answers_of(known, day)]
    section.ending = [_sentence(said_on(end, day)) for end in section.level.ending]
    held = [asked for kind, asked in KINDS.items() if kind in known.facts]
    if known.ico_number and KINDS[FactKind.ICO] not in held:
        held.insert(0, KINDS[FactKind.ICO])
    section.lines = [_line(asked, known.facts.get(asked.kind.value), known) for asked in held]
    section.others = [asked for asked in KINDS.values() if asked not in held]


def _placed(answer: Answer, body: Organisation) -> Answer:
    """An answer with where what it lacks is recorded."""
    code = answer.question.code
    if code in KINDS:
        url, act = reverse("directory:record_fact", args=[body.pk, code]), "Record the fact"
    else:
        page, act = ELSEWHERE[code]
        url = reverse(f"directory:{page}", args=[body.pk])
    return replace(answer, url=url, act=act)


def _line(asked: Asked, fact: AssuranceFact | None, known: Known | None) -> FactLine:
    parts = [asked.words_of(fact.value)] if fact and fact.value else []
    ends = fact.expires_on if fact else None
    if asked.kind == FactKind.ICO and known is not None and known.ico_number:
        parts = parts if fact and fact.value not in {"exempt", "not_registered"} else ["Registered"]
        parts.append(known.ico_number)
        ends = known.ico_expires_on
    if fact:
        percent = "" if fact.percent is None else f"{fact.percent}% of staff"
        parts += [part for part in (percent, fact.reference, fact.words) if part]
    return FactLine(asked, ", ".join(parts), fact.dated_on if fact else None, ends, fact)


def _members(body: Organisation, day: date) -> list[tuple[Organisation, Level]]:
    rows = body.arrangement_members.current(day).select_related("member")
    members = [row.member for row in rows.order_by("member__legal_name")]
    levels = assurance_of([member.pk for member in members], day)
    return [(member, levels[member.pk]) for member in members]


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
