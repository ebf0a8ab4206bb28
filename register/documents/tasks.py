"""The task list of a draft: each short page with how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from register.core.text import strip
from register.documents.case import case_of
from register.documents.models import Clause, Commencement, Part, Party, TextKind, Version
from register.documents.panels import TASKS, TaskLine
from register.documents.rulebook import Finding
from register.documents.tiers import TIERS, ItemsTask, TextTask

NOT_STARTED, IN_PROGRESS, COMPLETE, OPTIONAL = "Not started", "In progress", "Complete", "Optional"


@dataclass(frozen=True)
class MoreTask:
    """A page of a draft that a room above adds under "What it says", such as its risks.

    `page` is the name of its address, which takes the document's reference; `status` answers for a
    draft one of the four words above. Rules name the page by `code`; the section of the canonical
    body with the same code (`steps.MORE_SECTIONS`) is what the check page shows of it.
    """

    code: str
    heading: str
    page: str
    status: Callable[[Version], str]
    hint: str = ""
    tiers: tuple[int, ...] = (3,)

    def url(self, version: Version) -> str:
        """Where the page of a draft is."""
        return reverse(self.page, args=[version.document.reference])

    def line(self, version: Version) -> TaskLine:
        """How far the page is."""
        return TaskLine(self.code, self.heading, self.url(version), self.status(version), self.hint)


# In the order of the task list; a room adds its own in `AppConfig.ready`.
MORE_TASKS: list[MoreTask] = []
# By the code that rules name: the pages, by reference, of the lines that rooms add in `panels.TASKS`.
MORE_PAGES: dict[str, str] = {}


def groups_of(version: Version) -> list[tuple[str, list[TaskLine]]]:
    """The tasks of a draft in three groups: what it is, what it says, who signs and when."""
    tier = TIERS[version.document.tier]
    sections = [section_line(task, version) for task in tier.tasks]
    what = [_title(version), *([_place(version)] if tier.place else []), _parties(version)]
    signing = [
        *filter(None, (make(version) for make in TASKS)),
        _commencement(version),
        _facts(version),
    ]
    return [
        ("What it is", what),
        ("What it says", [*sections, *_more(version), _text(version, sections)]),
        ("Who signs, and when", signing),
    ]


def lines_of(version: Version) -> list[TaskLine]:
    """Every task of a draft, in order."""
    return [line for _, lines in groups_of(version) for line in lines]


def task_url(version: Version, code: str) -> str:
    """Where a task of a draft is done; the task list itself for a code that it does not know."""
    reference = version.document.reference
    if TIERS[version.document.tier].task(code):
        return reverse("documents:section", args=[reference, code])
    for task in _more_tasks(version):
        if task.code == code:
            return task.url(version)
    if code in MORE_PAGES:
        return reverse(MORE_PAGES[code], args=[reference])
    if code in {"title", "place", "parties", "clauses", "commencement", "facts"}:
        return reverse(f"documents:{code}", args=[reference])
    return reverse("documents:draft", args=[reference])


def rule_url(version: Version, finding: Finding) -> str:
    """Where a broken rule is put right."""
    return task_url(version, finding.task)


def section_line(task: TextTask | ItemsTask, version: Version) -> TaskLine:
    """How far a section of the tier is."""
    rows = list(task.model._default_manager.filter(version=version))
    status = _items_status(task, rows) if isinstance(task, ItemsTask) else _text_status(task, rows)
    return _line(version, task.code, task.heading, status, task.hint)


def _more_tasks(version: Version) -> list[MoreTask]:
    return [task for task in MORE_TASKS if version.document.tier in task.tiers]


def _more(version: Version) -> list[TaskLine]:
    return [task.line(version) for task in _more_tasks(version)]


def _text_status(task: TextTask, rows: list) -> str:
    said = {name for row in rows for name in task.fields if strip(getattr(row, name))}
    if not said:
        return NOT_STARTED if task.required else OPTIONAL
    return COMPLETE if said.issuperset(task.required) else IN_PROGRESS


def _items_status(task: ItemsTask, rows: list) -> str:
    if rows:
        return COMPLETE
    return NOT_STARTED if task.is_required else OPTIONAL


def _title(version: Version) -> TaskLine:
    status = COMPLETE if version.kind else IN_PROGRESS
    return _line(version, "title", "Title and kind", status)


def _place(version: Version) -> TaskLine:
    rules = [rule for rule in TIERS[version.document.tier].rules if rule.task == "place"]
    case = case_of(version)
    status = COMPLETE if all(rule.holds(case) for rule in rules) else NOT_STARTED
    return _line(version, "place", "Where it stands", status)


def _parties(version: Version) -> TaskLine:
    count = Party.objects.filter(version=version, part=Part.PARTY).count()
    status = (NOT_STARTED, IN_PROGRESS)[min(count, 1)] if count < 2 else COMPLETE
    return _line(version, "parties", "Parties", status, "Who is bound, who observes, who helps")


def _text(version: Version, sections: list[TaskLine]) -> TaskLine:
    if version.text_kind == TextKind.FILE:
        status = COMPLETE if version.governing_file_id else NOT_STARTED
        return _line(version, "clauses", "Governing file", status)
    if Clause.objects.filter(version=version).exists():
        status = COMPLETE
    else:
        has_words = any(line.status in {COMPLETE, IN_PROGRESS} for line in sections)
        status = OPTIONAL if has_words else NOT_STARTED
    hint = "Numbered clauses, or a governing file on somebody else's paper"
    return _line(version, "clauses", "Clauses", status, hint)


def _commencement(version: Version) -> TaskLine:
    is_set = version.commencement_on or version.commencement != Commencement.ALL_SLOTS
    status = COMPLETE if is_set else OPTIONAL
    hint = f"It comes into force {version.get_commencement_display()}"
    return _line(version, "commencement", "Coming into force and ending", status, hint)


def _facts(version: Version) -> TaskLine:
    document = version.document
    known = [document.owner_id is not None, document.review_on is not None]
    status = COMPLETE if all(known) else IN_PROGRESS if any(known) else NOT_STARTED
    return _line(version, "facts", "Owner, review date and readers", status)


def _line(version: Version, code: str, heading: str, status: str, hint: str = "") -> TaskLine:
    return TaskLine(code, heading, task_url(version, code), status, hint)
