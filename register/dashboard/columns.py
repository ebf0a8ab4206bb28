"""The columns that the register's list can show: their words, how they sort, and what they say of an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from register.core.dates import day_of
from register.core.sheets_out import Value
from register.dashboard.choices import STATUSES, kinds
from register.directory.models import Organisation
from register.documents.models import DocumentTag
from register.search.models import Row, RowBody

SEPARATOR = "."  # between the columns of an address


@dataclass
class More:
    """What columns say of rows besides the read table's own: fetched at once, where a column asks for it."""

    kinds: dict[str, str] = field(default_factory=kinds)
    bodies: dict[int, list[str]] = field(default_factory=dict)
    tags: dict[int, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """One column: its code in the address, its words, what a file holds, and the sort that it offers."""

    code: str
    words: str
    value: Callable[[Row, More], Value]
    sort: str = ""
    css: str = ""


def _signed(row: Row, more: More) -> str:
    return f"{row.signed} of {row.slots}" if row.slots else ""


_ALL = (
    Column("reference", "Reference", lambda row, more: row.reference, "reference", "nowrap"),
    Column("title", "Title", lambda row, more: row.title, "title"),
    Column("tier", "Tier", lambda row, more: row.tier_word, "tier"),
    Column("kind", "Kind", lambda row, more: more.kinds.get(row.kind, row.kind)),
    Column("status", "Status", lambda row, more: STATUSES.get(row.tag, row.tag), "status"),
    Column("version", "Version", lambda row, more: row.version_number, css="number"),
    Column("community", "Information community", lambda row, more: row.community_name),
    Column("under", "Under", lambda row, more: row.parent_reference, css="nowrap"),
    Column("lead", "Lead body", lambda row, more: row.lead_name),
    Column("parties", "Parties", lambda row, more: row.parties, css="number"),
    Column("bodies", "Bodies", lambda row, more: "; ".join(more.bodies.get(row.pk, []))),
    Column("signed", "Signed", _signed),
    Column("from", "In force from", lambda row, more: row.in_force_on, css="nowrap"),
    Column("ends", "Ends on", lambda row, more: row.ends_on, css="nowrap"),
    Column("review", "Next review", lambda row, more: row.review, "review", "nowrap"),
    Column("owner", "Owner", lambda row, more: row.owner_name, "owner", "nowrap"),
    Column("tags", "Tags", lambda row, more: "; ".join(more.tags.get(row.pk, []))),
    Column("outside", "Outside the framework", lambda row, more: "yes" if row.is_outside else "no"),
    Column("changed", "Last change", lambda row, more: day_of(row.changed_at), "changed", "nowrap"),
)
COLUMNS = {column.code: column for column in _ALL}
USUAL = ("reference", "title", "tier", "status", "parties", "signed", "review", "owner")


def read_columns(asked: str) -> list[str]:
    """The codes of the columns that an address asks for, each once; the usual ones where it asks for none."""
    codes = [code for code in dict.fromkeys(asked.split(SEPARATOR)) if code in COLUMNS]
    return codes or list(USUAL)


def written(codes: Iterable[str]) -> str:
    """Columns as an address says them; nothing for the usual ones."""
    codes = list(codes)
    return "" if codes == list(USUAL) else SEPARATOR.join(codes)


def more_of(rows: list[Row], codes: Iterable[str]) -> More:
    """What the columns need of rows besides the read table: two statements for bodies, one for tags."""
    more, wanted = More(), set(codes)
    if "bodies" in wanted:
        more.bodies = bodies_of(rows, formerly=True)
    if "tags" in wanted:
        found = DocumentTag.objects.filter(document_id__in=[row.pk for row in rows])
        more.tags = _grouped(found.order_by("word").values_list("document_id", "word"))
    return more


def bodies_of(rows: list[Row], *, formerly: bool = False) -> dict[int, list[str]]:
    """The names of the bodies in each row, by name. Two statements.

    With `formerly` also those whose place they took; files leave that out, so that they can be read in.
    """
    found = RowBody.objects.filter(row_id__in=[row.pk for row in rows])
    pairs = list(found.values_list("row_id", "organisation_id"))
    keys = {body for _, body in pairs}
    succeeded = Q(merged_into__in=keys, succeeded_on__isnull=False)
    named = Organisation.objects.filter(Q(pk__in=keys) | succeeded).order_by("legal_name")
    names: dict[int, str] = {}
    before: dict[int, list[str]] = {}
    for pk, name, into, on in named.values_list("pk", "legal_name", "merged_into", "succeeded_on"):
        names[pk] = name
        if on is not None and into is not None:
            before.setdefault(into, []).append(name)
    for pk, gone in before.items() if formerly else ():
        names[pk] = f"{names.get(pk, '')} (formerly {', '.join(gone)})"
    by_row = _grouped((row, names.get(body, "")) for row, body in pairs)
    return {row: sorted(bodies) for row, bodies in by_row.items()}


def _grouped(pairs: Iterable[tuple[int, str]] | QuerySet) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, word in pairs:
        found.setdefault(key, []).append(word)
    return found
