"""Refusals are blame-free: a body's are for it and the office, others read totals that name nobody."""

from datetime import date

import pytest

from register.reports.periods.period import containing
from register.reports.periods.refusals import FEW, may_tell
from register.reports.periods.report import report_of
from register.reports.periods.scope import Scope
from register.reports.periods.tables import HIDDEN, tables_of
from tests.register.reports.periods.world import ask, drafted, refuse, send

pytestmark = pytest.mark.django_db
NOVEMBER = containing("month", date(2026, 11, 9))
PAGE = "/reports/periods/?period=this_month"


def table(user):
    report = report_of(Scope(user), NOVEMBER)
    return next(each for each in tables_of(report) if each.name == "Refusals").rows


def more(autumn):
    """Three of the council's refusals beside one of the police and one of the trust."""
    county = autumn.county
    document = drafted(county, county.council, county.police, county.trust, title="Contested")
    send(document)
    refuse(document, county.council, "ethical", times=3)


def test_the_office_reads_each_body_and_the_sum(autumn):
    county = autumn.county
    assert table(county.users["office"]) == [
        [county.trust.legal_name, 1, 0, 0, 1],
        [county.police.legal_name, 0, 0, 1, 1],
        ["All bodies", 1, 0, 1, 2],
    ]


def test_a_body_reads_its_own_and_nothing_of_so_few_others(autumn):
    county = autumn.county
    rows = table(county.users["police_officer"])
    assert rows[0] == [county.police.legal_name, 0, 0, 1, 1]
    assert rows[1][:4] == ["All other bodies", HIDDEN, HIDDEN, HIDDEN]
    assert "too few" in rows[1][4]
    assert len(rows) == 2
    page = ask(county.users["police_officer"], PAGE).content.decode()
    assert "fewer than 5 refusals" in page
    assert county.trust.legal_name not in page


def test_totals_are_told_where_they_name_nobody(autumn):
    more(autumn)
    county = autumn.county
    # The auditor belongs to no body: five refusals of three bodies, each ground of too few.
    (row,) = table(county.users["auditor"])
    assert row == ["All other bodies", HIDDEN, HIDDEN, HIDDEN, 5]
    # To the police the others are four: nothing of them is told.
    rows = table(county.users["police_officer"])
    assert rows[1][1:4] == [HIDDEN] * 3
    assert "too few" in rows[1][4]


def test_the_list_behind_holds_what_is_the_readers_to_read(autumn):
    county = autumn.county
    counts = {
        who: ask(county.users[who], "/reports/periods/refused/?period=this_month")
        .context["page"]
        .count
        for who in ("office", "police_officer", "council_officer", "auditor")
    }
    assert counts == {"office": 2, "police_officer": 1, "council_officer": 0, "auditor": 0}


@pytest.mark.parametrize(
    ("number", "bodies", "told"),
    [(0, 0, True), (FEW, 3, True), (FEW - 1, 4, False), (50, 2, False)],
)
def test_a_number_of_few_refusals_or_few_bodies_is_not_told(number, bodies, told):
    assert may_tell(number, bodies) is told


def test_what_is_left_out_cannot_be_worked_out_from_the_total(autumn):
    """Six operational refusals of three bodies, one legal: told as seven, with no ground."""
    county = autumn.county
    document = drafted(county, county.council, county.police, county.trust, title="Contested")
    send(document)
    for body in (county.council, county.police):
        refuse(document, body, "operational", times=2)
    refuse(document, county.trust, "operational")
    (row,) = table(county.users["auditor"])
    assert row == ["All other bodies", HIDDEN, HIDDEN, HIDDEN, 7]
