"""Advice and decisions on three agreements of Wyrefordshire before they are signed. All invented."""

from __future__ import annotations

from datetime import date, timedelta

from register.accounts.models import User
from register.advice.answers import Answer
from register.advice.models import ReviewRequest
from register.advice.services import answering, asking
from register.core import dates
from register.demonstration.directory import BY, County
from register.demonstration.officers import DOMAIN
from register.demonstration.risks import CARE_LEAVERS, MATCHING
from register.directory.services import appointments, posts
from register.documents.models import Version

CARERS = "Young carers identified by practices and schools"
# Who decides: person, body, title of the post. The data protection officers were named with the assurance.
DECIDERS = (
    ("Joan Pell", "county", "Senior Information Risk Owner"),
    ("Tom Iredale", "halewick", "Senior Information Risk Owner"),
)
AGAINST = Answer(
    "against",
    "Families are not told before the two lists are matched, and one match in nine was wrong in the "
    "trial. A letter home and a check by a person would meet both points.",
)
CONDITIONS = Answer(
    "conditions",
    "The sharing is fair and each young person knows of it. Two things must be put right first.",
    conditions="Housing staff see support needs only after the young person has agreed.\n"
    "Ordinary e-mail is replaced by the secure portal before the first plan is sent.",
)
APPROVED = Answer(
    "approved", "Approved for two years.",
    conditions="The secure portal is in use before the first plan is sent; the Head of Children's "
    "Services reports to me when it is.",
)  # fmt: skip
NO_OBJECTION = Answer("no_objection", "The carer is asked first, and may say no at any time.")


def hear(county: County, today: date) -> None:
    """Ask those who advise and decide, and record what some of them have answered, up to a day (today)."""
    _appoint(county)
    _ask(county, MATCHING, today + timedelta(days=9))
    _answer(county, MATCHING, "data_protection", "m.ahern", AGAINST)
    _ask(county, CARE_LEAVERS, today - timedelta(days=2))
    _answer(county, CARE_LEAVERS, "data_protection", "m.ahern", CONDITIONS)
    _answer(county, CARE_LEAVERS, "risk_owner", "j.pell", APPROVED)
    _ask(county, CARERS, today + timedelta(days=5))
    _answer(county, CARERS, "data_protection", "m.ahern", NO_OBJECTION)


def _appoint(county: County) -> None:
    for name, body, title in DECIDERS:
        post = posts.add_post(
            by=BY, organisation=county.bodies[body], kind="siro", title=title,
            starts_on=dates.today(),
        )  # fmt: skip
        appointments.appoint_to_post(
            by=BY, person=county.people[name], post=post, starts_on=dates.today()
        )
    appointments.appoint_to_post(
        by=BY, person=county.people["Megan Ahern"], capacity="deputy", starts_on=dates.today(),
        post=county.bodies["county"].posts.filter(kind="dpo")[0],
    )  # fmt: skip


def _ask(county: County, title: str, due_on: date) -> None:
    asking.ask_all(by=county.officer(), version=_version(county, title), due_on=due_on)


def _answer(county: County, title: str, kind: str, mail: str, said: Answer) -> None:
    request = ReviewRequest.objects.open().get(
        version=_version(county, title), kind=kind, organisation=county.bodies["county"]
    )
    user = User.objects.get(email=f"{mail}@{DOMAIN}")
    answering.answer(by=user, request=request, row_version=request.row_version, said=said)


def _version(county: County, title: str) -> Version:
    rows = Version.objects.filter(document__partnership=county.partnership, title=title)
    return rows.order_by("-number")[0]
