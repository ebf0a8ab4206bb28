"""What remains of an entry that is disposed of: its reference, its dates and its hashes."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

import rfc8785
from django.core.files.storage import default_storage
from django.db import models

from register.core.dates import now, today
from register.directory.models import Contact, Person
from register.documents import index, steps
from register.documents.models import (
    Attachment,
    BrokenRule,
    Document,
    StoredFile,
    Transition,
    VersionBody,
)
from register.documents.services.checking import mark_stale
from register.evidence.services.taking_away import standing_seals, take_away
from register.ledger.acts import act
from register.ledger.disposing import MARK, Beside, Rows, dispose_of
from register.ledger.models import Change, Entry
from register.ledger.redacted import VERB
from register.ledger.redaction import owner_alias
from register.ledger.tracked import Tracked, tracked_models
from register.printing.services import forget_prints_of

LABEL = Document._meta.label_lower
BECAUSE = "The entry was disposed of."
FILE = "the stored file "
# What a stored body keeps: which text it was, of whom, and from when it held.
_KEPT = {"format", "partnership", "tier", "tier_word", "kind", "reference", "version",
         "commencement"}  # fmt: skip


def is_disposed(document: Document) -> bool:
    """Whether an entry was disposed of."""
    acts = Entry.objects.filter(subject_model=LABEL, subject_pk=str(document.pk))
    return acts.filter(verb="document.disposed").exists()


def dispose_of_document(*, by, second, document: Document, reason: str) -> None:
    """Reduce an entry to its skeleton, in one act: live rows, history, ledger, bodies, files.

    Whoever calls it has locked the entry and asked whether it may go. Raises NeedsOwner where the
    connection may not change guarded tables.
    """
    using = owner_alias()
    rows = rows_about(document, using)
    files = files_of(rows, using)
    with act(by=by, verb="document.disposed", subject=document, reason=reason, using=using):
        _off_the_lists(document, using)
        dispose_of(
            by=by, second=second, subject=document, rows=rows, reason=reason,
            beside=Beside(partial(_beside, document, files), (VersionBody, Transition)),
        )  # fmt: skip


def clear_away(document: Document) -> None:
    """Take away what rests on an entry that was disposed of: search text, prints, sealed PDFs, files,
    and what other rooms copied of it.

    Once the disposal stands; again after a worker died in between.
    """
    index.refresh([document.pk])
    forget_prints_of(document.pk)
    forget_findings([document.pk])
    for forget in steps.ON_DISPOSED:
        forget(document.pk)
    for seal in standing_seals(document.pk).select_related("version", "file"):
        take_away(seal, BECAUSE)
    acts = Entry.objects.filter(subject_model=LABEL, subject_pk=str(document.pk), verb=VERB)
    for detail in acts.order_by("number").values_list("detail", flat=True):
        said = json.loads(detail or "{}").get("also", [])
        gone = [each.removeprefix(FILE) for each in said if each.startswith(FILE)]
        for file in StoredFile.objects.filter(pk__in=gone):
            default_storage.delete(file.path)


def forget_findings(document_ids: list[int]) -> None:
    """Forget what the rules said of entries: the worker asks them anew."""
    BrokenRule.objects.filter(document_id__in=document_ids).delete()
    mark_stale(document_ids)


def dispose_of_contact(*, by, second, person: Person, reason: str) -> None:
    """Take how to reach somebody out of the register, now and in all its history; the name stays."""
    using = owner_alias()
    keys = list(Contact.objects.using(using).filter(person=person).values_list("pk", flat=True))
    with act(by=by, verb="contact.disposed", subject=person, reason=reason, using=using):
        dispose_of(
            by=by, second=second, subject=person, rows={Contact: keys}, reason=reason,
            beside=Beside(lambda alias: ()),
        )  # fmt: skip


def rows_about(document: Document, using: str) -> Rows:
    """Every tracked row that is about an entry, removed ones included, by model."""
    keys: dict[str, set[str]] = defaultdict(set, {LABEL: {str(document.pk)}})
    changes = Change.objects.using(using).filter(about_model=LABEL, about_pk=str(document.pk))
    for label, key in changes.order_by().values_list("row_model", "row_pk").distinct():
        keys[label].add(key)
    found: Rows = {}
    for model in tracked_models():
        mine = {model._meta.pk.to_python(key) for key in keys[model._meta.label_lower]}
        mine |= _named(model, document, using)
        if mine and model._meta.label_lower not in _OTHERS:
            found[model] = sorted(mine)
    return found


def files_of(rows: Rows, using: str) -> list[str]:
    """The hashes of the files that rows keep and nothing else does."""
    ours: set[str] = set()
    for model, keys in rows.items():
        for field in model._meta.concrete_fields:
            if field.related_model is StoredFile:
                held: models.QuerySet = models.QuerySet(model, using=using)
                held = held.filter(pk__in=keys)
                ours |= set(held.values_list(field.attname, flat=True)) - {None}
    return sorted(sha256 for sha256 in ours if not _is_kept_elsewhere(sha256, rows, using))


# Holds are the record of what was kept and why.
_OTHERS = {"ledger.hold", "ledger.retentionrule"}


def _named(model: type[Tracked], document: Document, using: str) -> set:
    """The rows of a model that name the entry, whether by a foreign key or by its number."""
    names = {field.attname for field in model._meta.concrete_fields}
    if "document_id" not in names:
        return set()
    rows: models.QuerySet = models.QuerySet(model, using=using)
    return set(rows.filter(document_id=document.pk).values_list("pk", flat=True))


def _is_kept_elsewhere(sha256: str, rows: Rows, using: str) -> bool:
    ours: dict[type[models.Model], list] = dict(rows.items())
    for relation in StoredFile._meta.related_objects:
        others: models.QuerySet = models.QuerySet(relation.related_model, using=using)
        others = others.filter(**{relation.field.attname: sha256})
        if others.exclude(pk__in=ours.get(relation.related_model, [])).exists():
            return True
    return False


def _off_the_lists(document: Document, using: str) -> None:
    row = Document.objects.using(using).get(pk=document.pk)
    if row.archived_on is None:
        row.archived_on = today()
        row.row_version += 1
        row.save(using=using)
    for file in Attachment.objects.using(using).filter(document=row, removed_at__isnull=True):
        file.removed_at = now()
        file.row_version += 1
        file.save(using=using)


def _beside(document: Document, files: list[str], using: str) -> Iterator[str]:
    moves = Transition.objects.using(using).filter(version__document=document)
    moves.exclude(reason="").update(reason=MARK)
    bodies = VersionBody.objects.using(using).filter(version__document=document)
    for row in bodies.select_related("version"):
        content = rfc8785.dumps(_skeleton(json.loads(bytes(row.content))))
        digest = hashlib.sha256(content).hexdigest()
        bodies.filter(pk=row.pk).update(content=content, redacted_sha256=digest)
        # The digest goes into the chained entry: verification takes no other for disposed of.
        yield f"the stored body of version {row.version.number}, now {digest}"
    for sha256 in files:
        yield f"{FILE}{sha256}"


def _skeleton(body: dict) -> dict:
    return {name: value if name in _KEPT else _emptied(value) for name, value in body.items()} | {
        "title": MARK
    }


def _emptied(value):
    if isinstance(value, list):
        return []
    if isinstance(value, str):
        return ""
    return value if isinstance(value, bool) else None
