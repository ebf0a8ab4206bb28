"""Which column of a register is what, told from its headings or by the person who sends it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from register.exchange import kinds
from register.exchange.extents import letters
from register.exchange.flow_vocabulary import FLOW_HEADINGS
from register.exchange.vocabulary import BODIES, EXTRA, FAMILIES, FIELDS, HEADINGS, LEFT_OUT, MANY

_LIKE_TITLE = re.compile(r"\b(?:title|name|agreement|protocol|project|subject|type)\b")


class NotRecognised(Exception):
    """The columns do not make a register; the message names them and an example of `--map`."""


@dataclass(frozen=True)
class Columns:
    """What each column of a table is taken for. Positions count from 0."""

    headings: tuple[str, ...]
    fields: Mapping[int, str]
    family: str = ""
    notes: tuple[str, ...] = ()

    @property
    def extras(self) -> tuple[int, ...]:
        """The columns without a home, which are kept with the entry under their heading."""
        return tuple(at for at, name in enumerate(self.headings) if name and at not in self.fields)

    def of(self, field: str) -> list[int]:
        """The positions of a field's columns."""
        return [at for at, known in self.fields.items() if known == field]

    def has(self, *fields: str) -> bool:
        """Whether any column holds one of these fields."""
        return any(field in fields for field in self.fields.values())


def heading_key(heading: object) -> str:
    """A heading by which it is looked up: small letters and single spaces, nothing else."""
    text = str(heading).casefold().replace("&", " and ")
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def field_of(heading: object) -> str:
    """The field that a heading names, whole, without its brackets, or by its first line; or ""."""
    for part in heading_parts(str(heading).strip()):
        if found := HEADINGS.get(heading_key(part)):
            return found
    return ""


def heading_parts(text: str) -> tuple[str, str, str]:
    """What a heading is looked up by: whole, without its brackets, its first line."""
    return (text, re.sub(r"\([^()]*\)", " ", text), text.splitlines()[0] if text else "")


def flow_field_of(heading: object) -> str:
    """The field of a sheet of flows that a heading names, as `field_of`, or by what is before a colon."""
    text = str(heading).strip()
    for part in (*heading_parts(text), text.partition(":")[0]):
        if found := FLOW_HEADINGS.get(heading_key(part)):
            return found
    return ""


def read_overrides(overrides: Iterable[str]) -> dict[str, str]:
    """Read `--map "Column=field"` arguments into column heading to field ("extra" for none).

    Raises NotRecognised with a sentence for one that cannot be read.
    """
    found = {}
    for override in overrides:
        column, equals, field = override.rpartition("=")
        code = heading_key(field).replace(" ", "_")
        code = _labelled().get(code, code)
        if not equals or not column.strip() or code not in {*kinds.labels(), EXTRA, LEFT_OUT}:
            others = ", ".join(name for name in kinds.labels() if name not in FIELDS)
            raise NotRecognised(
                f"“{override}” does not say which column holds what. Write --map"
                f' "Column=field", with one of these fields: {", ".join([*FIELDS, EXTRA, LEFT_OUT])};'
                f" of other kinds of files also {others}."
            )
        found[column.strip()] = code
    return found


def propose(headings: Sequence[object], overrides: Mapping[str, str] | None = None) -> Columns:
    """Say which column holds what; overrides (heading or column letter to field) go first.

    Raises NotRecognised when there is no title with one more known column, nor a reference with a
    body, and when an override names a column that is not there.
    """
    columns = guess(headings, overrides)
    if not _enough(columns):
        raise NotRecognised(not_recognised(columns))
    return columns


def guess(headings: Sequence[object], overrides: Mapping[str, str] | None = None) -> Columns:
    """What `propose` says, whether or not it is enough for a register."""
    names = distinct([" ".join(str(heading).split()) for heading in headings])
    chosen = chosen_columns(names, overrides or {})
    fields: dict[int, str] = {at: field for at, field in chosen.items() if field != EXTRA}
    notes = []
    for at, heading in enumerate(headings):
        field = field_of(heading) if at not in chosen else ""
        if not field:
            continue
        taken = [names[other] for other, known in fields.items() if known == field]
        if taken and (field not in MANY or any(chosen.get(names.index(n)) for n in taken)):
            notes.append(f"“{names[at]}” is kept beside the entry: “{taken[0]}” is the {field}.")
        else:
            fields[at] = field
    return Columns(tuple(names), dict(sorted(fields.items())), family_of(headings), tuple(notes))


def not_recognised(columns: Columns) -> str:
    """The sentence for columns that make no register: what was seen and what would be taken."""
    names = [name for name in columns.headings if name]
    seen = ", ".join(f"“{short(name)}”" for name in names[:30])
    more = f" and {len(names) - 30} more" if len(names) > 30 else ""
    return (
        "The columns do not show a title and one more thing that a register of agreements holds."
        f" Columns seen: {seen}{more}. Say what they are, for example: {example(columns)}."
    )


def example(columns: Columns) -> str:
    """A `--map` that would make the table a register."""
    names = [short(name) for name in columns.headings]
    titles = [names[at] for at in columns.of("title")]
    titles += [name for name in names if _LIKE_TITLE.search(heading_key(name))]
    titles += [name for at, name in enumerate(names) if name and at not in columns.fields]
    title = (titles or ["Column A"])[0]
    others = [(names[at], field) for at, field in columns.fields.items() if field != "title"]
    others += [(name, "parties") for name in names if name]
    other, field = next((pair for pair in others if pair[0] != title), ("Column B", "parties"))
    return f'--map "{title}=title" --map "{other}={field}"'


def distinct(names: list[str]) -> list[str]:
    """Headings, of which those that stand there again are numbered."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return found


def chosen_columns(names: list[str], overrides: Mapping[str, str]) -> dict[int, str]:
    """The columns that overrides name, by heading or letter. Raises NotRecognised for one not there."""
    keys = [heading_key(name) for name in names]
    lettered = [letters(at + 1) for at in range(len(names))]
    chosen = {}
    for column, field in overrides.items():
        key = heading_key(column)
        letter = column.upper().removeprefix("COLUMN ").strip()
        if key in keys:
            chosen[keys.index(key)] = field
        elif letter in lettered:
            chosen[lettered.index(letter)] = field
        else:
            seen = ", ".join(f"“{short(name)}”" for name in names[:30] if name)
            raise NotRecognised(f"There is no column “{column}”. Columns seen: {seen}.")
    return chosen


def family_of(headings: Sequence[object]) -> str:
    """The published register that headings belong to, or ""."""
    keys = {heading_key(re.sub(r"\([^()]*\)", " ", str(heading))) for heading in headings}
    for family, marks in FAMILIES.items():
        if any(mark <= keys for mark in marks):
            return family
    return ""


def short(name: str) -> str:
    """A heading as sentences show it."""
    return name if len(name) <= 60 else f"{name[:57]}…"


def _labelled() -> dict[str, str]:
    """The fields by the words of their labels."""
    known = [pair for kind in kinds.in_order() for pair in kind.fields.items()]
    return {heading_key(label).replace(" ", "_"): name for name, label in known}


def _enough(columns: Columns) -> bool:
    if columns.has("title"):
        return len(set(columns.fields.values()) - {LEFT_OUT}) > 1
    return columns.has("reference") and columns.has(*BODIES)
