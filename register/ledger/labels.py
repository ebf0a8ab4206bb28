"""What records were called at a time, fetched together so that a page stays quick."""

from bisect import bisect_right
from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import models

from register.ledger.tracked import Tracked, history_of


class Labels:
    """Collects which records are to be named, fetches them at once, then names them."""

    def __init__(self) -> None:
        self._rows: dict[type[Tracked], dict[int, Any]] = defaultdict(dict)
        self._wanted: dict[type[models.Model], set] = defaultdict(set)
        self._dated: dict[type[Tracked], dict[Any, list[tuple[datetime, int]]]] = {}
        self._live: dict[type[models.Model], dict] = {}

    def want_row(self, model: type[Tracked], row: dict) -> None:
        """A history row (a dict of its columns) will be named."""
        names = [field.attname for field in model._meta.concrete_fields]
        self._rows[model][row["history_id"]] = model(**{name: row[name] for name in names})

    def want(self, model: type[models.Model], pk, at: datetime) -> None:
        """A record will be named as it was called at a time."""
        if pk is not None:
            self._wanted[model].add((pk, at))

    def fetch(self) -> None:
        """Fetch everything wanted: a few queries for each model."""
        for model, wanted in self._wanted.items():
            if issubclass(model, Tracked):
                self._fetch_as_at(model, wanted)
            else:
                self._live[model] = model._base_manager.in_bulk({pk for pk, _ in wanted})
        for model, rows in self._rows.items():
            if model.ledger_labels:
                models.prefetch_related_objects(list(rows.values()), *model.ledger_labels)

    def of_row(self, model: type[Tracked], row: dict) -> str:
        """The name of the record as its history row has it."""
        return str(self._rows[model][row["history_id"]])

    def of(self, model: type[models.Model], pk, at: datetime) -> str | None:
        """The name of a record at a time; None for no record."""
        if pk is None:
            return None
        if found := self._live.get(model, {}).get(pk):
            return str(found)
        if issubclass(model, Tracked) and (history_id := self._id_at(model, pk, at)):
            return str(self._rows[model][history_id])
        return f"{model._meta.verbose_name} {pk}"

    def _fetch_as_at(self, model: type[Tracked], wanted: set) -> None:
        history = history_of(model)._base_manager
        key = model._meta.pk.attname
        moments: dict[Any, list[tuple[datetime, int]]] = defaultdict(list)
        dates = history.filter(**{f"{key}__in": {pk for pk, _ in wanted}}).order_by("history_id")
        for pk, at, history_id in dates.values_list(key, "history_date", "history_id"):
            moments[pk].append((at, history_id))
        self._dated[model] = moments
        ids = {self._id_at(model, pk, at) for pk, at in wanted} - {None}
        for row in history.filter(history_id__in=ids).values():
            self.want_row(model, row)

    def _id_at(self, model: type[Tracked], pk, at: datetime) -> int | None:
        moments = self._dated.get(model, {}).get(pk, [])
        place = bisect_right([moment for moment, _ in moments], at)
        return moments[max(place - 1, 0)][1] if moments else None
