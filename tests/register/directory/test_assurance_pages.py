"""Pages of assurance: what the body and the office read, what others read, what comes back."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.core.dates import add_months, today, words
from register.directory.models import Assurance, AssuranceFact
from register.directory.services import assurance, levels
from register.ledger.models import AccessEvent
from tests import make, people, worlds

pytestmark = pytest.mark.django_db


@worlds.shared
def cast():
    return people.cast()


@pytest.fixture
def council(cast):
    return cast.council.organisation


@pytest.fixture
def as_(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def text(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return " ".join(content.decode().split())


def record(body, kind, **answers) -> None:
    version = Assurance.objects.filter(organisation=body).values_list("row_version", flat=True)
    assurance.record_fact(
        by=make.TEST, organisation=body, kind=kind, row_version=version.first() or 1, **answers
    )


def certificate(body, ends_on) -> None:
    record(
        body, "cyber-essentials", value="cyber_essentials", reference="CE-77", dated_on=today(),
        expires_on=ends_on,
    )  # fmt: skip


SOON = timedelta(days=40)


def test_the_body_and_the_office_read_the_facts_and_what_is_missing(cast, council, as_):
    certificate(council, today() + SOON)

    for who in ("off_a", "mgr_a", "adv_a", "office", "admin", "auditor"):
        page = text(as_(getattr(cast, who)).get(council.get_absolute_url()))
        assert "CE-77" in page, who
        assert "no ICO registration is recorded" in page, who
        assert "Ends soon" in page, who


def test_others_read_level_and_last_day_and_no_fact(cast, council, as_):
    certificate(council, today() + SOON)

    page = text(as_(cast.off_b).get(council.get_absolute_url()))

    assert "None</strong> until" in page
    assert words(today() + SOON) in page
    assert "CE-77" not in page
    assert "no ICO registration is recorded" not in page
    assert "The facts are for Wyrefordshire County Council" in page


def test_the_history_of_a_body_tells_no_fact_to_others(cast, council, as_):
    certificate(council, today() + SOON)
    address = f"/bodies/{council.pk}/history/"

    assert "Assurance fact recorded" in text(as_(cast.off_a).get(address))
    for who in ("office", "admin", "auditor"):
        assert "Assurance fact recorded" in text(as_(getattr(cast, who)).get(address)), who
    others = text(as_(cast.off_b).get(address))
    assert "Assurance fact recorded" not in others
    assert "CE-77" not in others


def test_only_those_who_keep_the_body_are_offered_its_forms(cast, council, as_):
    address = f"/bodies/{council.pk}/assurance/retention/"
    for who, status in (("off_a", 200), ("office", 200), ("off_b", 403), ("mgr_a", 403),
                        ("auditor", 403), ("outsider", 404)):  # fmt: skip
        assert as_(getattr(cast, who)).get(address).status_code == status, who
    refused = as_(cast.off_b).post(address, {"reference": "Mine", "row_version": 1})
    assert refused.status_code == 403
    assert "Only officers of Wyrefordshire County Council" in text(refused)


def test_an_officer_records_a_fact_on_a_short_page(cast, council, as_):
    address = f"/bodies/{council.pk}/assurance/cyber-essentials/"
    client = as_(cast.off_a)
    shown = text(client.get(address))
    assert "Certificate number" in shown
    assert "Share of staff" not in shown

    answer = client.post(
        address,
        {"row_version": 1, "value": "cyber_essentials_plus", "reference": "CE-9",
         "dated_on": words(today()), "expires_on": words(add_months(today(), 12)), "words": ""},
    )  # fmt: skip

    assert answer.status_code == 302
    assert answer["Location"] == f"/bodies/{council.pk}/#assurance"
    fact = AssuranceFact.objects.get(organisation=council)
    assert (fact.value, fact.expires_on) == ("cyber_essentials_plus", add_months(today(), 12))


def test_what_is_missing_comes_back_on_the_form_with_what_was_typed(cast, council, as_):
    answer = as_(cast.off_a).post(
        f"/bodies/{council.pk}/assurance/cyber-essentials/",
        {"row_version": 1, "value": "cyber_essentials", "reference": "CE-9"},
    )

    assert answer.status_code == 422
    assert "Enter an answer to “Certificate ends”." in text(answer)
    assert 'value="CE-9"' in text(answer)


def test_a_share_of_more_than_all_is_refused_in_words(cast, council, as_):
    answer = as_(cast.off_a).post(
        f"/bodies/{council.pk}/assurance/training/",
        {"row_version": 1, "value": "share", "percent": "120", "dated_on": words(today())},
    )

    assert answer.status_code == 422
    assert "Enter a share of staff as a whole number from 0 to 100." in text(answer)


def test_two_officers_see_both_texts(cast, council, as_):
    record(council, "retention", reference="Schedule of the other")

    answer = as_(cast.off_a).post(
        f"/bodies/{council.pk}/assurance/retention/", {"row_version": 1, "reference": "Mine"}
    )

    assert answer.status_code == 409
    assert "Schedule of the other" in text(answer)
    assert "Mine" in text(answer)


def test_an_earlier_fact_stays_readable_beside_its_successor(cast, council, as_):
    record(council, "retention", reference="Schedule 1")
    record(council, "retention", reference="Schedule 2")

    page = text(as_(cast.off_a).get(f"/bodies/{council.pk}/assurance/retention/"))

    assert "Schedule 1" in page
    assert 'value="Schedule 2"' in page


def test_an_unknown_fact_is_no_page(cast, council, as_):
    assert as_(cast.office).get(f"/bodies/{council.pk}/assurance/gossip/").status_code == 404


def test_confirming_is_one_act(cast, council, as_):
    record(council, "retention", reference="Schedule 1")
    version = Assurance.objects.get(organisation=council).row_version

    answer = as_(cast.off_a).post(
        f"/bodies/{council.pk}/confirm-assurance/", {"row_version": version}
    )

    assert answer.status_code == 302
    assert Assurance.objects.get(organisation=council).confirmed_on == today()


def test_a_fact_is_ended_with_its_reason(cast, council, as_):
    record(council, "retention", reference="Schedule 1")
    version = Assurance.objects.get(organisation=council).row_version

    answer = as_(cast.off_a).post(
        f"/bodies/{council.pk}/assurance/retention/end/", {"row_version": version, "reason": "Old"}
    )

    assert answer.status_code == 302
    assert not AssuranceFact.objects.standing().exists()


def test_the_list_shows_the_first_to_end_first_and_why_only_to_those_who_may_read(
    cast, council, as_
):
    certificate(council, today() + SOON)
    certificate(cast.police.organisation, today() + timedelta(days=20))

    page = text(as_(cast.off_b).get("/bodies/assurance/"))

    assert page.index("Wyrefordshire Police</a>") < page.index("Wyrefordshire County Council</a>")
    assert page.count("no ICO registration is recorded") == 1
    assert text(as_(cast.office).get("/bodies/assurance/")).count("no ICO registration") == 2
    assert "Wyrefordshire" not in text(as_(cast.outsider).get("/bodies/assurance/"))


@pytest.mark.parametrize(
    ("query", "council_shown", "police_shown"),
    [
        ("level=none", True, False),
        ("level=not_submitted", False, True),
        ("level=expired", False, False),
        ("before=1+January+2100", True, False),
        ("before=1+January+2020", False, False),
    ],
)
def test_the_list_is_filtered(cast, council, as_, query, council_shown, police_shown):
    certificate(council, today() + SOON)

    page = text(as_(cast.office).get(f"/bodies/assurance/?{query}"))

    assert ("Wyrefordshire County Council</a>" in page) is council_shown
    assert ("Wyrefordshire Police</a>" in page) is police_shown


def test_what_ran_out_overnight_is_listed_as_expired_before_the_job_comes(cast, council, as_):
    certificate(council, today() - timedelta(days=0))
    from_yesterday = council.assurance_level
    from_yesterday.code, from_yesterday.until = "significant", today() - timedelta(days=1)
    from_yesterday.save()

    page = text(as_(cast.office).get("/bodies/assurance/?level=expired"))

    assert "Wyrefordshire County Council</a>" in page


def test_a_filter_that_is_no_date_is_explained(cast, as_):
    answer = as_(cast.office).get("/bodies/assurance/?before=soonish&level=none")

    assert answer.status_code == 200
    assert "There is a problem" in text(answer)


def test_the_list_comes_as_a_file_with_no_more_than_the_page_says(cast, council, as_):
    certificate(council, today() + SOON)

    answer = as_(cast.off_b).get("/bodies/assurance/export/csv/")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert rows[0][:4] == ["Body", "Kind", "Level", "Until"]
    assert rows[1] == ["Wyrefordshire County Council", "", "None", str(today() + SOON), "", ""]
    assert AccessEvent.objects.filter(kind="assurance.exported.csv").count() == 1
    assert as_(cast.office).get("/bodies/assurance/export/xlsx/").status_code == 200
    assert as_(cast.office).get("/bodies/assurance/export/pdf/").status_code == 404


def test_a_unit_and_an_arrangement_say_whose_assurance_they_take(cast, council, as_):
    certificate(council, today() + SOON)
    unit = make.organisation("Youth Service", legal_status="unit", unit_of=council)
    make.member(cast.partnership, unit)

    page = text(as_(cast.office).get(unit.get_absolute_url()))

    assert "of which it is a unit" in page
    assert f"/bodies/{unit.pk}/assurance/" not in page


def test_the_list_costs_the_same_however_many_bodies(cast, as_):
    client = as_(cast.office)
    client.get("/bodies/assurance/")  # the wordings are read once a minute
    few = _statements(client)
    for _ in range(8):
        record(make.member(cast.partnership).organisation, "retention", reference="One")
    levels.refresh_all()

    assert _statements(client) == few


def _statements(client) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/bodies/assurance/").status_code == 200
    return len(seen)
