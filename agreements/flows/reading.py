"""Writes what questions about sharing are answered from, whenever a document's rows are written anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from django.db.models import Model

from agreements.flows.facts import End, FlowFacts, flows_of
from agreements.flows.models import (
    Citation,
    Flow,
    FlowCategory,
    FlowItem,
    Line,
    PartyGroup,
)
from register.directory.models import Organisation
from register.directory.survivors import StandIns, stand_ins
from register.documents.lifecycle import GOVERNING, PREPARING, State
from register.documents.material import Material
from register.documents.models import Content, Version
from register.signing.models import COUNTS_AS_SIGNED, Slot

BATCH = 1_000

# Where a version rests on a row of a list: of the law at an end, of the flow, of its items.
LAW = {
    "lawful_basis": "lawful_basis",
    "annex1_condition": "annex1_condition",
    "article9": "article9_condition",
    "schedule1": "schedule1_condition",
    "gateways": "legal_gateway",
    "part3_basis": "part3_basis",
    "part3_purposes": "part3_purpose",
    "schedule8": "schedule8_condition",
    "regime": "regime",
}
FLOW = {
    "cldc_basis": "cldc_basis",
    "opt_out": "national_data_opt_out",
    "consent_model": "consent_model",
    "override_grounds": "override_ground",
    "outside_uk": "transfer_outside_uk",
}

WORDS: dict[type[Content], tuple[str, ...]] = {
    Flow: ("title", "purpose", "necessity", "system", "plain_purpose"),
    FlowItem: ("name", "needed_because"),
    PartyGroup: ("name",),
}


def refresh(material: Material) -> None:
    """Bring the lines, categories and citations of documents into line; constant statements for 500."""
    documents = material.of_tier(3)
    if not documents:
        return
    versions = [v for pk in documents for v in _versions(material.versions[pk])]
    flows = flows_of(version.pk for version in versions)
    signed = signed_bodies(flows) if flows else {}
    stands = stand_ins(documents, _bodies(flows))
    lines: list[Line] = []
    categories: dict[tuple[int, str], int] = {}
    cited: dict[tuple[int, int, str, str], None] = {}
    for version in versions:
        community = (material.places.get(version.document_id) or {}).get("community_id")
        for facts in flows.get(version.pk, ()):
            if version.state not in PREPARING or version.state == State.SIGNING:
                lines += _lines(facts, version, community, signed[version.pk], stands)
                categories.update(
                    {(facts.flow.pk, code): version.document_id for code in facts.categories}
                )
            if version.state in PREPARING or version.state in GOVERNING:
                cited.update(dict.fromkeys(_cited(facts, version)))
    rows = [
        *lines,
        *(FlowCategory(flow_id=f, category=c, document_id=d) for (f, c), d in categories.items()),
        *(Citation(document_id=d, version_id=v, list_code=n, code=c) for d, v, n, c in cited),
    ]
    for model in (Line, FlowCategory, Citation):
        _put(model, list(documents), [row for row in rows if isinstance(row, model)])


def _put(model: type[Model], document_ids: list[int], rows: list) -> None:
    """Write what is new among the rows of documents, and take out what is there no longer."""
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    held = model._default_manager.filter(document_id__in=document_ids).order_by()
    known = {tuple(values): pk for pk, *values in held.values_list("pk", *names)}
    wanted = {tuple(getattr(row, name) for name in names): row for row in rows}
    stale = [pk for key, pk in known.items() if key not in wanted]
    if stale:
        model._default_manager.filter(pk__in=stale).delete()
    new = [row for key, row in wanted.items() if key not in known]
    if new:
        model._default_manager.bulk_create(new, batch_size=BATCH)


def signed_bodies(version_ids: Iterable[int]) -> dict[int, set[int]]:
    """For each version the bodies that have signed it: something, and everything that is required.

    A record that was merged has signed for the one that it was merged into, too.
    """
    slots = Slot.objects.standing().with_last().filter(version_id__in=list(version_ids))
    signed: dict[int, set[int]] = defaultdict(set)
    waiting: dict[int, set[int]] = defaultdict(set)
    columns = ("version_id", "organisation_id", "organisation__merged_into_id", "last_kind")
    for version, body, into, kind, required in slots.values_list(*columns, "is_required"):
        if kind in COUNTS_AS_SIGNED:
            signed[version] |= {body, into or body}
        elif required:
            waiting[version] |= {body, into or body}
    return defaultdict(set, {pk: bodies - waiting[pk] for pk, bodies in signed.items()})


def words_of(version_ids: list[int]) -> dict[int, list[str]]:
    """What a search finds in the flows of versions: names, purposes, systems, items, groups."""
    found: dict[int, list[str]] = defaultdict(list)
    for model, columns in WORDS.items():
        # Where nothing flows there are no items either.
        if model is FlowItem and not found:
            continue
        rows = model._default_manager.filter(version_id__in=version_ids).order_by("position", "pk")
        for version_id, *texts in rows.values_list("version_id", *columns):
            found[version_id] += [text for text in texts if text]
    return found


def _versions(versions: list[Version]) -> Iterator[Version]:
    """Of a document's versions those that questions are about: in preparation, in force, else the last."""
    yield from (v for v in versions if v.state in GOVERNING or v.state in PREPARING)
    if not any(version.state in GOVERNING for version in versions):
        past = [v for v in versions if v.state in (State.ENDED, State.SUPERSEDED)]
        yield from [v for v in past if v.in_force_on or v.is_admitted][-1:]


def _bodies(flows: dict[int, list[FlowFacts]]) -> list[Organisation]:
    return [
        b for some in flows.values() for facts in some for end in facts.ends for b in end.every_body
    ]


def _lines(
    facts: FlowFacts, version: Version, community, signed: set[int], stands: StandIns
) -> list[Line]:
    document = version.document
    now_signed = signed | {stands.of(document.pk, body) for body in signed}
    is_active = version.is_vouched_for or all(
        _has_signed(end, now_signed, partial(stands.of, document.pk)) for end in facts.ends
    )
    gives, takes = (
        [stands.of(document.pk, body.pk) for body in end.every_body] for end in facts.ends
    )
    pairs = _pairs(gives, takes)
    if facts.flow.is_mutual:
        pairs |= _pairs(takes, gives)
    return [
        Line(
            flow_id=facts.flow.pk,
            version_id=version.pk,
            document_id=document.pk,
            partnership_id=document.partnership_id,
            community_id=community,
            provider_id=provider,
            recipient_id=recipient,
            use_kind=facts.flow.use_kind,
            purpose_lineage=facts.flow.purpose_lineage,
            state=version.state,
            is_governing=version.state in GOVERNING,
            is_active=version.state in GOVERNING and is_active,
            is_personal=facts.flow.is_personal,
            is_unconfirmed=not document.is_confirmed,
        )
        for provider, recipient in sorted(pairs)
    ]


def _pairs(gives: list[int], takes: list[int]) -> set[tuple[int, int]]:
    return {(giver, taker) for giver in gives for taker in takes if giver != taker}


def _has_signed(end: End, signed: set[int], stands_for: Callable[[int], int]) -> bool:
    """Whether everybody at an end has signed: a unit by its body, a member of a group by its form."""
    return bool(end.every_body) and all(
        stands_for(body.pk) in signed
        or (body.unit_of_id is not None and stands_for(body.unit_of_id) in signed)
        for body in end.bodies
    )


def _cited(facts: FlowFacts, version: Version) -> Iterator[tuple[int, int, str, str]]:
    pieces = [(end.law, LAW) for end in facts.ends if end.law] + [(facts.flow, FLOW)]
    for row, columns in pieces:
        for name, list_code in columns.items():
            value = getattr(row, name)
            for code in value if isinstance(value, tuple) else (value,):
                if code:
                    yield version.document_id, version.pk, list_code, code
