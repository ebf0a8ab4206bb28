"""What the bodies of Wyrefordshire say of their assurance: most is sound, some ends soon, some has ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from register.core.dates import add_months, today
from register.demonstration.directory import BY, County
from register.demonstration.officers import DOMAIN
from register.directory.models import Assurance, Organisation
from register.directory.services import appointments, organisations, posts
from register.directory.services import assurance as services
from register.directory.services.levels import refresh_all
from register.directory.services.people import add_person


class Submission(NamedTuple):
    """What one body records; days are counted from today, training in per cent of staff."""

    body: str
    trained: int
    cyber: str = "cyber_essentials"
    cyber_days: int = 200
    ico_days: int = 280
    dspt: str = ""
    iso: str = ""
    screening: str = "all"
    breach: str = "tested"
    dpo: str = ""
    is_small: bool = False


SUBMISSIONS = (
    Submission("county", 97, cyber="cyber_essentials_plus", dpo="Nell Hathersage"),
    Submission("halewick", 96, screening="none", dpo="Nell Hathersage"),
    Submission("marshe", 95, breach="written", dpo="Nell Hathersage"),
    Submission("eastmoor", 98, dpo="Gareth Pryce"),
    Submission(
        "police", 99, cyber="", iso="Wyrefordshire Police records systems", dpo="Tess Arden"
    ),
    Submission("fire", 96, cyber_days=45, dpo="Tess Arden"),
    Submission("icb", 98, cyber="", dspt="standards_met", dpo="Orla Finch"),
    Submission("acute", 97, cyber="", dspt="standards_exceeded", dpo="Orla Finch"),
    Submission("mental", 95, cyber="", dspt="approaching_standards", dpo="Orla Finch"),
    Submission("practice", 100, cyber="", dspt="standards_met", dpo="Orla Finch", is_small=True),
    Submission("college", 96, cyber_days=-20, dpo="Rhona Beck"),
    Submission("schools", 81, dpo="Rhona Beck"),
    Submission("university", 96, cyber="", iso="Research data services", dpo="Idris Vaughan"),
    Submission("housing", 96, ico_days=80),
    Submission("carers", 60, cyber="", breach="written", is_small=True),
    Submission("refuge", 0, screening="some"),
)


def submit_all(county: County, now: date) -> None:
    """Record what every body says, as of the day that is pretended; last days are counted from `now`."""
    for submission in SUBMISSIONS:
        _submit(county, county.bodies[submission.body], submission, now)


def count_the_days() -> None:
    """Find the levels that have fallen by the day that is pretended."""
    refresh_all()


def _submit(county: County, body: Organisation, said: Submission, now: date) -> None:
    site = f"https://www.{said.body}.{DOMAIN}"
    organisations.change_organisation(
        by=BY,
        organisation=body,
        row_version=Organisation.objects.get(pk=body.pk).row_version,
        privacy_notice=f"{site}/privacy",
    )
    if said.dpo:
        _name_dpo(county, body, said.dpo)
    _record(
        body, "ico", value="tier_1" if said.is_small else "tier_2", ico_number=body.ico_number,
        ico_expires_on=now + timedelta(days=said.ico_days),
    )  # fmt: skip
    _trained(body, said.trained)
    _secured(body, said, now)
    _record(body, "breach", value=said.breach, dated_on=_tested(said.breach))
    _record(body, "complaints", reference=f"complaints@{said.body}.{DOMAIN}")
    if not said.is_small:
        _record(body, "screening", value=said.screening, words="Checks of who handles case files")
        _record(body, "retention", reference=f"{site}/retention", dated_on=add_months(today(), -8))


def _trained(body: Organisation, percent: int) -> None:
    value = "all" if percent == 100 else "share" if percent else "none"
    _record(body, "training", value=value, percent=percent, dated_on=add_months(today(), -1))


def _secured(body: Organisation, said: Submission, now: date) -> None:
    if said.cyber:
        ends = now + timedelta(days=said.cyber_days)
        _record(
            body, "cyber-essentials", value=said.cyber, reference=f"CE-{48000 + body.pk}",
            dated_on=add_months(ends, -12), expires_on=ends, words="Whole organisation",
        )  # fmt: skip
    if said.dspt:
        _record(
            body, "dspt", value=said.dspt, reference="2025-26", dated_on=add_months(today(), -1),
            words="Plan agreed for two standards" if said.dspt == "approaching_standards" else "",
        )  # fmt: skip
    if said.iso:
        _record(
            body, "iso-27001", reference=f"IS {690000 + body.pk}", words=said.iso,
            dated_on=add_months(today(), -10), expires_on=add_months(today(), 26),
        )  # fmt: skip


def _name_dpo(county: County, body: Organisation, name: str) -> None:
    post = posts.add_post(
        by=BY, organisation=body, kind="dpo", title="Data Protection Officer", starts_on=today()
    )
    if name not in county.people:
        mail = name.lower().replace(" ", ".")
        county.people[name] = add_person(by=BY, name=name, email=f"{mail}@{DOMAIN}")
    appointments.appoint_to_post(by=BY, person=county.people[name], post=post, starts_on=today())


def _record(body: Organisation, kind: str, **answers) -> None:
    held = Assurance.objects.filter(organisation=body).values_list("row_version", flat=True)
    services.record_fact(
        by=BY, organisation=body, kind=kind, row_version=held.first() or 1, **answers
    )


def _tested(standing: str) -> date | None:
    return add_months(today(), -3) if standing == "tested" else None
