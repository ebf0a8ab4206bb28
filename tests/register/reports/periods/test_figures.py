"""The figures of a period: what counts, on which London day, for whom, and the lists behind."""

from datetime import date

import pytest

from register.documents.services import drafting
from register.reports.periods.overdue import overdue
from register.reports.periods.period import Period, containing
from register.reports.periods.report import report_of
from register.reports.periods.scope import Scope
from register.reviews import services as reviews
from tests.make_documents import TEST
from tests.register.reports.periods.world import again, ask, at, change, send, sign

pytestmark = pytest.mark.django_db
OCTOBER = containing("month", date(2026, 10, 9))
NOVEMBER = containing("month", date(2026, 11, 9))


def numbers(user, period):
    report = report_of(Scope(user), period)
    found = {shown.figure.code: shown.now for shown in report.figures}
    return found | {"overdue": report.overdue}


def test_each_change_counts_on_the_london_day_on_which_it_was_recorded(autumn):
    office = autumn.county.users["office"]
    october, november = numbers(office, OCTOBER), numbers(office, NOVEMBER)
    assert october == {
        "added": 3, "signed": 4, "renewed": 0, "superseded": 0, "ended": 0, "overdue": 2
    }  # fmt: skip
    assert november == {
        "added": 1, "signed": 1, "renewed": 0, "superseded": 1, "ended": 1, "overdue": 2
    }  # fmt: skip
    september = numbers(office, containing("month", date(2026, 9, 1)))
    assert september["added"] == 1, "half past midnight in summer time is the next day"
    minute_before = Period("days", date(2026, 10, 31), date(2026, 10, 31))
    assert numbers(office, minute_before)["signed"] == 1


def test_what_was_overdue_is_told_as_it_stood_then(autumn):
    scope = Scope(autumn.county.users["office"])
    then = {d.reference: d.review_then for d in overdue(scope, OCTOBER)}
    assert then == {
        autumn.first.reference: date(2026, 10, 20), autumn.secret.reference: date(2026, 10, 20),
    }  # fmt: skip
    now = {d.reference for d in overdue(scope, NOVEMBER)}
    assert now == {autumn.second.reference, autumn.secret.reference}
    with at(12, 20):
        change(autumn.second, review_on=date(2027, 12, 1))
        assert {d.reference for d in overdue(scope, NOVEMBER)} == now
        assert {d.reference for d in overdue(scope, OCTOBER)} == set(then)
        december = overdue(scope, containing("month", date(2026, 12, 1)))
        assert {d.reference for d in december} == {autumn.secret.reference}


def test_a_day_is_overdue_from_the_day_after_it(autumn):
    scope = Scope(autumn.county.users["office"])
    for day, count in ((20, 0), (21, 2)):
        assert (
            overdue(scope, Period("days", date(2026, 10, 1), date(2026, 10, day))).count() == count
        )
    for day, count in ((15, 1), (16, 2)):
        with at(11, day):
            assert overdue(scope, NOVEMBER).count() == count


def test_restricted_entries_leave_no_trace_for_who_may_not_see_them(autumn):
    officer = autumn.county.users["police_officer"]
    assert numbers(officer, OCTOBER) == {
        "added": 2, "signed": 3, "renewed": 0, "superseded": 0, "ended": 0, "overdue": 1
    }  # fmt: skip
    for figure in ("added", "signed", "overdue"):
        page = ask(officer, f"/reports/periods/{figure}/?period=last_month")
        assert autumn.secret.reference not in page.content.decode()
        told = ask(autumn.county.users["office"], f"/reports/periods/{figure}/?period=last_month")
        assert autumn.secret.reference in told.content.decode()


def test_each_number_leads_to_a_list_of_as_many_and_the_file_holds_it(autumn):
    for who in ("office", "police_officer"):
        user = autumn.county.users[who]
        page = ask(user, "/reports/periods/?period=this_month")
        cards = [*page.context["cards"], page.context["overdue_card"]]
        behind = [(n, address) for card in cards for _, n, address in card["rows"]]
        for month, to_review, ends in page.context["due_rows"]:
            behind += [(month.reviews, to_review), (month.ends, ends)]
        assert any(n for n, _ in behind)
        for n, address in behind:
            listed = ask(user, address)
            assert listed.context["page"].count == n == len(listed.context["lines"]), address
    name, _, asked = behind[0][1].partition("?")
    file = ask(user, f"{name}export/csv/?{asked}")
    lines = b"".join(file.streaming_content).decode().splitlines()
    assert len(lines) == behind[0][0] + 1


def test_a_renewal_counts_once_on_its_day_and_a_new_version_does_not(autumn):
    office, second = autumn.county.users["office"], autumn.second
    with at(11, 20, 23, 59):
        reviews.renew_unchanged(
            by=TEST, document=second, row_version=again(second).row_version,
            next_on=date(2027, 11, 15),
        )  # fmt: skip
    with at(11, 21, 9):
        drafting.revise(by=TEST, document=again(autumn.first), changes="A new version.")
        send(autumn.first)
        for body in (autumn.county.council, autumn.county.police):
            sign(autumn.first, body)
    found = numbers(office, NOVEMBER)
    assert (found["renewed"], found["signed"], found["superseded"]) == (1, 2, 2)
    assert found["overdue"] == 1, "its next review lies ahead"
    assert numbers(office, OCTOBER)["renewed"] == 0
    day = Period("days", date(2026, 11, 20), date(2026, 11, 20))
    assert numbers(office, day)["renewed"] == 1
    assert numbers(autumn.county.users["police_officer"], NOVEMBER)["renewed"] == 1
    listed = ask(office, "/reports/periods/renewed/?period=this_month")
    [line] = listed.context["lines"]
    assert (line.reference, line.day) == (second.reference, date(2026, 11, 20))
    assert line.note == "Next review 15 November 2027"


def test_a_renewal_of_a_restricted_entry_is_counted_for_nobody_else(autumn):
    with at(11, 20):
        reviews.renew_unchanged(
            by=TEST, document=autumn.secret, row_version=again(autumn.secret).row_version,
            next_on=date(2027, 11, 20),
        )  # fmt: skip
    county = autumn.county
    for who, count in (("office", 1), ("police_officer", 0)):
        assert numbers(county.users[who], NOVEMBER)["renewed"] == count
        page = ask(county.users[who], "/reports/periods/renewed/?period=this_month")
        assert page.context["page"].count == count
        assert (autumn.secret.reference in page.content.decode()) is bool(count)


def test_what_falls_due_stands_in_its_month(autumn):
    report = report_of(Scope(autumn.county.users["office"]), NOVEMBER)
    months = {m.period.words: m.reviews for m in report.due.months}
    assert report.due.overdue == 2
    assert months["March 2027"] >= 1
    assert len(months) == 12
    with at(11, 10, 9):
        before = report_of(Scope(autumn.county.users["office"]), NOVEMBER)
        assert {m.period.words: m.reviews for m in before.due.months}["November 2026"] == 1
