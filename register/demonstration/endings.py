"""The agreement of Wyrefordshire that has ended: two of its three parties gave their proofs. All invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from register.core import dates
from register.demonstration.directory import County
from register.documents.models import Version
from register.endings.models import Proof, Way
from register.endings.permissions import holder
from register.endings.services import asking, giving

Instant = Callable[..., datetime]
AGREEMENT = "Blue badge and council tax matching"


def prove(county: County, instant: Instant) -> None:
    """Answer for the county by the office and for one borough by its link; the other is chased."""
    with dates.pretend(instant(4, days=20)):
        _county_says(county)
    with dates.pretend(instant(4, days=12)):
        _borough_says(_proof(county, "halewick"))
    with dates.pretend(instant(0, days=10)):
        asking.remind(_proof(county, "marshe"))


def _county_says(county: County) -> None:
    giving.give(
        by=county.officer(),
        proof=_proof(county, "county"),
        held="The list of blue badges of each quarter, with the matches found.",
        fate="part_kept",
        method="deleted",
        method_words="Deleted from the matching tool; back-ups went thirty days later.",
        done_on=dates.today() - timedelta(days=2),
        keeping_ground="own_record",
        keeping_words="The eleven matches that led to a badge being withdrawn stand in the case "
        "records of the badge team.",
        kept_until=dates.add_months(dates.today(), 36),
        said_by_name="Megan Ahern",
        said_by_post="Data Protection Lead",
    )


def _borough_says(proof: Proof) -> None:
    giving.give(
        by=holder(proof, "Grace Mbeki"),
        proof=proof,
        way=Way.LINK,
        held="Names and addresses of badge holders who pay council tax.",
        fate="destroyed",
        method="deleted",
        done_on=dates.today(),
        said_by_name="Grace Mbeki",
        said_by_post="Information Lead",
    )


def _proof(county: County, body: str) -> Proof:
    version = Version.objects.filter(
        document__partnership=county.partnership, title=AGREEMENT
    ).order_by("-number")[0]
    rows = Proof.objects.filter(ending__version=version, organisation=county.bodies[body])
    return rows.select_related(*asking.RELATED).get()
