"""What this room adds to the house: ways to narrow the register's list, acts on many entries, and its pages."""

from __future__ import annotations

from register.accounts.roles import EDIT_ALL
from register.cleanup import clear_dates, duplicates, going_live, mending
from register.cleanup.came_in import of_import
from register.cleanup.lacking import LACKS, lacking, unreleased
from register.cleanup.models import Standing
from register.cleanup.permissions import may_clean_up, may_narrow
from register.dashboard import acts, home
from register.dashboard.bulk.kinds import KINDS
from register.dashboard.narrowing import Narrowing
from register.dashboard.narrowing import plug_in as narrow_by
from register.directory.permissions import visible_partnerships
from register.directory.reach import reach_of
from register.exchange.models import Import
from register.exchange.permissions import visible_imports
from register.ui.navigation import Item, add

HELD = "held"


def plug_in() -> None:
    """Add everything."""
    narrow_by(Narrowing("lacks", _lack_words, lacking, act=lambda value: LACKS[value].fix))
    narrow_by(Narrowing("messages", _held_words, _held, act=lambda value: "release"))
    narrow_by(Narrowing("came", _import_words, _of_import))
    narrow_by(Narrowing("within", _place_words, _of_place))
    for room in (mending, clear_dates, duplicates, going_live):
        for code, words in room.WORDS.items():
            acts.plug_in(code, words)
    for kind in (*mending.MENDING, clear_dates.CLEAR, *duplicates.DUPLICATES,
                 *going_live.GOING_LIVE):  # fmt: skip
        KINDS[kind.code] = kind
    home.NOTES.append(_left)
    add(Item(81, "Clean-up", "cleanup:cleanup", lambda user: bool(may_clean_up(user)),
             "/clean-up/"))  # fmt: skip


def _lack_words(user, value: str) -> str:
    lack = LACKS.get(value)
    return lack.words if lack and may_narrow(user) else ""


def _held_words(user, value: str) -> str:
    return "Not released for messages" if value == HELD and may_narrow(user) else ""


def _held(user, rows, value: str):
    return unreleased(rows)


def _import_words(user, value: str) -> str:
    row = visible_imports(user).filter(pk=int(value)).first() if value.isdecimal() else None
    return f"From {row.name}" if row else ""


def _of_import(user, rows, value: str):
    return of_import(rows, Import.objects.get(pk=int(value)))


def _place_words(user, value: str) -> str:
    found = [place for place in visible_partnerships(user) if str(place.pk) == value]
    return found[0].name if found else ""


def _of_place(user, rows, value: str):
    return rows.filter(partnership_id=int(value))


def _left(user) -> tuple[str, dict] | None:
    """What the worker counted, for those who keep the register; nothing where nothing is left."""
    kept = reach_of(user).by_partnership.get(EDIT_ALL)
    if not kept:
        return None
    found = list(Standing.objects.filter(partnership__in=kept, left__gt=0).values_list("left"))
    return ("cleanup/_note.html", {"left": sum(n for (n,) in found)}) if found else None
