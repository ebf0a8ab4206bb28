"""Forgetting what came in: the files of imports that are long over, and what was said of entries that are
disposed of.

Nothing needs the files once an import is over: undoing goes by what the import wrote.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from agreements.flows.models import Flow
from register.core.dates import now
from register.exchange.models import (
    FILES_KEPT_FOR,
    OVER,
    AppliedChunk,
    Bundle,
    BundledFile,
    BundleState,
    Import,
    ImportedFlow,
    ImportedRow,
    Mend,
    ReportedRow,
)
from register.ledger.disposing import MARK

PLACE = "imports"
_NOTHING_SAID = json.dumps({"bodies": []})
_NO_FLOW_SAID = json.dumps({"values": {}, "ends": {}, "extras": {}})
_BUNDLES_OVER = (BundleState.DONE, BundleState.DISCARDED, BundleState.FAILED)


def forget_files() -> int:
    """Delete the stored bytes of imports and bundles that have been over for 30 days; how many files.

    Bytes that another import or bundle still needs stay, and so do those that came in lately, which no
    row may name yet.
    """
    since = now() - FILES_KEPT_FOR
    stored = {path.rpartition("/")[2]: path for path in _stored()}
    needed = _needed(since)
    gone = 0
    for digest, path in stored.items():
        # Asked once more: the same bytes may have come in meanwhile.
        if digest in needed or _is_new(path, since, digest) or digest in _needed(since, digest):
            continue
        default_storage.delete(path)
        gone += 1
    return gone


def forget_entry(document_id: int) -> None:
    """Forget what files said of an entry that was disposed of; that it came in, and its hashes, stay."""
    with transaction.atomic():
        rows = list(ImportedRow.objects.select_for_update().filter(document_id=document_id))
        flows = list(ImportedFlow.objects.filter(document_id=document_id))
        _forget_reports(rows, flows)
        _forget_effects(document_id, rows, flows)
        BundledFile.objects.filter(document=document_id).update(name=MARK, problem="")
        # What they say leads to the reports: it goes last.
        ImportedFlow.objects.filter(document_id=document_id).update(
            said_text=_NO_FLOW_SAID, name=MARK
        )
        ImportedRow.objects.filter(document_id=document_id).update(said_text=_NOTHING_SAID)


def _stored() -> Iterable[str]:
    """The paths of the files in storage."""
    try:
        folders, _files = default_storage.listdir(PLACE)
    except FileNotFoundError:
        return
    for folder in folders:
        for name in default_storage.listdir(f"{PLACE}/{folder}")[1]:
            yield f"{PLACE}/{folder}/{name}"


def _needed(since: datetime, digest: str = "") -> set[str]:
    """The digests of files that belong to something not over, or over since then; of one, or all."""
    fresh = Q(over_at__gte=since)
    imports = Import.objects.annotate(over_at=Coalesce("ended_at", "requested_at"))
    bundles = Bundle.objects.annotate(over_at=Coalesce("ended_at", "requested_at"))
    mine = Q(sha256=digest) if digest else Q()
    standing = bundles.filter(~Q(state__in=_BUNDLES_OVER) | fresh)
    found: set[str] = set()
    rows: tuple[QuerySet, ...] = (
        imports.filter(~Q(state__in=OVER) | fresh).filter(mine),
        standing.filter(mine),
        BundledFile.objects.filter(mine, bundle__in=standing.values("pk")),
    )
    for each in rows:
        found |= set(each.order_by().values_list("sha256", flat=True))
    return found


def _is_new(path: str, since: datetime, digest: str) -> bool:
    """Whether a file that no row names came in after a moment: its import may not be saved yet."""
    named = (
        model.objects.filter(sha256=digest).exists() for model in (Import, Bundle, BundledFile)
    )
    return not any(named) and default_storage.get_modified_time(path) >= since


def _forget_reports(rows: list[ImportedRow], flows: list[ImportedFlow]) -> None:
    """Empty what imports reported of the rows of an entry and its flows, and how they were corrected."""
    titles = {str(row.said.get("title", ""))[:120] for row in rows}
    titles |= {str(flow.said["values"].get("flow.title", ""))[:120] for flow in flows}
    titles -= {""}
    for partnership in {row.partnership_id for row in rows} | {row.partnership_id for row in flows}:
        reported = ReportedRow.objects.filter(of_import__partnership=partnership)
        ours = reported.filter(title__in=titles)
        references = set(ours.values_list("reference", flat=True)) - {""}
        both = reported.filter(Q(title__in=titles) | Q(reference__in=references))
        numbers: dict[int, set[int]] = {}
        for key, number in both.values_list("of_import_id", "number"):
            numbers.setdefault(key, set()).add(number)
        for row in Import.objects.select_for_update().filter(pk__in=numbers):
            Mend.objects.filter(of_import=row, number__in=numbers[row.pk]).update(cells_text="")
            row.report_text = _without_rows(row.report, numbers[row.pk])
            row.save(update_fields=["report_text"])
        both.update(told_text="", title="")


def _without_rows(report: dict, numbers: set[int]) -> str:
    kept = {
        name: [each for each in lines if each.get("row") not in numbers]
        if name in ("rows", "changes", "conflicts", "rejected")
        else lines
        for name, lines in report.items()
    }
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def _forget_effects(document_id: int, rows: list[ImportedRow], flows: list[ImportedFlow]) -> None:
    """Empty what imports wrote over in an entry: it is never put back, as the entry changed since."""
    places = {row.partnership_id for row in rows} | {flow.partnership_id for flow in flows}
    known = {row.pk for row in rows}, {flow.pk for flow in flows}
    lineages = [flow.lineage for flow in flows]
    keys = set(Flow.objects.filter(lineage__in=lineages).values_list("pk", flat=True))
    chunks = AppliedChunk.objects.filter(of_import__partnership__in=places)
    chunks = chunks.filter(of_import__kind__in=["entries", "flows"]).select_related("of_import")
    told = Q()
    for name in ("values", "corrected", "extras", "remembered"):
        told |= Q(effects_text__contains=f'"{name}"')
    for chunk in list(chunks.filter(told)):
        memory = known[chunk.of_import.kind == "flows"]
        effects = {
            name: [_emptied(name, each, document_id, keys, memory) for each in values]
            for name, values in chunk.effects.items()
        }
        if effects != chunk.effects:
            text = json.dumps(effects, ensure_ascii=False)
            AppliedChunk.objects.filter(pk=chunk.pk).update(effects_text=text)


def _emptied(name: str, each, document_id: int, flows: set[int], memory: set[int]):
    """One thing that an import wrote, without what stood there before where it is of the entry."""
    if name == "values" and each[1] == document_id:
        return [each[0], each[1], {}]
    if name == "extras" and each[0] == document_id:
        return [each[0], ""]
    if name == "corrected" and each[0] in flows:
        return [each[0], {}, {}]
    if name == "remembered" and each[0] in memory:
        # The words of a flow follow its name.
        return [*each[:2], *([_NOTHING_SAID] if len(each) == 3 else [MARK, _NO_FLOW_SAID])]
    return each
