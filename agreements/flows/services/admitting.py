"""Flows that come in from a sheet, many at a time, into drafts and entries that came in by import.

An entry of an old register may be corrected until its first revision here; a draft always. What is
frozen, or was revised here, takes nothing in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from agreements.flows.models import Flow, FlowItem, FlowParty, FlowSide, Side
from agreements.flows.services.rewriting import CorrectedFlow, Ends, rewrite
from register.core.verdicts import require
from register.directory.models import Organisation
from register.directory.models.organisations import LegalStatus
from register.documents.lifecycle import EDITABLE, State
from register.documents.models import Document, Part, Party, Version
from register.documents.permissions import may_edit
from register.documents.services.admitting import extras_text
from register.documents.services.keeping_up import keep_up
from register.ledger.acts import act, bulk_create, bulk_update


@dataclass
class AdmittedFlow:
    """One flow as a sheet has it. `facts` are columns of a flow, its title among them; `laws` columns
    of the law at an end, by side; `items` columns of its data items; `ends` the bodies, by side.
    """

    version: Version
    facts: dict[str, Any]
    ends: Ends
    items: list[dict[str, Any]] = field(default_factory=list)
    laws: dict[str, dict[str, Any]] = field(default_factory=dict)


def admit_flows(
    *, by, admissions: Sequence[AdmittedFlow], corrections: Sequence[CorrectedFlow] = (),
    extras: dict[int, dict[str, str]] | None = None, reason: str = "",
) -> list[Flow]:  # fmt: skip
    """Write flows of many agreements in one act, a constant number of statements for each 500.

    Bodies at their ends that are no parties yet are named as parties. `extras` are words without a
    home, by document, kept beside the entry under their heading. Gives the flows that were added.
    Raises ValidationError for a version that takes nothing in, see `why_closed`.
    """
    extras = extras or {}
    ids = {a.version.document_id for a in admissions} | set(extras)
    ids |= {c.flow.version.document_id for c in corrections}
    if not ids:
        return []
    with act(by=by, verb="flow.added", reason=reason, quiet=True) as this:
        documents, versions = _locked(by, ids)
        this.subject = next(iter(documents.values())).partnership
        this.detail.update(flows=len(admissions), corrected=len(corrections))
        ends = [(a.version.pk, a.ends) for a in admissions]
        ends += [(c.flow.version_id, c.ends) for c in corrections]
        _check_open(versions, {pk for pk, _ in ends})
        _name_parties({v.pk: v for rows in versions.values() for v in rows}, ends)
        flows = _add(admissions)
        rewrite(corrections)
        _keep_extras(documents, extras)
        keep_up(sorted(ids))
    return flows


def why_closed(version: Version, versions: Iterable[Version]) -> str:
    """Why a version takes no flows in from a sheet, with what to do; "" where it does.

    `versions` are all of its document's.
    """
    if version.frozen_at is None and version.state in EDITABLE:
        return ""
    document, every = version.document, list(versions)
    if version.is_admitted and all(v.is_admitted and not v.frozen_at for v in every):
        return ""
    if any(each.frozen_at is None and each.state in EDITABLE for each in every):
        return (
            f"{document} was revised here, and the text of version {version.number} is closed. Send"
            f" the row again with the reference {document} to change its draft."
        )
    if any(each.state == State.SIGNING for each in every):
        return (
            f"{document} is out for signature and its text is closed. Return it for changes, then send"
            f" the row again with the reference {document}."
        )
    state = version.get_state_display().lower()
    return (
        f"{version} is {state} and its text is closed. Start a revision of {document}, then send the"
        " row again with that reference."
    )


def bound_by(body: Organisation) -> Organisation | None:
    """Who is a party where a body stands at an end: itself, or for a unit the body it belongs to.

    None for an arrangement without legal personality, which cannot be bound.
    """
    body = body.surviving
    while body.legal_status == LegalStatus.UNIT and body.unit_of:
        body = body.unit_of.surviving
    return body if body.may_hold_slot else None


def lock_open(by, versions: dict[int, int]) -> dict[int, Document]:
    """Lock the documents of versions (document by version), where flows may come in and be taken out.

    Raises ValidationError for a version that takes nothing in, see `why_closed`.
    """
    documents, held = _locked(by, set(versions.values()))
    _check_open(held, set(versions))
    return documents


def _locked(by, ids: set[int]) -> tuple[dict[int, Document], dict[int, list[Version]]]:
    rows = Document.objects.select_for_update(of=("self",)).select_related("partnership", "lead")
    documents = rows.order_by("pk").in_bulk(ids)
    for document in documents.values():
        require(may_edit(by, document))
    versions: dict[int, list[Version]] = defaultdict(list)
    held = Version.objects.select_for_update(of=("self",)).filter(document_id__in=ids)
    for version in held.order_by("document_id", "number"):
        version.document = documents[version.document_id]
        versions[version.document_id].append(version)
    return documents, versions


def _check_open(versions: dict[int, list[Version]], ids: set[int]) -> None:
    for rows in versions.values():
        for version in rows:
            if version.pk in ids and (closed := why_closed(version, rows)):
                raise ValidationError(closed)


def _name_parties(versions: dict[int, Version], ends: list[tuple[int, Ends]]) -> None:
    held: dict[int, dict[int, int]] = {pk: {} for pk, _ in ends}
    last: dict[int, int] = defaultdict(int)
    for row in Party.objects.filter(version_id__in=held):
        last[row.version_id] = max(last[row.version_id], row.position)
        if row.part == Part.PARTY:
            held[row.version_id][row.organisation_id] = row.pk
    named = []
    for pk, of_flow in ends:
        for body in (body for bodies in of_flow.values() for body in bodies):
            party = bound_by(body)
            if party is None:
                raise ValidationError(f"{body} cannot be bound. Name the bodies behind it.")
            if body.pk in held[pk] or party.pk in held[pk]:
                continue
            held[pk][party.pk] = 0
            last[pk] += 1
            row = Party(version=versions[pk], organisation=party, part=Part.PARTY,
                        position=last[pk])  # fmt: skip
            named.append(row)
    bulk_create(named)


def _add(admissions: Sequence[AdmittedFlow]) -> list[Flow]:
    versions = {admission.version.pk for admission in admissions}
    held = Flow.objects.filter(version_id__in=versions).values_list("version_id")
    places = defaultdict(int, held.annotate(last=Max("position")))
    flows = []
    for admission in admissions:
        places[admission.version.pk] += 1
        flow = Flow(version=admission.version, position=places[admission.version.pk],
                    **admission.facts)  # fmt: skip
        flow.clean_fields(exclude=["version", "purpose_document", "asset"])
        flows.append(flow)
    bulk_create(flows)
    pairs = list(zip(flows, admissions, strict=True))
    bulk_create(
        FlowSide(version=flow.version, flow=flow, side=side, **admission.laws.get(side, {}))
        for flow, admission in pairs
        for side in Side
    )
    bulk_create(
        FlowParty(version=flow.version, flow=flow, side=side, organisation=body, position=place)
        for flow, admission in pairs
        for side, bodies in admission.ends.items()
        for place, body in enumerate(bodies, start=1)
    )
    bulk_create(
        FlowItem(version=flow.version, flow=flow, position=place, **values)
        for flow, admission in pairs
        for place, values in enumerate(admission.items, start=1)
    )
    return flows


def _keep_extras(documents: dict[int, Document], extras: dict[int, dict[str, str]]) -> None:
    for pk, words in extras.items():
        documents[pk].extras = extras_text(words)
    bulk_update([documents[pk] for pk in extras], ["extras"])
