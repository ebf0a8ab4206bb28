"""One row against the entry that it came in as before: what changes, and what is left as it is."""

from __future__ import annotations

import re

from register.core.dates import words
from register.core.text import strip
from register.directory.models import Organisation
from register.exchange import texts
from register.exchange.bodies import Named
from register.exchange.facts import label, plain, shown
from register.exchange.matching import Directory
from register.exchange.outcomes import CHANGED, UNCHANGED, Change, VersionPlan
from register.exchange.rows import Problem
from register.exchange.stored import Held
from register.exchange.wide import Marked

# Kept on the entry, so that only its newest version speaks of them.
_CODES = re.compile(r"(?:[a-z][a-z0-9]*(?:-[a-z0-9]+)+:[A-Z0-9-]{1,12}[\s;,]*)+")
CUT_FROM = 200  # characters; shorter texts may well have been shortened on purpose
_OF_THE_ENTRY = ("review_on", "review_words", "extra.")


def compare(
    version: VersionPlan, codes: dict[str, str], directory: Directory, *, is_newest: bool
) -> None:
    """Put into a version's plan which values change; what was changed here since is a conflict."""
    held, plan = version.held, version.plan
    assert held is not None
    before = held.row.said
    for name, value in version.facts.values.items():
        if not is_newest and name.startswith(_OF_THE_ENTRY):
            continue
        if name == "title" and plan.row.title_made:
            version.said[name] = before.get(name, plain(value))
            continue
        _compare_value(version, held, name, value, before.get(name))
    # What the file no longer says was said once, and is not forgotten.
    version.said = {**before, **version.said}
    _compare_bodies(version, held, codes, directory)
    _compare_marks(version, held, directory)
    written = version.values or version.new_bodies or version.marks
    plan.outcome = CHANGED if written else UNCHANGED


def mark_said(marked: Marked) -> str:
    """What a body's own column says of its signature, in words."""
    return f"{marked.words}, {words(marked.day)}" if marked.day else marked.words


def _compare_value(version: VersionPlan, held: Held, name: str, value, last: str | None) -> None:
    new, here = plain(value), plain(held.values.get(name))
    if here == new:
        return
    if less := _says_less(value, held.values.get(name)):
        version.said[name] = last if last is not None else ""
        version.plan.problems.append(Problem(label(name), less))
        return
    change = Change(label(name), shown(held.values.get(name)), shown(value))
    is_ours = here == (last or "")
    if held.is_revised or not is_ours or last == new:
        version.plan.conflicts.append(change)
        version.said[name] = last if last is not None else ""
        return
    version.values[name] = value
    version.plan.changes.append(change)


def _says_less(value: object, here: object) -> str:
    """A sentence when the file's text is only a code, or only the beginning, of what stands here."""
    if not isinstance(value, str) or not isinstance(here, str) or not here:
        return ""
    text, held = strip(value), strip(here)
    if _CODES.fullmatch(text):
        return "The cell holds a code only; the words that stand here were kept."
    start = texts.squeezed(text).strip(" .…")
    if len(start) >= CUT_FROM and texts.squeezed(held).startswith(start):
        return "The cell holds only the beginning of the text that stands here, which was kept."
    return ""


def _compare_bodies(
    version: VersionPlan, held: Held, codes: dict[str, str], directory: Directory
) -> None:
    before = held.row.said["bodies"]
    here = {directory.bodies[pk].surviving.pk for pk in held.bodies}
    said = {_key(directory, Named(codes.get(text, text))) for _role, text in before}
    for role, named in version.bodies:
        body = directory.find(named)
        if (body and body.pk in here) or _key(directory, named) in said:
            continue
        change = Change("Bodies", "not named", named.text)
        if held.is_revised:
            version.plan.conflicts.append(change)
            continue
        version.new_bodies.append((role, named))
        version.plan.changes.append(change)
    _note_gone(version, before, directory)


def _compare_marks(version: VersionPlan, held: Held, directory: Directory) -> None:
    before = held.row.said.get("signs", {})
    for named, marked in version.facts.places:
        last, said = before.get(named.text, "nothing"), mark_said(marked)
        if last == said:
            continue
        change = Change(f"{named.text}: signature", last, said)
        # What a body signed whose place another took is no signature of its successor.
        if held.is_revised or directory.predecessor(named):
            version.plan.conflicts.append(change)
            version.said["signs"][named.text] = last
            continue
        version.marks.append((named, marked))
        version.plan.changes.append(change)
    # What a column no longer says was said once.
    if before or version.facts.places:
        version.said["signs"] = {**before, **version.said.get("signs", {})}


def _note_gone(version: VersionPlan, before: list[list[str]], directory: Directory) -> None:
    if not version.bodies:
        version.said["bodies"] = before
        return
    now = {_key(directory, named) for _role, named in version.bodies}
    now |= {named.text for _role, named in version.plan.row.bodies}
    for text in dict.fromkeys(text for _role, text in before):
        body = directory.find(Named(text))
        if body and _key(directory, Named(text)) not in now and text not in now:
            sentence = f"The file no longer names {body}. It stays a party; take it off the entry"
            version.plan.problems.append(Problem("Bodies", f"{sentence} if that is right."))


def _key(directory: Directory, named: Named) -> object:
    body: Organisation | None = directory.find(named)
    return body.pk if body else named.text
