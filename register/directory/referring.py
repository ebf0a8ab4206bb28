"""What refers to a body, counted for the preview of a merger: only what its reader may know of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, Model, Q, QuerySet

from register.directory.models import Organisation, Partnership
from register.directory.permissions import visible_partnerships
from register.directory.reach import reach_of
from register.ledger.private import READERS

FARTHEST = 4  # steps from a row to the entry or partnership that it belongs to


@dataclass(frozen=True)
class Refers:
    """How many rows of one kind refer to a body, in words: “3 parties”."""

    what: str
    count: int

    def __str__(self) -> str:
        return f"{self.count} {self.what}"


def refers_to(bodies: Iterable[Organisation], by) -> dict[int, list[Refers]]:
    """By the key of each body, what refers to it by kind of record: rows of entries and partnerships
    that somebody may know of. One statement for each kind of record, however many bodies.
    """
    counts: dict[int, dict[type[Model], int]] = {body.pk: {} for body in bodies}
    for model, name in _relations():
        rows = _known(model, by).filter(**{f"{name}__in": list(counts)}).order_by()
        for pk, count in rows.values_list(name).annotate(count=Count("pk")):
            counts[pk][model] = counts[pk].get(model, 0) + count
    return {pk: _in_words(found) for pk, found in counts.items()}


def _in_words(counts: dict[type[Model], int]) -> list[Refers]:
    found = [
        Refers(str(meta.verbose_name if count == 1 else meta.verbose_name_plural), count)
        for meta, count in ((model._meta, count) for model, count in counts.items())
    ]
    return sorted(found, key=lambda row: row.what)


def _relations() -> list[tuple[type[Model], str]]:
    return [
        (relation.related_model, relation.field.name)
        for relation in Organisation._meta.related_objects
        if relation.one_to_many and not relation.related_model.__name__.startswith("Historical")
    ]


def _known(model: type[Model], by) -> QuerySet:
    """The rows of a model that somebody may know of."""
    rows = model._base_manager.all()
    if reach_of(by).sees_everything:
        return rows
    way, label = _way(model)
    if label in READERS:
        readable = READERS[label](by)
        if readable is None:
            return rows
        return rows.filter(**{f"{way}__in": readable.order_by().values("pk")})
    if label:
        return rows.filter(Q(**{f"{way}__in": visible_partnerships(by).values("pk")}))
    return rows


@cache
def _way(model: type[Model]) -> tuple[str, str]:
    """The way from a row to what says who may read it, and the label of that; nothing for none."""
    place = Partnership._meta.label_lower
    ways: list[tuple[str, type[Model]]] = [("pk", model)]
    to_place = ("", "")
    for _ in range(FARTHEST):
        for way, at in ways:
            if at._meta.label_lower in READERS:
                return way, at._meta.label_lower
            if at is Partnership and not to_place[0]:
                to_place = (way, place)
        ways = [step for way, at in ways for step in _steps(way, at)]
    return to_place


def _steps(way: str, model: type[Model]) -> list[tuple[str, type[Model]]]:
    before = "" if way == "pk" else f"{way}__"
    fields = [f for f in model._meta.concrete_fields if f.is_relation and not f.null]
    found = [(f"{before}{field.name}", field.related_model) for field in fields]
    return [(step, to) for step, to in found if to is not None and to is not Organisation]
