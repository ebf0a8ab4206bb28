"""Adds three tiers and information flows to a generated register: `python -m tests.bench.fill_sharing`.

Every entry comes under one protocol and one charter, which most bodies have signed; each gets three
flows between its parties. Rows are written without the ledger, what is derived by its own services.
"""

import os
import random
import sys

import django
from django.db import models, transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")
django.setup()

from agreements.flows.models import Flow, FlowItem, FlowParty, FlowSide, Side  # noqa: E402
from agreements.models import Agreement  # noqa: E402
from charters.models import Charter, GeneralPurpose, Protocol  # noqa: E402
from register.core.dates import now, today  # noqa: E402
from register.directory.models import (  # noqa: E402
    Community,
    CommunityMember,
    Organisation,
    Partnership,
)
from register.documents.models import Document, Party, Version  # noqa: E402
from register.documents.services.keeping_up import keep_up  # noqa: E402
from register.ledger.acts import act  # noqa: E402
from register.lists.services import load_lists  # noqa: E402
from register.signing.models import Signature, Slot  # noqa: E402
from tests.bench.fill import BY, write  # noqa: E402
from tests.bench.words import WORDS  # noqa: E402

FLOWS = 3  # to each agreement
BATCH = 500
CATEGORIES = ("contact", "name_identifiers", "health", "housing", "education", "safeguarding")
KINDS = ("district_council", "police_force", "nhs_trust", "gp_practice", "school", "voluntary")
FREQUENCIES = ("daily", "weekly", "monthly", "annually")


def main() -> None:
    """Make the tiers above, then the flows of every entry."""
    load_lists()
    partnership = Partnership.objects.get(prefix="BN")
    bodies = list(Organisation.objects.order_by("pk"))
    for place, kind in enumerate(KINDS):
        of_kind = [body.pk for body in bodies[place :: len(KINDS)]]
        models.QuerySet(Organisation).filter(pk__in=of_kind).update(kind=kind)
    protocol, purposes = tiers(partnership, bodies)
    ids = list(Document.objects.filter(tier=3).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        with transaction.atomic():
            flows(batch, protocol, purposes)
            with act(by=BY, verb="bench.filled", quiet=True):
                keep_up(batch)
        print(f"{start + len(batch):,} entries with flows", file=sys.stderr)


def tiers(partnership, bodies) -> tuple[Document, list[GeneralPurpose]]:
    """A charter and a protocol in force, signed by nine bodies of ten, and the community."""
    community = write(
        Community,
        [Community(partnership=partnership, name="Everybody", slug="everybody",
                   shared_objective="To measure.")],
    )[0]  # fmt: skip
    write(CommunityMember, [CommunityMember(community=community, organisation=b) for b in bodies])
    charter = framework(partnership, 1, "BN-C-0001", "Charter of Benchshire", bodies)
    protocol = framework(partnership, 2, "BN-P-0001", "Protocol of everybody", bodies)
    write(Charter, [Charter(document=charter)])
    write(Protocol, [Protocol(document=protocol, charter=charter, community=community)])
    version = protocol.versions.get()
    purposes = write(
        GeneralPurpose,
        [GeneralPurpose(version=version, position=n, title=f"Purpose {n}") for n in range(5)],
    )
    with act(by=BY, verb="bench.filled", quiet=True):
        keep_up([charter.pk, protocol.pk])
    return protocol, purposes


def framework(partnership, tier: int, reference: str, title: str, bodies) -> Document:
    """A document of tier 1 or 2 in force, with a slot for each body, most of them signed."""
    document = write(Document, [Document(reference=reference, partnership=partnership, tier=tier)])[
        0
    ]
    version = write(
        Version,
        [Version(document=document, number=1, title=title, state="in_force", is_admitted=True,
                 in_force_on=today())],
    )[0]  # fmt: skip
    write(Party, [Party(version=version, organisation=body) for body in bodies])
    slots = write(Slot, [Slot(version=version, organisation=body) for body in bodies])
    signed = [slot for place, slot in enumerate(slots) if place % 10]
    write(Signature, [
        Signature(slot=slot, kind="on_paper", person_name="Somebody", signed_on=today(),
                  body_name=slot.organisation.legal_name, recorded_at=now(), body_sha256="")
        for slot in signed
    ])  # fmt: skip
    return document


def flows(document_ids: list[int], protocol: Document, purposes: list[GeneralPurpose]) -> None:
    """Three flows for each document of a batch, with ends, law and items."""
    chance = random.Random(document_ids[0])
    plain = models.QuerySet(Agreement).filter(document_id__in=document_ids)
    plain.update(protocol=protocol)
    versions = Version.objects.filter(document_id__in=document_ids)
    parties: dict[int, list[int]] = {}
    for row in Party.objects.filter(version__in=versions).order_by("position"):
        parties.setdefault(row.version_id, []).append(row.organisation_id)
    made = write(Flow, [
        flow(version, place, protocol, chance.choice(purposes), chance)
        for version in versions for place in range(FLOWS)
    ])  # fmt: skip
    write(FlowParty, [end for each in made for end in ends(each, parties, chance)])
    write(FlowSide, [
        FlowSide(version_id=each.version_id, flow=each, side=side, lawful_basis="6_1_e",
                 gateways=("cda_1998_s115",))
        for each in made for side in Side
    ])  # fmt: skip
    write(FlowItem, [
        FlowItem(version_id=each.version_id, flow=each, name=code, category=code, position=place)
        for each in made for place, code in enumerate(chance.sample(CATEGORIES, 2))
    ])  # fmt: skip


def flow(version: Version, place: int, protocol, purpose, chance) -> Flow:
    """A flow with a purpose of the protocol."""
    return Flow(
        version=version,
        position=place,
        title=" ".join(chance.sample(WORDS, 3)).capitalize(),
        identifiability="identifiable",
        use_kind="service_delivery",
        purpose_document=protocol,
        purpose_lineage=purpose.lineage,
        data_subjects=("residents",),
        frequency=chance.choice(FREQUENCIES),
        transfer_modes=("secure_email",),
        retention_period="6 years",
        retention_trigger="the last contact",
        disposal="delete",
    )


def ends(each: Flow, parties: dict[int, list[int]], chance) -> list[FlowParty]:
    """One party gives, another receives."""
    giver, taker = chance.sample(parties[each.version_id], 2)
    return [
        FlowParty(version_id=each.version_id, flow=each, side=side, organisation_id=body)
        for side, body in ((Side.PROVIDER, giver), (Side.RECIPIENT, taker))
    ]


if __name__ == "__main__":
    main()
