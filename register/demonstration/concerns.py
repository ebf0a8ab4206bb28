"""A breach under an agreement of Wyrefordshire, and a check of how it is kept. All invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from register.concerns.models import Concern, ConcernBody
from register.concerns.services import checks, concerns, telling
from register.core import dates
from register.demonstration.directory import County
from register.documents.models import Document, Version

Instant = Callable[..., datetime]
AGREEMENT = "Multi-agency risk assessment conference on domestic abuse"
WHAT = (
    "The minutes of one conference went to a distribution list from which two leavers had not been "
    "taken off. Both mailboxes were closed, and one had a rule that passed mail on to a colleague "
    "in another team, who told us at once and deleted it."
)
ANSWERS = {
    "still_needed": ("yes", ""),
    "only_agreed": ("yes", "Three agendas compared with the list of data."),
    "agreed_way": ("yes", "Secure mail only."),
    "right_people": ("no", "Two leavers were still on the distribution list."),
    "retention": ("partly", "Minutes of one conference were a month too old."),
    "training": ("yes", ""),
    "contacts": ("yes", "Both duty desks rang back within the hour."),
}


def tell(county: County, instant: Instant) -> None:
    """Tell the breach, three weeks ago and still open, and the check that followed it."""
    document = _agreement(county)
    with dates.pretend(instant(0, days=21)):
        found = _breach(county, document)
    with dates.pretend(instant(0, days=19)):
        _notified(county, found)
    with dates.pretend(instant(0, days=6)):
        _check(county, document)


def _breach(county: County, document: Document) -> Concern:
    return concerns.record(
        by=county.officer(),
        document=document,
        bodies=[county.bodies["police"], county.bodies["county"], county.bodies["refuge"]],
        title="Minutes sent to a list with two leavers on it",
        kind="confidentiality",
        severity="risk",
        what_happened=WHAT,
        happened_on=dates.today() - timedelta(days=1),
        found_at=dates.now() - timedelta(hours=3),
        data_categories=("contact",),
        people_number=14,
        lead_body=county.bodies["police"],
        lead_name="Ruth Calder",
        lead_post="Head of Information Management",
    )


def _notified(county: County, found: Concern) -> None:
    concerns.correct(
        by=county.officer(),
        concern=found,
        row_version=found.row_version,
        ico_answer="notified",
        ico_notified_at=found.found_at + timedelta(hours=27),
        ico_reference="IC-301877",
        people_answer="not_told",
        people_reason="The mail was deleted unread but for one page that named nobody.",
        reason="The ICO was notified; the people need not be told.",
    )
    untold = ConcernBody.objects.filter(concern=found, told_at__isnull=True)
    for row in untold.select_related("organisation").order_by("pk"):
        telling.note_told(
            by=county.officer(), row=row, row_version=row.row_version,
            told_at=dates.now() - timedelta(hours=1), told_how="telephone",
            told_whom=f"The duty manager of {row.organisation.called}",
        )  # fmt: skip


def _check(county: County, document: Document) -> None:
    due = dates.today() + timedelta(days=28)
    checks.record_check(
        by=county.officer(),
        document=document,
        answers=ANSWERS,
        actions=[
            checks.Action("Compare the distribution list with the list of posts each month.", due),
            checks.Action("Delete the minutes that are past their time.", due),
        ],
        checked_on=dates.today(),
        checker_name="Ruth Calder",
        checker_post="Head of Information Management",
        method="Agendas and minutes of three conferences, and a call to both duty desks.",
        conclusion="partly",
        findings="The terms are kept but for the distribution list and one set of minutes.",
        next_on=checks.next_check(dates.today()),
    )


def _agreement(county: County) -> Document:
    rows = Version.objects.filter(document__partnership=county.partnership, title=AGREEMENT)
    return rows.select_related("document").order_by("-number")[0].document
