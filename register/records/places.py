"""Every place of an entry in which an exact text stands: live rows, history, stored texts, search, messages."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from register.documents.models import Attachment, Document, VersionBody
from register.evidence.services.taking_away import standing_seals
from register.ledger.models import Entry
from register.ledger.tracked import Tracked, history_of
from register.printing.models import PrintRequest
from register.records.skeletons import rows_about
from register.search.models import Text

AROUND = 60


@dataclass(frozen=True)
class Place:
    """One field of one record that holds the text, now or in its past."""

    model: str
    key: str
    field: str
    label: str
    version: int | None
    is_live: bool
    past: int
    excerpt: str

    @property
    def value(self) -> str:
        """The place as a form sends it."""
        return f"{self.model}|{self.key}|{self.field}"

    @property
    def where(self) -> str:
        """Where it stands, in words."""
        count = "once" if self.past == 1 else f"{self.past} times"
        return f"{'now, and ' if self.is_live else ''}{count} in its history"


def places_of(document: Document, text: str) -> list[Place]:
    """The fields of an entry's records that hold a text, in the order of their records."""
    found: list[Place] = []
    for model, keys in rows_about(document, DEFAULT_DB_ALIAS).items():
        found += _in_model(model, keys, text)
    return found


def escape_signs(text: str) -> str:
    """A text as it is stored where it is formatted."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def other_places(document: Document, text: str) -> list[str]:
    """What rests on the entry's records and holds the text too, or may: sentences."""
    bodies = VersionBody.objects.filter(version__document=document).select_related("version")
    said = [
        f"The stored text of version {row.version.number}: its signed hash stays, beside the hash of "
        "what is left."
        for row in bodies
        if any(text in value for value in _strings(json.loads(bytes(row.content))))
    ]
    if Text.objects.filter(holding("words", text), document_id=document.pk).exists():
        said.append("What the search finds.")
    entries = Entry.objects.about(document).filter(
        holding("reason", text) | holding("subject_label", text) | holding("detail", text)
    )
    if count := entries.count():
        said.append(f"The words of {count} {'act' if count == 1 else 'acts'} in the ledger.")
    if prints := PrintRequest.objects.filter(items__version__document=document).distinct().count():
        said.append(f"{prints} {'print' if prints == 1 else 'prints'} of it, thrown away.")
    if seals := standing_seals(document.pk).count():
        said.append(
            f"{seals} sealed {'PDF' if seals == 1 else 'PDFs'}, taken away where they hold it."
        )
    return said


def files_to_look_at(document: Document) -> list[str]:
    """The files of an entry, which are not read: somebody has to look whether they hold the text."""
    attached = Attachment.objects.filter(document=document, removed_at__isnull=True)
    governing = document.versions.exclude(governing_file_name="")
    return [
        *attached.order_by("pk").values_list("name", flat=True),
        *governing.order_by("number").values_list("governing_file_name", flat=True),
    ]


TEXTS = (models.CharField, models.TextField, models.EmailField, models.URLField, models.SlugField)


def holding(name: str, text: str) -> Q:
    """The condition under which a column holds exactly a text, also where it is written as JSON."""
    # LIKE of SQLite takes capitals and small letters for the same.
    texts = {text, json.dumps(text)[1:-1]}
    found = Q()
    for each in sorted(texts):
        found |= Q(GreaterThan(StrIndex(F(name), Value(each)), 0))
    return found


def _in_model(model: type[Tracked], keys: list, text: str) -> list[Place]:
    fields = [field for field in model._meta.concrete_fields if type(field) in TEXTS]
    if not fields:
        return []
    holds = Q()
    for field in fields:
        holds |= holding(field.name, text)
    key = model._meta.pk.attname
    past = history_of(model)._base_manager.filter(holds, **{f"{key}__in": keys})
    rows = list(past.order_by("history_id").values())
    standing: models.QuerySet = models.QuerySet(model)
    live = {row.pk: row for row in standing.filter(holds, pk__in=keys)}
    found = []
    for pk in dict.fromkeys(row[key] for row in rows):
        mine = [row for row in rows if row[key] == pk]
        for field in fields:
            times = [row for row in mine if text in str(row[field.attname] or "")]
            if times:
                found.append(_place(model, pk, field, live.get(pk), times, text))
    return found


def _place(model, pk, field, live, times: list[dict], text: str) -> Place:
    value = str(times[-1][field.attname])
    start = value.index(text)
    excerpt = value[max(0, start - AROUND) : start + len(text) + AROUND]
    name = str(field.verbose_name)
    return Place(
        model=model._meta.label, key=str(pk), field=field.name,
        label=f"{model._meta.verbose_name}: {name}".capitalize(),
        version=_version_of(model, times[-1]),
        is_live=live is not None and text in str(getattr(live, field.attname) or ""),
        past=len(times), excerpt=excerpt,
    )  # fmt: skip


def _version_of(model, row: dict) -> int | None:
    """The key of the version that a row hangs on; None where it hangs on the entry alone."""
    if model._meta.label_lower == "documents.version":
        return row["id"]
    return row.get("version_id")


def _strings(value) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for each in value for text in _strings(each)]
    if isinstance(value, dict):
        return [text for each in value.values() for text in _strings(each)]
    return []
