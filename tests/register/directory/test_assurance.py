"""Recording, ending and confirming facts of assurance; whose level follows; who is told."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.core import dates, ripple
from register.core.conflicts import Conflict
from register.core.dates import add_months, today
from register.directory.assurance import assurance_of, followers_of, stored_levels
from register.directory.models import Assurance, AssuranceFact, AssuranceLevel, Organisation
from register.directory.services import assurance, memberships, merging, organisations
from register.directory.services.levels import refresh_all
from register.ledger.models import Entry
from tests import make, people, worlds

pytestmark = pytest.mark.django_db


@worlds.shared
def cast():
    return people.cast()


@pytest.fixture
def told(monkeypatch):
    """The causes that were told of, in order."""
    causes = []
    monkeypatch.setattr(
        ripple, "OPENERS", [*ripple.OPENERS, lambda cause, found, by: causes.append(cause)]
    )
    return causes


def record(body, kind, by=make.TEST, **answers) -> AssuranceFact:
    version = Assurance.objects.filter(organisation=body).values_list("row_version", flat=True)
    return assurance.record_fact(
        by=by, organisation=body, kind=kind, row_version=version.first() or 1, **answers
    )


def ends(months: int = 9):
    return add_months(today(), months)


def submit(body, *, ico=None, certificate=None) -> None:
    """Everything that is asked of a body of no kind."""
    organisations.change_organisation(
        by=make.TEST, organisation=body, row_version=fresh(body).row_version,
        privacy_notice="https://body.example/privacy",
    )  # fmt: skip
    record(body, "ico", value="registered", ico_number="ZA000101", ico_expires_on=ico or ends())
    record(body, "training", value="all", dated_on=today())
    record(
        body, "cyber-essentials", value="cyber_essentials", reference="CE-1", dated_on=today(),
        expires_on=certificate or ends(8),
    )  # fmt: skip
    record(body, "screening", value="some", words="Basic checks of who handles case files")
    record(body, "breach", value="tested", dated_on=today())
    record(body, "complaints", reference="complaints@body.example")
    record(body, "retention", reference="Retention schedule 4")


def fresh(body) -> Organisation:
    return Organisation.objects.get(pk=body.pk)


def level(body) -> str:
    return assurance_of([body.pk])[body.pk].code


def stored(body) -> str:
    return AssuranceLevel.objects.get(organisation=body).code


def at(day):
    return dates.pretend(datetime.combine(day, time(12), tzinfo=UTC))


def test_a_body_that_records_all_that_is_asked_gives_significant_assurance():
    body = make.organisation()
    assert level(body) == "not_submitted"

    submit(body)

    found = assurance_of([body.pk])[body.pk]
    assert (found.code, found.until) == ("significant", ends(8)), found.why
    assert stored(body) == "significant"
    assert stored_levels([body.pk])[body.pk].until == ends(8)


def test_a_fact_replaced_is_ended_and_stays_readable():
    body = make.organisation()
    record(body, "iso-27001", reference="IS 1", words="Whole body", expires_on=ends())

    record(body, "iso-27001", reference="IS 2", words="Whole body", expires_on=ends(24))

    rows = list(body.assurance_facts.order_by("pk"))
    assert [(row.reference, row.ended_on) for row in rows] == [("IS 1", today()), ("IS 2", None)]


def test_saving_the_same_again_writes_nothing():
    body = make.organisation()
    answers = {"reference": "IS 1", "words": "All", "expires_on": ends(), "dated_on": None}
    record(body, "iso-27001", **answers)
    entries = Entry.objects.count()

    record(body, "iso-27001", **answers)

    assert Entry.objects.count() == entries
    assert body.assurance_facts.count() == 1


def test_two_people_who_record_at_once_are_told():
    body = make.organisation()
    record(body, "retention", reference="One")

    with pytest.raises(Conflict):
        assurance.record_fact(
            by=make.TEST, organisation=body, kind="policy", row_version=1, reference="APD",
            dated_on=today(),
        )  # fmt: skip
    assert not body.assurance_facts.filter(kind="policy").exists()


def test_the_registration_stands_on_the_body_itself():
    body = make.organisation()

    record(body, "ico", value="registered", ico_number="ZA000109", ico_expires_on=ends())
    assert (fresh(body).ico_number, fresh(body).ico_expires_on) == ("ZA000109", ends())

    record(body, "ico", value="exempt", ico_number="", ico_expires_on=None, words="Members only")
    assert fresh(body).ico_number == ""


@pytest.mark.parametrize(
    ("kind", "answers", "field", "says"),
    [
        ("cyber-essentials", {"value": "cyber_essentials"}, "expires_on", "Certificate ends"),
        ("cyber-essentials", {"value": "gold"}, "value", "Choose one of the list"),
        ("ico", {"value": "exempt"}, "words", "Why it is exempt"),
        ("ico", {"value": "exempt", "words": "x", "ico_number": "Z1"}, "ico_number", "Empty this"),
        ("training", {"value": "share", "dated_on": "today"}, "percent", "Share of staff"),
        ("training", {"value": "all", "dated_on": "tomorrow"}, "dated_on", "not in the future"),
        (
            "training",
            {"value": "share", "percent": 101, "dated_on": "today"},
            "percent",
            "0 to 100",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_named_by_its_question(kind, answers, field, says):
    days = {"today": today(), "tomorrow": today() + timedelta(days=1)}
    given = {name: days.get(value, value) for name, value in answers.items()}

    with pytest.raises(ValidationError) as refused:
        record(make.organisation(), kind, **given)

    assert says in " ".join(refused.value.message_dict[field])


def test_the_bodys_own_officer_and_the_office_record_and_others_do_not(cast):
    body = cast.council.organisation
    for by in (cast.off_a, cast.office, cast.admin):
        record(body, "retention", by=by, reference=f"By {by.pk}")
    for by in (cast.off_b, cast.mgr_a, cast.auditor, cast.outsider):
        with pytest.raises(PermissionDenied, match="Only officers of"):
            record(body, "retention", by=by, reference="Mine")


def test_the_office_of_another_partnership_is_refused(cast):
    stranger = make.officer("register_officer", make.partnership("Northmere office"))

    with pytest.raises(PermissionDenied):
        record(cast.council.organisation, "retention", by=stranger, reference="Mine")


def test_an_ended_fact_lowers_the_level_and_those_who_relied_on_it_are_told(told):
    body = make.organisation("Halewick College")
    submit(body)

    assurance.end_fact(
        by=make.TEST, organisation=body, kind="cyber-essentials",
        row_version=Assurance.objects.get(organisation=body).row_version,
    )  # fmt: skip

    assert stored(body) == "limited"
    assert [(cause.key, cause.says) for cause in told] == [
        (
            f"{body.pk}:limited",
            "The assurance of Halewick College fell from significant to limited.",
        )
    ]
    assert Entry.objects.filter(verb="assurance.fell").count() == 1


def test_the_registration_is_changed_and_never_ended():
    body = make.organisation()
    record(body, "ico", value="registered", ico_number="ZA1", ico_expires_on=ends())

    with pytest.raises(ValidationError, match="not registered"):
        assurance.end_fact(by=make.TEST, organisation=body, kind="ico", row_version=2)


def test_a_level_that_rises_is_told_to_nobody(told):
    body = make.organisation()
    submit(body)

    assert told == []


def test_the_daily_job_finds_what_expired_once(told):
    body = make.organisation("Halewick College")
    submit(body, certificate=ends(2))

    with at(ends(2)):
        assert refresh_all() == 0
    with at(ends(2) + timedelta(days=1)):
        assert stored_levels([body.pk])[body.pk].code == "expired"
        assert refresh_all() == 1
        assert refresh_all() == 0

    assert [cause.key for cause in told] == [f"{body.pk}:expired"]
    assert "from significant to expired" in told[0].says


def test_the_daily_job_leaves_no_entry_where_nothing_fell():
    submit(make.organisation())
    entries = Entry.objects.count()

    refresh_all()

    assert Entry.objects.count() == entries


def test_confirming_carries_the_facts_on_for_twelve_months():
    body = make.organisation()
    submit(body, ico=ends(30), certificate=ends(30))
    with at(ends(11)):
        version = Assurance.objects.get(organisation=body).row_version
        assurance.confirm_facts(by=make.TEST, organisation=body, row_version=version)

    assert AssuranceLevel.objects.get(organisation=body).until == add_months(ends(11), 12)


def test_what_has_passed_cannot_be_confirmed():
    body = make.organisation()
    submit(body, certificate=ends(1))

    with at(ends(2)), pytest.raises(ValidationError, match="Cyber Essentials certificate ended"):
        assurance.confirm_facts(
            by=make.TEST, organisation=body,
            row_version=Assurance.objects.get(organisation=body).row_version,
        )  # fmt: skip


def test_nothing_recorded_cannot_be_confirmed():
    with pytest.raises(ValidationError, match="Record the first fact"):
        assurance.confirm_facts(by=make.TEST, organisation=make.organisation(), row_version=1)


def test_a_unit_takes_the_assurance_of_its_body_and_keeps_no_facts(told):
    body = make.organisation("Wyrefordshire County Council")
    unit = make.organisation("Youth Service", legal_status="unit", unit_of=body)
    submit(body)

    found = assurance_of([unit.pk])[unit.pk]
    assert found.code == "significant"
    assert found.why.startswith("As Wyrefordshire County Council, of which it is a unit.")
    assert stored(unit) == "significant"
    with pytest.raises(ValidationError, match="keep the facts of that body"):
        record(unit, "retention", reference="Mine")

    record(body, "training", value="none", dated_on=today())
    assert stored(unit) == "none"
    assert {cause.pk for cause in told} == {body.pk, unit.pk}


def test_an_arrangement_gives_what_its_weakest_member_gives():
    strong, weak = make.organisation("Strong Council"), make.organisation("Weak College")
    hub = make.organisation("Hub", legal_status="arrangement")
    submit(strong)
    rows = [
        organisations.add_arrangement_member(by=make.TEST, arrangement=hub, member=member)
        for member in (strong, weak)
    ]
    assert level(hub) == "not_submitted"

    record(weak, "retention", reference="One")
    found = assurance_of([hub.pk])[hub.pk]
    assert (found.code, found.why) == ("none", "None, by its weakest member, Weak College.")
    assert stored(hub) == "none"

    organisations.end_arrangement_member(by=make.TEST, row=rows[1], ends_on=today())
    with at(today() + timedelta(days=1)):
        assert level(hub) == "significant"


def test_an_arrangement_within_an_arrangement_and_a_circle_come_to_an_end():
    outer, inner = (make.organisation(name, legal_status="arrangement") for name in ("Out", "In"))
    body = make.organisation()
    submit(body)
    for arrangement, member in ((outer, inner), (inner, body), (inner, outer)):
        organisations.add_arrangement_member(by=make.TEST, arrangement=arrangement, member=member)

    assert followers_of([body.pk]) == {body.pk, inner.pk, outer.pk}
    assert set(assurance_of([outer.pk, inner.pk])) == {outer.pk, inner.pk}


def test_facts_of_a_merged_record_count_for_the_one_that_survives():
    old, new = make.organisation("Halewick Coll."), make.organisation("Halewick College")
    submit(old)

    merging.merge_organisations(
        by=make.TEST, duplicate=old, into=new, row_version=fresh(old).row_version
    )

    assert stored(new) == stored(old) == level(new) == level(old) == "significant"
    assert assurance_of([new.pk])[new.pk].until == ends(8)
    record(new, "training", value="none", dated_on=today())
    assert stored(new) == stored(old) == "none"
    with pytest.raises(ValidationError, match="merged into Halewick College"):
        record(old, "retention", reference="Mine")


def test_a_supported_body_is_judged_as_a_small_one_and_anew_when_that_ends(told):
    place = make.partnership()
    sponsor = make.member(place)
    row = make.member(place, "Marshe Carers", kind="supported", supported_by=sponsor)
    body = row.organisation
    organisations.change_organisation(
        by=make.TEST, organisation=body, row_version=body.row_version,
        privacy_notice="https://carers.example/privacy",
    )  # fmt: skip
    record(body, "ico", value="registered", ico_number="ZA1", ico_expires_on=ends())
    record(body, "training", value="share", percent=60, dated_on=today())
    record(body, "breach", value="written")
    record(body, "complaints", reference="1 High Street")
    assert stored(body) == "significant"

    memberships.change_membership(
        by=make.TEST, membership=row, row_version=row.row_version, kind="full", supported_by=None
    )

    assert stored(body) == "limited"
    assert [cause.key for cause in told if cause.kind == "assurance"] == [f"{body.pk}:limited"]


def test_many_bodies_cost_no_more_statements_than_one():
    bodies = [make.organisation() for _ in range(6)]
    for body in bodies:
        record(body, "retention", reference="One")
    few, many = (_statements(bodies[:count]) for count in (1, 6))

    assert few == many <= 8


def _statements(bodies) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assurance_of([body.pk for body in bodies])
    return len(seen)
