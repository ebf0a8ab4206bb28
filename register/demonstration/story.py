"""Tells the story of the demonstration partnership through the services, in the order of time."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from charters.models import (
    CharterText,
    GeneralPurpose,
    Initiative,
    Plan,
    Principle,
    ProtocolText,
)
from charters.services import name_communities
from register.core import dates
from register.demonstration import (
    advice,
    assurance,
    concerns,
    endings,
    framework,
    mornings,
    requests,
    reviews,
    risks,
)
from register.demonstration.agreements import AGREEMENTS
from register.demonstration.directory import County, found
from register.demonstration.lives import live, next_review, sign
from register.directory.models import Membership
from register.documents.models import Document, Version
from register.documents.services import content, drafting, facts, moving, notes
from register.signing import services as signing

BEGAN_MONTHS_AGO = 62


def tell() -> County:
    """Make the whole demonstration partnership; times are pretended, and lie before today."""
    with dates.pretend(_instant(BEGAN_MONTHS_AGO)):
        county = found(dates.today())
        reviews.set_cycles(county)
    with dates.pretend(_instant(48)):
        charter = _charter(county)
    protocols = {}
    for place, key in enumerate(framework.PROTOCOLS):
        with dates.pretend(_instant(44 - place)):
            protocols[key] = _protocol(county, charter, key)
    for sharing in sorted(AGREEMENTS, key=lambda each: -each.months):
        live(county, protocols, sharing, _instant)
    with dates.pretend(_instant(5)):
        assurance.submit_all(county, _instant(0).date())
    with dates.pretend(_instant(0)):
        assurance.count_the_days()
    with dates.pretend(_instant(0, days=8)):
        risks.assess(county, _instant(0).date())
        advice.hear(county, _instant(0).date())
    for room in (requests.ask, reviews.hold, concerns.tell, endings.prove, mornings.tell):
        room(county, _instant)
    with dates.pretend(_instant(0, days=3)):
        notes.write_note(
            by=county.officer(),
            organisation=county.bodies["mental"],
            kind="call",
            text="Asked who will be the new Director of Nursing; they expect to appoint next month.",
            follow_up_on=dates.today() + timedelta(days=21),
        )
    return county


def _instant(months: int, days: int = 0, hours: int = 0) -> datetime:
    day = dates.add_months(datetime.now(UTC).date(), -months) - timedelta(days=days)
    return datetime.combine(day, time(9, 30), tzinfo=UTC) + timedelta(hours=hours)


def _charter(county: County) -> Document:
    officer = county.officer()
    version = drafting.start(
        by=officer,
        partnership=county.partnership,
        tier=1,
        title=framework.CHARTER_TITLE,
        kind="charter",
        owner=officer.person,
    )
    _charter_parties(county, version)
    content.save_text(
        by=officer, version=version, model=CharterText, row_version=1, **framework.CHARTER
    )
    _rows(county, version, Principle, [
        {"heading": heading, "text": f"<p>{text}</p>", "meaning": f"<p>{meaning}</p>"}
        for heading, text, meaning in framework.PRINCIPLES
    ])  # fmt: skip
    _initiatives(county, version)
    _rows(county, version, Plan, [{"title": title, "url": url} for title, url in framework.PLANS])
    write_clauses(officer, version, framework.CHARTER_CLAUSES)
    return _sign_all(county, version, review_months=36)


def _charter_parties(county: County, version: Version) -> None:
    full = Membership.objects.filter(partnership=county.partnership, kind="full")
    named = [(m.organisation, "party") for m in full.select_related("organisation").order_by("pk")]
    for key, part in framework.BESIDE_THE_PARTIES:
        named.append((county.bodies[key], part))
    for body, part in named:
        content.add_party(by=county.officer(), version=version, organisation=body, part=part)


def _rows(county: County, version: Version, model, rows: list[dict]) -> None:
    content.add_items(by=county.officer(), version=version, model=model, rows=rows)


def _initiatives(county: County, version: Version) -> None:
    for letter, title, communities in framework.INITIATIVES:
        row = content.add_item(
            by=county.officer(), version=version, model=Initiative, letter=letter, title=title
        )
        name_communities(
            by=county.officer(),
            initiative=row,
            communities=[county.communities[key] for key in communities],
        )


def _protocol(county: County, charter: Document, key: str) -> Document:
    officer = county.officer()
    title, purposes = framework.PROTOCOLS[key]
    _, objective, members = framework.COMMUNITIES[key]
    version = drafting.start(
        by=officer,
        partnership=county.partnership,
        tier=2,
        title=title,
        kind="community_protocol",
        owner=officer.person,
        charter=charter,
        community=county.communities[key],
    )
    for body in members:
        content.add_party(by=officer, version=version, organisation=county.bodies[body])
    texts = {"shared_objective": f"<p>{objective}</p>", **framework.PROTOCOL_TEXT}
    content.save_text(by=officer, version=version, model=ProtocolText, row_version=1, **texts)
    _rows(county, version, GeneralPurpose, [{"title": purpose} for purpose in purposes])
    write_clauses(officer, version, framework.PROTOCOL_CLAUSES)
    return _sign_all(county, version, review_months=24)


def write_clauses(officer, version: Version, clauses) -> None:
    """Write clauses given as level, marker, heading and text."""
    rows = [
        {"level": level, "marker": marker, "heading": heading, "text": text}
        for level, marker, heading, text in clauses
    ]
    content.add_items(by=officer, version=version, model=content.Clause, rows=rows)


def _sign_all(county: County, version: Version, review_months: int) -> Document:
    officer = county.officer()
    signing.propose_slots(by=officer, version=version)
    _name_signatories(county, version)
    moving.open_consultation(by=officer, version=version)
    moving.send_for_signature(by=officer, version=version)
    sign(county, version)
    document = Document.objects.get(pk=version.document_id)
    return facts.change_facts(
        by=officer,
        document=document,
        row_version=document.row_version,
        visibility="public",
        review_on=next_review(review_months),
    )


def _name_signatories(county: County, version: Version) -> None:
    signing_bodies = set(version.slots.standing().values_list("organisation_id", flat=True))
    for party in version.party_rows.filter(part="party").select_related("organisation"):
        if party.organisation_id not in signing_bodies:
            post = party.organisation.posts.order_by("pk")[0]
            signing.add_slot(
                by=county.officer(), version=version, organisation=party.organisation, post=post
            )
