"""Full text, and what else the two databases do differently; nothing else asks which one it is.

SQLite: an FTS5 table kept by triggers. PostgreSQL: a stored tsvector with a GIN index. The index
is made by the migration `0002_full_text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import F, QuerySet, Value
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from register.search.models import Reference, Row, RowBody, RowReader, Text
from register.search.words import Words

RANKED_LIMIT = 10_000  # hits that are ranked and counted
# How much a hit counts in references, title, bodies and words.
SQLITE_WEIGHTS = "10.0, 6.0, 3.0, 1.0"
POSTGRES_WEIGHTS = "{0.1, 0.3, 0.6, 1.0}"
PASSAGE_WORDS = 28
HEADLINE_CHARACTERS = 60_000
_BEGIN, _END = "\x02", "\x03"


@dataclass(frozen=True)
class Hit:
    """A version in which the words occur; a smaller rank is a better hit."""

    rank: float
    version_id: int
    document_id: int


@dataclass(frozen=True)
class Passage:
    """Where the words stand: title and passage as safe markup with the words in <mark>."""

    title: SafeString
    text: SafeString


def hits(texts: QuerySet[Text], words: Words) -> tuple[list[Hit], bool]:
    """The best hit of each document among these texts, best first, and whether there are more.

    At most 10,000 hits are looked at. One statement.
    """
    if not words:
        return [], False
    found = _matching(texts, words)
    # `rank` is a column that only the engine knows.
    columns = found.values_list("rank", "version_id", "document_id")
    rows = list(columns[: RANKED_LIMIT + 1])
    best: dict[int, Hit] = {}
    for rank, version_id, document_id in sorted(rows[:RANKED_LIMIT], key=_by_rank):
        best.setdefault(document_id, Hit(rank, version_id, document_id))
    return list(best.values()), len(rows) > RANKED_LIMIT


def passages(version_ids: list[int], words: Words) -> dict[int, Passage]:
    """Where the words stand in each of some versions. One statement."""
    if not (version_ids and words):
        return {}
    is_postgres = connections[Text.objects.db].vendor == "postgresql"
    rows = (_postgres_passages if is_postgres else _sqlite_passages)(version_ids, words)
    return {pk: Passage(_marked(title), _marked(_first(texts))) for pk, title, *texts in rows}


def beginning_with(form: str) -> QuerySet[Reference]:
    """The references that begin with a form (capitals and digits), found by index."""
    if connections[Reference.objects.db].vendor == "postgresql":
        return Reference.objects.filter(form__startswith=form)
    return Reference.objects.filter(form__gte=form, form__lt=form + "\U0010ffff")


def readers_among(memberships: set[int]) -> QuerySet[RowReader]:
    """The readers that are one of some memberships, to be asked for one row at a time.

    SQLite would look up every membership for each row, where looking up the row's few readers is
    enough: a sum with nought keeps it from using the index of memberships.
    """
    if connections[RowReader.objects.db].vendor == "postgresql":
        return RowReader.objects.filter(membership_id__in=memberships)
    whose = RowReader.objects.annotate(whose=F("membership_id") + Value(0))
    return whose.filter(whose__in=memberships)


def take_stock() -> None:
    """Put the full-text index in order and renew what the planner knows of the tables."""
    connection = connections[Text.objects.db]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for model in (Row, RowBody, RowReader, Reference, Text):
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
        else:
            cursor.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')")


def _by_rank(row: tuple[float, int, int]) -> tuple[float, int]:
    return row[0], -row[1]


def _matching(texts: QuerySet[Text], words: Words) -> QuerySet[Any]:
    if connections[texts.db].vendor == "postgresql":
        return texts.extra(
            select={"rank": "-ts_rank(%s::float4[], vector, websearch_to_tsquery('english', %s))"},
            select_params=[POSTGRES_WEIGHTS, _websearch(words)],
            where=["vector @@ websearch_to_tsquery('english', %s)"],
            params=[_websearch(words)],
        )
    return texts.extra(
        select={"rank": f"bm25(search_index, {SQLITE_WEIGHTS})"},
        tables=["search_index"],
        where=["search_index.rowid = search_text.version_id", "search_index MATCH %s"],
        params=[_match(words)],
    )


def _match(words: Words) -> str:
    """The search in the language of FTS5: every phrase quoted, so that nothing in it is obeyed."""
    alternatives = []
    for wanted, unwanted in words.alternatives:
        every = " AND ".join(f'"{phrase}"' for phrase in wanted)
        alternatives.append(f"({every})" + "".join(f' NOT "{phrase}"' for phrase in unwanted))
    return " OR ".join(f"({alternative})" for alternative in alternatives)


def _websearch(words: Words) -> str:
    """The search in the language of websearch_to_tsquery, of letters, digits and quotes only."""
    return " or ".join(
        " ".join([*(f'"{p}"' for p in wanted), *(f'-"{p}"' for p in unwanted)])
        for wanted, unwanted in words.alternatives
    )


def _sqlite_passages(version_ids: list[int], words: Words) -> list[tuple]:
    marks = ", ".join(["%s"] * len(version_ids))
    query = (
        "SELECT rowid, highlight(search_index, 1, %s, %s), "
        + ", ".join(
            f"snippet(search_index, {column}, %s, %s, '…', {PASSAGE_WORDS})" for column in (3, 2, 0)
        )
        + " "
        f"FROM search_index WHERE search_index MATCH %s AND rowid IN ({marks})"
    )
    with connections[Text.objects.db].cursor() as cursor:
        cursor.execute(query, [*[_BEGIN, _END] * 4, _match(words), *version_ids])
        return cursor.fetchall()


def _postgres_passages(version_ids: list[int], words: Words) -> list[tuple]:
    selectors = f'StartSel="{_BEGIN}", StopSel="{_END}"'
    query = (
        "SELECT version_id, ts_headline('english', title, q, %s), "
        "ts_headline('english', concat_ws(' · ', left(words, %s), bodies, \"references\"), q, %s) "
        "FROM search_text, "
        "(SELECT websearch_to_tsquery('english', %s) || websearch_to_tsquery('english', %s)) "
        "AS asked(q) WHERE version_id = ANY(%s)"
    )
    parameters: list[Any] = [
        f"HighlightAll=true, {selectors}",
        HEADLINE_CHARACTERS,
        f'MaxWords={PASSAGE_WORDS}, MinWords=12, MaxFragments=2, FragmentDelimiter=" … ", {selectors}',
        _websearch(words),
        words.typed.replace("-", " "),
        version_ids,
    ]
    with connections[Text.objects.db].cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


def _first(texts: list[str]) -> str:
    """The first passage in which a word was found; nothing where only the title has it."""
    return next((text for text in texts if text and _BEGIN in text), "")


def _marked(text: str) -> SafeString:
    """The text escaped, with the words that were found in <mark>."""
    safe = escape(text or "").replace(_BEGIN, "<mark>").replace(_END, "</mark>")
    return mark_safe(safe)
