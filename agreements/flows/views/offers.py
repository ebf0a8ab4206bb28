"""What the pages of a flow offer besides the lists: purposes, assets, gateways, bodies."""

from __future__ import annotations

from django.urls import reverse

from agreements.flows.facts import FlowFacts
from agreements.flows.forms.choosing import Group
from agreements.flows.forms.pages import Offers
from agreements.flows.gateways import gateways_by_area
from agreements.flows.models import Asset, FlowSide
from agreements.flows.purposes import purposes_above
from agreements.flows.said import schedule1_offered
from register.documents.models import Part, Party, Version


def offers_for(version: Version, facts: FlowFacts | None = None, next_url: str = "") -> Offers:
    """What the first page of a flow offers."""
    parties = Party.objects.filter(version=version, part=Part.PARTY)
    bodies = parties.values("organisation_id")
    assets = Asset.objects.filter(is_ended=False, organisation__in=bodies)
    if facts is not None and facts.flow.asset_id:
        assets = assets | Asset.objects.filter(pk=facts.flow.asset_id)
    add = reverse("flows:add_asset")
    return Offers(
        purposes=purposes_above(version, facts.flow if facts else None),
        assets=assets.select_related("organisation").order_by("organisation__legal_name", "name"),
        add_asset=f"{add}?next={next_url}" if next_url else add,
    )


def law_offers(facts: FlowFacts, law: FlowSide) -> Offers:
    """What a page about the law offers: gateways that may fit first, and conditions that go together."""
    fitting, others = gateways_by_area(facts)
    groups = [Group(f"{words}: may fit the parties", tuple(codes)) for words, codes in fitting]
    groups.append(Group("All other gateways", tuple(others)))
    return Offers(gateways=groups, schedule1=schedule1_offered(law.article9, facts.has_offences))
