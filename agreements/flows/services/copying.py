"""Copying every flow of another agreement into a draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db.models import Max

from agreements.flows.facts import FlowFacts, flows_of
from agreements.flows.models import Flow, FlowItem, FlowParty, FlowSide, PartyGroup
from agreements.flows.services.flows import facts_of
from register.core.verdicts import require
from register.documents.models import Content, Document, Part, Party, Version
from register.documents.permissions import may_edit_version, readable_versions
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_version
from register.documents.tiers import TIERS
from register.ledger.acts import act, bulk_create


@dataclass
class Copied:
    """What came over: how many flows, and whom and what the draft could not take."""

    flows: int = 0
    # Names of bodies and groups that stay out, since the draft does not bind them.
    left_out: dict[str, None] = field(default_factory=dict)
    purposes_left: int = 0


@dataclass
class _Target:
    """A draft with what its flows may name."""

    version: Version
    bodies: dict[int, int]
    groups: dict[str, PartyGroup]
    protocols: set[int]
    position: int


def copy_flows(*, by, version: Version, source: Version) -> Copied:
    """Add copies of all flows of another agreement's version to a draft, after its own.

    Bodies that are no parties of the draft stay out, and groups for which it has none of the same
    name; a purpose comes along where its protocol stands above the draft as well. Raises
    PermissionDenied where the other agreement may not be read.
    """
    with act(by=by, verb="flow.copied", subject=version):
        version = lock_version(version)
        require(may_edit_version(by, version))
        _check_readable(by, source)
        target = _target(version)
        copied = Copied()
        for facts in flows_of([source.pk]).get(source.pk, []):
            _copy(facts, target, copied)
        keep_up([version.document_id])
    return copied


def _check_readable(by, source: Version) -> None:
    document = Document.objects.visible_to(by).filter(pk=source.document_id).first()
    if document is None or not readable_versions(by, document).filter(pk=source.pk).exists():
        raise PermissionDenied("You may not read that agreement.")


def _target(version: Version) -> _Target:
    rows = Party.objects.filter(version=version, part=Part.PARTY).select_related("organisation")
    parents = TIERS[version.document.tier].parents_of([version.document_id])
    last = Flow.objects.filter(version=version).aggregate(last=Max("position"))["last"] or 0
    return _Target(
        version=version,
        bodies={row.organisation.surviving.pk: row.organisation_id for row in rows},
        groups={row.name: row for row in PartyGroup.objects.filter(version=version)},
        protocols={parent.pk for parent, _ in parents[version.document_id]},
        position=last,
    )


def _copy(facts: FlowFacts, target: _Target, copied: Copied) -> None:
    target.position += 1
    flow = Flow(version=target.version, position=target.position, **facts_of(facts.flow))
    if flow.purpose_document_id not in target.protocols:
        copied.purposes_left += flow.purpose_lineage is not None
        flow.purpose_document = flow.purpose_lineage = None
    if flow.asset and flow.asset.organisation.surviving.pk not in target.bodies:
        flow.asset = None
    flow.save()
    laws = [end.law for end in facts.ends if end.law]
    _copy_rows(FlowSide, laws, flow)
    _copy_rows(FlowItem, facts.items, flow)
    bulk_create(list(_ends(facts, flow, target, copied)))
    copied.flows += 1


def _copy_rows(model: type[Content], rows: Iterable[Content], flow: Flow) -> None:
    bulk_create(
        [model(version=flow.version, position=r.position, **facts_of(r, flow=flow)) for r in rows]
    )


def _ends(facts: FlowFacts, flow: Flow, target: _Target, copied: Copied) -> Iterable[FlowParty]:
    for end in facts.ends:
        place = 0
        groups = [(each.group.name, each.group) for each in end.groups]
        for name, named in [*((body.called, body) for body in end.bodies), *groups]:
            column = _column(named, target)
            if column is None:
                copied.left_out[name] = None
                continue
            place += 1
            yield FlowParty(
                version=flow.version, flow=flow, side=end.side, position=place, **column
            )


def _column(named, target: _Target) -> dict | None:
    if isinstance(named, PartyGroup):
        group = target.groups.get(named.name)
        return {"group": group} if group else None
    body = named.surviving
    if body.pk in target.bodies:
        return {"organisation_id": target.bodies[body.pk]}
    return {"organisation": body} if body.unit_of_id in target.bodies else None
