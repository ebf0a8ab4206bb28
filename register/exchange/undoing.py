"""Undoing a whole import, while nothing was built on it: one act to those who ask, in parts underneath."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.db.models import Q

from register.core.dates import now
from register.core.verdicts import YES, Verdict, no, require
from register.directory.models import Partnership
from register.documents.lifecycle import GOVERNING, PREPARING
from register.documents.models import Document
from register.documents.tiers import TIERS
from register.exchange import kinds
from register.exchange.models import AppliedChunk, Import, ImportState, TakenBack
from register.exchange.permissions import may_import
from register.exchange.services import lay_down
from register.jobs.stopping import is_stopping
from register.ledger.acts import act
from register.ledger.models import Change
from register.ledger.open_acts import OpenAct
from register.ledger.verbs import title_of

BATCH = 400


@dataclass(frozen=True)
class BuiltOn:
    """An entry that was changed, or built on, since an import made or changed it."""

    document: Document
    what: str
    by: str = ""
    at: datetime | None = None


def may_undo(by, row: Import) -> Verdict:
    """Whether somebody may undo an import: the office, once it has come in and wrote something."""
    verdict = may_import(by, row.partnership)
    if not verdict:
        return verdict
    if row.state == ImportState.UNDONE:
        return no("This import was undone.")
    if row.state not in (ImportState.DONE, ImportState.FAILED):
        return no("Only an import that has come in can be undone.")
    if not row.chunks.filter(is_taken_back=False).exists():
        return no("This import changed nothing, so there is nothing to undo.")
    return YES


def built_on(row: Import) -> list[BuiltOn]:
    """The entries that were changed or built on since the import, which keep it from being undone."""
    kind, chunks = kinds.of(row.kind), list(row.chunks.filter(is_taken_back=False))
    own = _known_acts(row, chunks)
    found: dict[int, BuiltOn] = {}
    made: set[int] = set()
    for chunk in chunks:
        effects = chunk.effects
        made |= set(effects.get("documents", []))
        documents = kind.documents(effects)
        for pk, built in _changed(documents, chunk, own).items():
            found.setdefault(pk, built)
        for pk, sentence in kind.hindrances(effects).items():
            found.setdefault(pk, BuiltOn(Document.objects.get(pk=pk), sentence))
    for built in _under(made):
        found.setdefault(built.document.pk, built)
    return [found[pk] for pk in sorted(found)]


def ask_to_undo(*, by, row: Import) -> None:
    """Let an import be undone; the worker does it. Twice does no more than once.

    Raises ValidationError where an entry was changed since: `built_on` lists them.
    """
    require(may_undo(by, row))
    if found := built_on(row):
        names = ", ".join(str(each.document) for each in found[:5])
        more = f" and {len(found) - 5:,} more" if len(found) > 5 else ""
        raise ValidationError(
            f"The import cannot be undone: {names}{more} changed since. Nothing was undone."
        )
    Import.objects.filter(pk=row.pk, state=row.state).update(
        state=ImportState.UNDOING,
        undone_by=by if hasattr(by, "person") else None,
        undone_at=now(),
        claimed_at=None,
        failure="",
    )


def undo(row: Import) -> Import:
    """Take an import back from where it stopped, newest part first; parts are acts of their own."""
    by = row.undone_by or "system:import"
    try:
        while _undo_part(by, row):
            if is_stopping():
                return lay_down(row)
    except (ValidationError, PermissionDenied) as refused:
        _stop(row, " ".join(getattr(refused, "messages", [str(refused)])))
    except DatabaseError:
        raise  # away for a while: a worker goes on later
    except Exception:
        _stop(row, "The register made a mistake of its own. Tell the administrator.")
        raise
    return row


def _stop(row: Import, sentence: str) -> None:
    row.refresh_from_db()
    row.state, row.failure = ImportState.FAILED, f"The undoing stopped: {sentence}"
    row.save()


def _undo_part(by, row: Import) -> bool:
    """Take a part back; False once all of it is, and the import is undone."""
    reason = f"The import of {row.name} was undone."
    with act(
        by=by, verb="import.undone", subject=row.partnership, reason=reason, quiet=True
    ) as this:
        Partnership.objects.select_for_update(no_key=True).get(pk=row.partnership_id)
        waiting = row.chunks.select_for_update().filter(is_taken_back=False)
        chunk = waiting.order_by("-place").first()
        if chunk is None:
            this.quiet = False
            this.detail.update(file=row.name, sha256=row.sha256, new=row.new, changed=row.changed)
            row.state, row.ended_at = ImportState.UNDONE, now()
        else:
            kind, effects = kinds.of(row.kind), chunk.effects
            documents = kind.documents(effects)
            left = kind.take_back(by=by, effects=effects, reason=reason)
            _check_untouched(row, chunk, documents)
            chunk.is_taken_back = not left
            if left:
                chunk.effects_text = json.dumps(left, ensure_ascii=False)
            chunk.save()
            _note_acts(this, row)
            row.claimed_at = now()
        row.save()
    return chunk is not None


def _check_untouched(row: Import, chunk: AppliedChunk, documents: set[int]) -> None:
    """Refuse where somebody changed an entry after the undoing was asked for; the entries are locked."""
    if found := _changed(documents, chunk, _known_acts(row, [chunk])):
        first = found[min(found)]
        raise ValidationError(f"{first.document} changed since ({first.what.lower()}).")


def _note_acts(this: OpenAct, row: Import) -> None:
    """Keep which entries of the ledger this part leaves: they are no changes that somebody made."""
    mine = this.family[this.family.index(this) :]
    kept = [each for each in mine if each.written or not each.quiet]
    if kept:
        kept[0].attached.append(TakenBack(of_import=row, acts=len(kept)))


def _known_acts(row: Import, chunks: list[AppliedChunk]) -> list[tuple[int, int]]:
    """Stretches of the ledger that count for nothing: this import's own, and what was undone since."""
    if not chunks:
        return []
    first = min(chunk.entry_id for chunk in chunks)
    undone = AppliedChunk.objects.filter(is_taken_back=True, entry_id__gte=first)
    taken = TakenBack.objects.filter(entry_id__gte=first)
    pairs = [(chunk.entry_id, chunk.acts) for chunk in chunks]
    pairs += [*undone.values_list("entry_id", "acts"), *taken.values_list("entry_id", "acts")]
    return [(entry, entry + acts) for entry, acts in pairs]


def _changed(
    documents: Iterable[int], chunk: AppliedChunk, own: list[tuple[int, int]]
) -> dict[int, BuiltOn]:
    keys = [str(pk) for pk in sorted(documents)]
    changes = Change.objects.filter(entry_id__gte=chunk.entry_id + chunk.acts)
    of_jobs = Q(entry__actor_kind="system") & ~Q(entry__actor_id="import")
    found: dict[int, BuiltOn] = {}
    for start in range(0, len(keys), BATCH):
        about = changes.filter(
            about_model="documents.document", about_pk__in=keys[start : start + BATCH]
        ).exclude(of_jobs)
        rows = [
            change for change in about.select_related("entry").order_by("entry_id").iterator()
            if not any(first <= change.entry_id < last for first, last in own)
        ]  # fmt: skip
        known = Document.objects.in_bulk({int(change.about_pk) for change in rows})
        for change in rows:
            entry, pk = change.entry, int(change.about_pk)
            what = title_of(entry.verb)
            found.setdefault(pk, BuiltOn(known[pk], what, entry.actor_name, entry.at))
    return found


def _under(made: set[int]) -> list[BuiltOn]:
    """What was put under a charter or protocol of the import since."""
    parents = Document.objects.filter(
        pk__in=made, tier__in=[tier - 1 for tier in TIERS if tier > 1]
    )
    found = []
    for parent in parents.order_by("pk"):
        below = TIERS[parent.tier + 1].under(parent)
        under = Document.objects.filter(below).exclude(pk__in=made)
        standing = under.filter(versions__state__in=[*PREPARING, *GOVERNING])
        if first := standing.order_by("pk").first():
            found.append(BuiltOn(parent, f"{first} stands under it."))
    return found
