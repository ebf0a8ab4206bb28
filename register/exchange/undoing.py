"""Undoing a whole import, while nothing was built on it: one act to those who ask, in parts underneath."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.db.models import Model, Q

from register.core.dates import now
from register.core.verdicts import YES, Verdict, no, require
from register.directory.models import Partnership
from register.documents.lifecycle import GOVERNING, PREPARING
from register.documents.models import Document
from register.documents.ripples import below
from register.documents.tiers import TIERS
from register.exchange import kinds
from register.exchange.models import AppliedChunk, Import, ImportState, TakenBack
from register.exchange.permissions import may_import
from register.exchange.services import lay_down
from register.jobs.stopping import is_stopping
from register.ledger.acts import act
from register.ledger.models import Change, Entry
from register.ledger.open_acts import OpenAct
from register.ledger.verbs import title_of

BATCH = 400
ABOVE = 100  # charters and protocols that are asked about in one condition


@dataclass(frozen=True)
class BuiltOn:
    """An entry that was changed, or a person or body built on, since an import made or changed it."""

    subject: Model
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
    """The records that were changed or built on since the import, which keep it from being undone."""
    kind, chunks = kinds.of(row.kind), list(row.chunks.filter(is_taken_back=False))
    own = _known_acts(row, chunks)
    firsts: dict[int, int] = {}
    hindered: dict[int, str] = {}
    made: set[int] = set()
    parts = [chunk.effects for chunk in chunks]
    for chunk, effects in zip(chunks, parts, strict=True):
        made |= set(effects.get("documents", []))
        firsts = _first_changes(kind.documents(effects), chunk, own) | firsts
    # What came in with one part of a list may name what came in with another.
    for effects in [_together(parts)] if kind.hindered else parts:
        hindered = kind.hindrances(effects) | hindered
    found = {pk: BuiltOn(under, words) for pk, (under, words) in _under(made).items()}
    found |= _hindered(kind, hindered) | _told(firsts)
    return [found[pk] for pk in sorted(found)]


def what_stays(row: Import) -> list[str]:
    """What undoing an import would leave as it is, as sentences."""
    parts = [chunk.effects for chunk in row.chunks.filter(is_taken_back=False)]
    return kinds.of(row.kind).stays(_together(parts))


def ask_to_undo(*, by, row: Import) -> None:
    """Let an import be undone; the worker does it. Twice does no more than once.

    Raises ValidationError where something was changed or built on since: `built_on` lists it.
    """
    require(may_undo(by, row))
    if found := built_on(row):
        names = ", ".join(str(each.subject) for each in found[:5])
        more = f" and {len(found) - 5:,} more" if len(found) > 5 else ""
        why = "something was built since on" if kinds.of(row.kind).hindered else ""
        said = f"{why} {names}{more}" if why else f"{names}{more} changed since"
        raise ValidationError(f"The import cannot be undone: {said}. Nothing was undone.")
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
            _check_unhindered(kind, effects)
            _note_what_stays(row, kind, effects)
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
    if found := _told(_first_changes(documents, chunk, _known_acts(row, [chunk]))):
        first = found[min(found)]
        raise ValidationError(f"{first.subject} changed since ({first.what.lower()}).")


def _check_unhindered(kind: kinds.Kind, effects: kinds.Effects) -> None:
    """Refuse where something was built on what a list brought in after the undoing was asked for."""
    if found := _hindered(kind, kind.hindrances(effects)) if kind.hindered else {}:
        first = found[min(found)]
        raise ValidationError(f"{first.subject}: {first.what}")


def _note_what_stays(row: Import, kind: kinds.Kind, effects: kinds.Effects) -> None:
    """Say on the page of the import what its undoing leaves as it is."""
    report = row.report
    notes = report.get("notes", [])
    if new := [sentence for sentence in kind.stays(effects) if sentence not in notes]:
        row.report_text = json.dumps({**report, "notes": [*notes, *new]}, ensure_ascii=False)


def _note_acts(this: OpenAct, row: Import) -> None:
    """Keep which entries of the ledger this part leaves: they are no changes that somebody made."""
    mine = this.family[this.family.index(this) :]
    kept = [each for each in mine if each.written or not each.quiet]
    if kept:
        kept[0].attached.append(TakenBack(of_import=row, acts=len(kept)))


def _known_acts(row: Import, chunks: list[AppliedChunk]) -> list[tuple[int, int]]:
    """Stretches of the ledger that count for nothing: this import's own, and what was undone since;
    in order, none touching another.
    """
    if not chunks:
        return []
    first = min(chunk.entry_id for chunk in chunks)
    undone = AppliedChunk.objects.filter(is_taken_back=True, entry_id__gte=first)
    taken = TakenBack.objects.filter(entry_id__gte=first)
    pairs = [(chunk.entry_id, chunk.acts) for chunk in chunks]
    pairs += [*undone.values_list("entry_id", "acts"), *taken.values_list("entry_id", "acts")]
    joined: list[tuple[int, int]] = []
    for entry, acts in sorted(pairs):
        if joined and entry <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], entry + acts))
        else:
            joined.append((entry, entry + acts))
    return joined


def _is_own(entry: int, own: list[tuple[int, int]]) -> bool:
    place = bisect_right(own, entry, key=itemgetter(0))
    return place > 0 and entry < own[place - 1][1]


def _first_changes(
    documents: Iterable[int], chunk: AppliedChunk, own: list[tuple[int, int]]
) -> dict[int, int]:
    """The first entry of the ledger by which somebody changed each entry since; two numbers a row."""
    keys = [str(pk) for pk in sorted(documents)]
    changes = Change.objects.filter(entry_id__gte=chunk.entry_id + chunk.acts)
    of_jobs = Q(entry__actor_kind="system") & ~Q(entry__actor_id="import")
    found: dict[int, int] = {}
    for start in range(0, len(keys), BATCH):
        about = changes.filter(
            about_model="documents.document", about_pk__in=keys[start : start + BATCH]
        ).exclude(of_jobs)
        rows = about.order_by("entry_id").values_list("about_pk", "entry_id").distinct()
        for pk, entry in rows.iterator():
            if not _is_own(entry, own):
                found.setdefault(int(pk), entry)
    return found


def _told(firsts: dict[int, int]) -> dict[int, BuiltOn]:
    known, entries = Document.objects.in_bulk(firsts), Entry.objects.in_bulk(set(firsts.values()))
    found = {}
    for pk, key in firsts.items():
        entry = entries[key]
        found[pk] = BuiltOn(known[pk], title_of(entry.verb), entry.actor_name, entry.at)
    return found


def _hindered(kind: kinds.Kind, hindered: dict[int, str]) -> dict[int, BuiltOn]:
    model = kind.hindered or Document
    known = model._default_manager.in_bulk(hindered)
    return {pk: BuiltOn(known[pk], sentence) for pk, sentence in hindered.items()}


def _under(made: set[int]) -> dict[int, tuple[Document, str]]:
    """What was put under charters and protocols of the import since; a few statements for a hundred."""
    found: dict[int, tuple[Document, str]] = {}
    above = [tier - 1 for tier in TIERS if tier > 1]
    keys = sorted(made)
    for start in range(0, len(keys), ABOVE):
        rows = Document.objects.filter(pk__in=keys[start : start + ABOVE], tier__in=above)
        parents = {row.pk: row for row in rows}
        if not parents:
            continue
        under = Document.objects.filter(
            below(parents.values()), versions__state__in=[*PREPARING, *GOVERNING]
        )
        standing = [child for child in under.distinct().order_by("pk") if child.pk not in made]
        for child, parent in _places(standing):
            if parent in parents:
                found.setdefault(parent, (parents[parent], f"{child} stands under it."))
    return found


def _places(children: list[Document]) -> Iterator[tuple[Document, int]]:
    """Each entry with the key of each that it stands under, in the order of the entries."""
    places: dict[int, list[int]] = {}
    for tier in sorted({child.tier for child in children}):
        keys = [child.pk for child in children if child.tier == tier]
        for pk, above in TIERS[tier].parents_of(keys).items():
            places[pk] = [parent.pk for parent, _is_main in above]
    for child in children:
        for parent in places.get(child.pk, ()):
            yield child, parent


def _together(parts: list[kinds.Effects]) -> kinds.Effects:
    found: kinds.Effects = {}
    for effects in parts:
        for name, rows in effects.items():
            found.setdefault(name, []).extend(rows)
    return found
