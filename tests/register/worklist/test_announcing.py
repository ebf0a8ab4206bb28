"""What the office announces is shown to everybody of the partnership until they acknowledge it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from register.core.dates import now, today
from register.worklist.announced import not_acknowledged_by, to_acknowledge
from register.worklist.models import Acknowledgement, Announcement
from register.worklist.services.announcing import acknowledge, announce, end_announcement
from tests import worlds


@worlds.shared
def said(people) -> Announcement:
    """An announcement of the office to everybody."""
    return announce(
        by=people.office, partnership=people.partnership, title="New form",
        text="Use the new form.\n\nFrom Monday.", last_on=today() + timedelta(days=30),
    )  # fmt: skip


def test_everybody_of_the_partnership_sees_it_until_they_acknowledge_it(people, said, browser):
    client = browser(people.mgr_a)
    assert "Use the new form." in client.get("/").content.decode()

    assert client.post(f"/announcements/{said.pk}/read/").status_code == 302

    assert "Use the new form." not in client.get("/").content.decode()
    assert "Use the new form." in browser(people.sig_b).get("/").content.decode()


def test_acknowledging_twice_is_noted_once(people, said):
    acknowledge(by=people.off_a, announcement=said)
    acknowledge(by=people.off_a, announcement=said)

    assert Acknowledgement.objects.count() == 1


def test_the_office_reads_who_acknowledged_and_who_has_not(people, said, browser):
    acknowledge(by=people.off_a, announcement=said)

    page = browser(people.office).get(f"/announcements/{said.pk}/")

    assert [row.person for row in page.context["said"]] == [people.off_a.person]
    missing = not_acknowledged_by(said)
    assert people.mgr_a.person in missing
    assert people.off_a.person not in missing
    assert people.outsider.person not in missing


def test_others_do_not_read_who_acknowledged(people, said, browser):
    acknowledge(by=people.off_a, announcement=said)

    page = browser(people.off_b).get(f"/announcements/{said.pk}/")

    assert page.context["said"] == page.context["missing"] == []
    assert people.off_a.person.name not in page.content.decode()


def test_another_partnership_learns_nothing_of_it(people, said, browser):
    client = browser(people.outsider)

    assert "New form" not in client.get("/").content.decode()
    assert "New form" not in client.get("/announcements/").content.decode()
    assert client.get(f"/announcements/{said.pk}/").status_code == 404
    with pytest.raises(PermissionDenied, match="another partnership"):
        acknowledge(by=people.outsider, announcement=said)


def test_after_its_last_day_and_once_ended_it_is_shown_to_nobody(people, said):
    with time_machine.travel(now() + timedelta(days=31)):
        assert to_acknowledge(people.mgr_a) == []
    assert to_acknowledge(people.mgr_a) == [said]

    end_announcement(by=people.office, announcement=said)

    assert to_acknowledge(people.mgr_a) == []
    with pytest.raises(PermissionDenied, match="has ended"):
        acknowledge(by=people.mgr_a, announcement=said)


def test_only_the_office_announces(people, said, browser):
    assert browser(people.off_a).get("/announcements/write/").status_code == 403
    with pytest.raises(PermissionDenied, match="Only officers of the Wyrefordshire"):
        announce(by=people.off_a, partnership=people.partnership, title="x", text="y")
    with pytest.raises(PermissionDenied, match="Only officers"):
        end_announcement(by=people.admin, announcement=said)


def test_the_office_writes_one_on_its_page(people, said, browser):
    place = people.partnership.pk
    client = browser(people.office)

    wrong = client.post("/announcements/write/", {"partnership": place, "title": "", "text": "x"})
    sent = client.post("/announcements/write/", {"partnership": place, "title": "A", "text": "<b>"})

    assert wrong.status_code == 422
    assert sent.status_code == 302
    assert "&lt;b&gt;" in browser(people.off_b).get("/").content.decode()


def test_a_last_day_that_has_passed_is_refused(people, said):
    with pytest.raises(ValidationError, match="Enter today or a day ahead"):
        announce(
            by=people.office, partnership=people.partnership, title="x", text="y",
            last_on=today() - timedelta(days=1),
        )  # fmt: skip
