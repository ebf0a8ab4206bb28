"""What a change of law touches is said before it is made, and told once it is, or once its day comes."""

from datetime import UTC, datetime, timedelta

import pytest

from register.core import ripple
from register.core.dates import pretend, today
from register.core.ripple import Touch
from register.ledger.models import Entry
from register.lists import jobs, services
from register.lists.causes import law_changes
from register.lists.models import Item
from tests import make, worlds

pytestmark = pytest.mark.django_db
SECRET = Touch("document", 2, "WYR-A-2 Hidden", "/register/WYR-A-2/", "Its flow cites it.", 3)
SEEN = Touch("document", 1, "WYR-A-1 Hub", "/register/WYR-A-1/", "Its flow cites it.", 3)
CHARTER = Touch("document", 3, "WYR-C-1 Charter", "/register/WYR-C-1/", "It names it.", 1)


@pytest.fixture
def told(monkeypatch):
    """Agreements that rest on section 115; what was told of them, in order."""
    told = []

    def find(cause):
        return [SEEN, SECRET, CHARTER] if cause.key == "legal_gateway:cda_1998_s115" else []

    def leave(touches, user):
        return [touch for touch in touches if touch != SECRET]

    monkeypatch.setitem(ripple.FINDERS, "law", [find])
    monkeypatch.setattr(ripple, "FILTERS", [leave])
    monkeypatch.setattr(
        ripple, "OPENERS", [lambda cause, found, *, by: told.append((cause, found))]
    )
    return told


@worlds.shared
def admin():
    return make.officer("administrator", make.partnership())


@pytest.fixture
def admin_client(client, admin):
    client.force_login(admin)
    return client


def row(code: str = "cda_1998_s115", list_code: str = "legal_gateway") -> Item:
    return Item.objects.get(list_code=list_code, code=code)


def tomorrow(days: int = 1):
    """Noon, so many days from now."""
    day = today() + timedelta(days=days)
    return pretend(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def test_a_rewording_is_told_to_everything_that_rests_on_the_row(told, admin):
    services.change_item(by=admin, item=row(), row_version=1, label="CDA 1998, section 115")

    [(cause, found)] = told
    assert cause.kind == "law"
    assert cause.key == "legal_gateway:cda_1998_s115"
    assert cause.says == "“CDA 1998, section 115” was changed: wording."
    assert found == [CHARTER, SEEN, SECRET]


def test_changed_facts_and_days_are_named(told, admin):
    services.change_item(
        by=admin,
        item=row(),
        row_version=1,
        in_force_until=today() + timedelta(days=30),
        facts={"power": "D"},
    )

    assert told[0][0].says.endswith("was changed: last day, facts.")


def test_a_plainer_explanation_another_place_or_the_same_again_ask_nobody(told, admin):
    services.change_item(by=admin, item=row(), row_version=1, meaning="Said more plainly.")
    services.change_item(by=admin, item=row(), row_version=2, position=5)
    services.change_item(
        by=admin, item=row(), row_version=3, label=row().label, facts={"power": "P"}
    )

    assert told == []


def test_a_list_that_is_no_law_asks_nobody(told, admin):
    item = row("post_standard", "transfer_mode")
    services.change_item(by=admin, item=item, row_version=1, label="Letter")

    assert told == []


def test_a_refused_change_tells_nobody(told, admin):
    with pytest.raises(Exception, match="not before the first day"):
        services.change_item(
            by=admin,
            item=row("pcsca_2022_s16"),
            row_version=1,
            in_force_until=datetime(2020, 1, 1).date(),
        )

    assert told == []


def test_a_day_that_comes_is_told_once(told, admin):
    services.change_item(by=admin, item=row(), row_version=1, in_force_until=today())
    told.clear()
    assert jobs.tell_turns() == 0

    with tomorrow():
        assert jobs.tell_turns() == 1
        assert jobs.tell_turns() == 0
        ended = row().in_force_until
    assert [cause.says for cause, _ in told] == [
        f"“Crime and Disorder Act 1998, section 115” ended on {ended:%-d %B %Y}."
    ]
    assert Entry.objects.filter(verb="item.day_came").count() == 1


def test_a_first_day_that_comes_is_told_also_when_the_worker_was_away_for_days(told, admin):
    first = today() + timedelta(days=3)
    services.change_item(by=admin, item=row(), row_version=1, in_force_from=first)
    told.clear()

    with tomorrow(2):
        assert jobs.tell_turns() == 0
    with tomorrow(9):
        assert jobs.tell_turns() == 1
    assert told[0][0].says.endswith(f"came into force on {first:%-d %B %Y}.")


def test_an_end_that_is_put_off_is_told_when_it_comes(told, admin):
    services.change_item(by=admin, item=row(), row_version=1, in_force_until=today())
    with tomorrow():
        jobs.tell_turns()
        until = today() + timedelta(days=5)
        services.change_item(by=admin, item=row(), row_version=2, in_force_until=until)
        told.clear()
    with tomorrow(3):
        assert jobs.tell_turns() == 0
    with tomorrow(7):
        assert jobs.tell_turns() == 1


def test_an_end_in_the_past_is_told_by_the_change_itself(told, admin):
    services.end_item(by=admin, item=row(), row_version=1)

    assert len(told) == 1
    assert jobs.tell_turns() == 0


def test_what_was_loaded_with_days_long_past_is_told_to_nobody(told):
    assert row("6_1_ea", "lawful_basis").in_force_from < today()
    assert jobs.tell_turns() == 0


def test_the_pages_show_what_is_touched_as_far_as_one_may_know(told, admin_client):
    item = row()
    page = admin_client.get(f"/lists/legal_gateway/{item.pk}/").content.decode()
    assert "2 entries rest on this row" in page
    assert "WYR-A-1 Hub" in page
    assert "Hidden" not in page
    assert page.index("WYR-C-1 Charter") < page.index("WYR-A-1 Hub")

    for address in ("change", "end"):
        form = admin_client.get(f"/lists/legal_gateway/{item.pk}/{address}/").content.decode()
        assert "This touches" in form
        assert "WYR-A-1 Hub" in form
        assert "Hidden" not in form


def test_a_row_that_is_no_law_touches_nothing_and_says_nothing_of_it(admin_client):
    item = row("post_standard", "transfer_mode")
    form = admin_client.get(f"/lists/transfer_mode/{item.pk}/change/").content.decode()

    assert "This touches" not in form


def test_the_cause_that_is_shown_before_finds_the_same_as_the_one_that_is_told(told, admin):
    before = ripple.touched(law_changes(row()))
    services.end_item(by=admin, item=row(), row_version=1)

    assert told[0][1] == before
