"""What somebody puts off leaves their own work until its day, with the reason, and can be undone."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from register.core.dates import now, today
from register.ledger.acts import act
from register.worklist.models import PutOff
from register.worklist.services.putting_off import put_off, show_again
from register.worklist.work import work_of
from tests import make_documents, worlds


@worlds.shared
def draft(people):
    """A draft that the council leads."""
    bodies = [people.council.organisation, people.police.organisation]
    return make_documents.agreement(people.partnership, *bodies, lead=bodies[0])


def codes(user) -> list[str]:
    user = type(user).objects.get(pk=user.pk)  # as the next request reads it
    return [part.code for part in work_of(user).parts]


def later(days: int):
    return today() + timedelta(days=days)


def test_an_entry_that_is_put_off_leaves_my_work_and_nobody_elses(people, draft):
    assert codes(people.off_a) == ["drafts"]

    put_off(by=people.off_a, document=draft, until=later(7), reason="The council decides then")

    assert codes(people.off_a) == []
    assert PutOff.objects.get().person == people.off_a.person


def test_it_comes_back_on_its_day_by_itself(people, draft):
    put_off(by=people.off_a, document=draft, until=later(7), reason="Later")

    with time_machine.travel(now() + timedelta(days=6)):
        assert codes(people.off_a) == []
    with time_machine.travel(now() + timedelta(days=7)):
        assert codes(people.off_a) == ["drafts"]


def test_putting_off_a_body_hides_what_it_leads(people, draft):
    put_off(
        by=people.off_a, organisation=people.council.organisation, until=later(7), reason="Away"
    )

    assert codes(people.off_a) == []


def test_what_is_put_off_is_shown_with_its_reason_and_undone_with_one_press(people, draft, browser):
    client = browser(people.off_a)
    address = f"/work/put-off/entry/{draft.reference}/"
    sent = client.post(address, {"until": str(later(9)), "reason": "Waits for the vote"})
    assert sent.status_code == 302
    page = client.get("/").content.decode()
    assert "Put off by you (1)" in page
    assert "Waits for the vote" in page

    client.post(f"/work/put-off/{PutOff.objects.get().pk}/show-again/")

    page = client.get("/").content.decode()
    assert "Put off by you" not in page
    assert codes(people.off_a) == ["drafts"]


def test_what_was_put_off_and_may_be_read_no_longer_leaves_no_trace(people, draft, browser):
    put_off(by=people.off_b, organisation=people.council.organisation, until=later(9), reason="A")
    with act(by="system:test", verb="test.put_off", subject=draft):
        row = PutOff(person=people.off_b.person, document=draft, until=later(9), reason="Secret",
                     made_at=now())  # fmt: skip
        row.save()
    client = browser(people.off_b)

    for address in ("/", "/work/put-off/"):
        page = client.get(address).content.decode()
        assert people.council.organisation.called in page
        assert draft.reference not in page
        assert "Secret" not in page


def test_putting_off_twice_keeps_one_row_with_the_new_day(people, draft):
    put_off(by=people.off_a, document=draft, until=later(7), reason="One")
    put_off(by=people.off_a, document=draft, until=later(9), reason="Two")

    row = PutOff.objects.get()
    assert (row.until, row.reason, row.row_version) == (later(9), "Two", 2)


@pytest.mark.parametrize(
    ("until", "reason", "says"),
    [
        (0, "Now", "Enter a day ahead"),
        (400, "Far", "Enter a day within a year"),
        (5, " ", "Say why"),
    ],
)
def test_a_day_that_is_not_ahead_and_no_reason_are_refused(people, draft, until, reason, says):
    with pytest.raises(ValidationError, match=says):
        put_off(by=people.off_a, document=draft, until=later(until), reason=reason)


def test_nobody_puts_off_what_they_may_not_know_of(people, draft, browser):
    page = f"/work/put-off/entry/{draft.reference}/"

    assert browser(people.outsider).get(page).status_code == 404
    with pytest.raises(ValidationError, match="You may not know of this"):
        put_off(by=people.outsider, document=draft, until=later(3), reason="Mine")


def test_nobody_shows_again_what_somebody_else_put_off(people, draft, browser):
    row = put_off(by=people.off_a, document=draft, until=later(3), reason="Mine")

    assert browser(people.off_b).post(f"/work/put-off/{row.pk}/show-again/").status_code == 404
    with pytest.raises(PermissionDenied, match="Somebody else put this off"):
        show_again(by=people.office, row=row)


def test_a_login_without_a_person_reads_why_it_puts_nothing_off(people, draft):
    with pytest.raises(PermissionDenied, match="not joined to a person"):
        put_off(by=people.nobody, document=draft, until=later(3), reason="Mine")
