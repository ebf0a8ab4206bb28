"""Where a text stands besides the records of an entry: in typing that nobody saved, in messages, in what
rules say, and in the rest of the register, as far as it is of the partnerships of who decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q, QuerySet

from register.directory.models import Person
from register.documents.models import BrokenRule, Document, Unsaved
from register.ledger.models import Change
from register.ledger.redaction import Target
from register.ledger.tracked import Tracked, history_of, tracked_models
from register.ledger.wording import without
from register.notices.models import Notice
from register.records.access_log import people_of
from register.records.places import TEXTS, holding
from register.records.skeletons import LABEL, forget_findings

_OURS = {"register", "charters", "agreements"}
_OWN = {"records.RedactionRequest"}
_MOST = 2_000  # rows of a table that are looked at


def take_out_of_what_rests_on_it(target: Target) -> Iterator[str]:
    """Drop unsaved typing that holds a text, replace it in messages, and have the rules asked again by
    which it is quoted, once the redaction stands: in the partnership whose entry it is of.
    """
    places = _partnerships_of(target)
    messages = sum(_messages(text, places).count() for text in target.texts)
    if messages:
        yield f"messages in the outbox: {messages}"
    transaction.on_commit(partial(_take_out, target.texts, places), using=target.using)


def typed_or_sent(document: Document, text: str) -> list[str]:
    """What goes besides from typing and messages of the entry's partnership, in sentences."""
    places, said = {document.partnership_id}, []
    if _typing(text, places).exists():
        said.append("Typing that somebody has not saved yet, which is dropped.")
    if count := _messages(text, places).count():
        said.append(f"{count} {'message' if count == 1 else 'messages'} in the outbox.")
    return said


def still_found(texts: list[str], partnerships: set[int]) -> list[str]:
    """In which tables a text still stands, and how often, in what is of partnerships: asked once it was
    taken out.
    """
    entries = Document.objects.filter(partnership__in=partnerships)
    said: dict[str, int] = {}
    for model in tracked_models():
        tables: tuple[type[models.Model], ...] = (model, history_of(model))
        for table in tables:
            if (rows := _holding(table, texts)) is not None:
                _add(said, table, _count_tracked(model, rows, entries))
    for each in apps.get_models(include_auto_created=True):
        if each.__module__.split(".")[0] not in _OURS or each._meta.label in _OWN:
            continue
        if issubclass(each, Tracked) or hasattr(each, "history_id"):
            continue
        if (rows := _holding(each, texts)) is not None and (mine := _of(each, partnerships)):
            _add(said, each, rows.filter(mine).count())
    return [f"{name}: {count}" for name, count in said.items()]


def _take_out(texts: tuple[str, ...], places: set[int] | None) -> None:
    for text in texts:
        _typing(text, places).delete()
        quoted = BrokenRule.objects.filter(holding("says", text))
        forget_findings(list(quoted.values_list("document_id", flat=True)))
        for row in _messages(text, places):
            Notice.objects.filter(pk=row.pk).update(
                subject=(without(row.subject, texts) or "")[:300],
                text=without(row.text, texts),
                html=without(row.html, texts),
            )


def _partnerships_of(target: Target) -> set[int] | None:
    """The partnerships of the entries that a record is of; None for what is of no entry."""
    label = target.model._meta.label_lower
    rows = Change.objects.using(target.using).filter(row_model=label, row_pk=target.pk)
    keys = set(rows.filter(about_model=LABEL).values_list("about_pk", flat=True))
    if label == LABEL:
        keys.add(target.pk)
    found = Document.objects.using(target.using).filter(pk__in=keys) if keys else None
    return None if found is None else set(found.values_list("partnership_id", flat=True))


def _typing(text: str, places: set[int] | None) -> QuerySet[Unsaved]:
    rows = Unsaved.objects.filter(holding("typed", text))
    if places is None:
        return rows
    return rows.filter(user__in=Person.objects.filter(pk__in=people_of(places)).values("user"))


def _messages(text: str, places: set[int] | None) -> QuerySet[Notice]:
    rows = Notice.objects.filter(holding("text", text) | holding("subject", text))
    if places is None:
        return rows
    entries = Document.objects.filter(partnership__in=places)
    return rows.filter(about__in=entries.values("reference"))


def _holding(model: type[models.Model], texts: Iterable[str]) -> QuerySet | None:
    names = [field.name for field in model._meta.concrete_fields if type(field) in TEXTS]
    holds = Q()
    for name in names:
        for text in texts:
            holds |= holding(name, text)
    return model._base_manager.filter(holds).order_by() if names else None


def _count_tracked(model: type[Tracked], rows: QuerySet, entries: QuerySet[Document]) -> int:
    """How many rows, live or past, are of some entries: the ledger knows of which each is."""
    label, key = model._meta.label_lower, model._meta.pk.attname
    keys = [str(pk) for pk in rows.values_list(key, flat=True)[:_MOST]]
    if not keys:
        return 0
    if label == LABEL:
        return entries.filter(pk__in=keys).count()
    mine = {str(pk) for pk in entries.values_list("pk", flat=True)}
    changes = Change.objects.filter(row_model=label, row_pk__in=keys, about_model=LABEL)
    about = changes.order_by().values_list("row_pk", "about_pk").distinct()
    ours = {row for row, document in about if document in mine}
    return sum(pk in ours for pk in keys)


def _of(model: type[models.Model], partnerships: set[int]) -> Q:
    """The condition under which a row is of partnerships; empty where nothing tells."""
    if model is Notice:
        entries = Document.objects.filter(partnership__in=partnerships)
        return Q(about__in=entries.values("reference"))
    if model is Unsaved:
        return Q(user__in=Person.objects.filter(pk__in=people_of(partnerships)).values("user"))
    for path in ("partnership_id", "document_id", "of_import_id", "version_id"):
        if path in {field.attname for field in model._meta.concrete_fields}:
            entries = Document.objects.filter(partnership__in=partnerships)
            return {
                "partnership_id": Q(partnership_id__in=partnerships),
                "document_id": Q(document_id__in=entries.values("pk")),
                "of_import_id": Q(of_import__partnership_id__in=partnerships),
                "version_id": Q(version__document__partnership_id__in=partnerships),
            }[path]
    return Q()


def _add(said: dict[str, int], model: type[models.Model], count: int) -> None:
    if count:
        name = str(model._meta.verbose_name_plural).capitalize()
        said[name] = said.get(name, 0) + count
