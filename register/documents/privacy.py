"""Keeps the acts on entries that somebody may not know of out of every general history that they read."""

from __future__ import annotations

from functools import partial

from django.db.models import Model, Q, QuerySet

from register.directory.reach import reach_of
from register.documents.models import Attachment, Document, Note, Version
from register.ledger.private import READERS
from register.tasks.models import Task


def plug_in() -> None:
    """Say whose acts on documents, and on what hangs on them, are whose to read."""
    keep(Document, "pk")
    for model in (Version, Note, Attachment, Task):
        keep(model, "document_id")


def keep(model: type[Model], path: str) -> None:
    """Keep the acts on rows of a model for those who may know of their document, at the end of a path.

    Rows that are about no document stay open.
    """
    READERS[model._meta.label_lower] = partial(_readable, model, path)


def _readable(model: type[Model], path: str, by) -> QuerySet | None:
    """The rows that somebody may read; None for all of them."""
    if reach_of(by).reads_every_partnership:
        return None
    known = Document.objects.visible_to(by).order_by().values("pk")
    about = Q(**{f"{path}__in": known}) | Q(**{f"{path}__isnull": True})
    return model._default_manager.filter(about)
