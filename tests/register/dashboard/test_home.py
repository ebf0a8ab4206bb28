"""Home shows what needs somebody, and nothing that is empty."""

from datetime import timedelta

from register.core.dates import now, today
from register.documents.lifecycle import State
from register.notices.models import Notice
from tests import make_documents


def headings(response) -> list[str]:
    return [part.heading for part in response.context["parts"]]


def test_with_nothing_to_do_home_says_so_and_names_the_next_review(people, ask, fill):
    fill(people.partnership, 1, review_on=today() + timedelta(days=300))

    page = ask(people.off_a, "/").content.decode()

    assert "Nothing needs you." in page
    assert "The next review is due" in page


def test_empty_parts_are_not_shown(people, ask, fill):
    fill(people.partnership, 1, start=1, review_on=today() - timedelta(days=1))

    assert headings(ask(people.office, "/")) == ["Review overdue"]


def test_each_part_leads_into_the_filtered_list(people, ask, fill):
    fill(people.partnership, 2, start=1, review_on=today() - timedelta(days=1))
    fill(people.partnership, 3, start=10, review_on=today() + timedelta(days=20))

    for part in ask(people.office, "/").context["parts"]:
        listed = ask(people.office, part.address)
        assert listed.context["page"].count == int(part.count)


def test_those_who_are_waited_for_are_named(people, ask):
    bodies = [people.council.organisation, people.police.organisation]
    make_documents.agreement(people.partnership, *bodies, state=State.SIGNING)

    page = ask(people.office, "/").content.decode()

    assert "Waiting for" in page
    assert people.sig_a.person.name in page


def test_a_signatory_sees_what_waits_for_them(people, ask):
    bodies = [people.council.organisation, people.police.organisation]
    document = make_documents.agreement(people.partnership, *bodies, state=State.SIGNING)

    response = ask(people.sig_a, "/")

    slots = response.context["my_slots"]
    assert [slot.version.document for slot in slots] == [document]
    assert ask(people.mgr_a, "/").context["my_slots"] == []


def test_my_drafts_are_those_of_my_body(people, ask):
    bodies = [people.council.organisation, people.police.organisation]
    make_documents.agreement(people.partnership, *bodies, lead=people.council.organisation)

    assert headings(ask(people.off_a, "/")) == ["My drafts"]
    assert headings(ask(people.mgr_a, "/")) == []


def test_messages_that_were_given_up_are_shown_to_the_office_alone(people, ask):
    Notice.objects.create(
        to="gone@example.org", subject="Approve this", text="x", key="k", written_at=now(),
        due_at=now(), given_up_at=now(), tries=8,
    )  # fmt: skip

    assert "Approve this" in ask(people.office, "/").content.decode()
    assert "Approve this" not in ask(people.off_a, "/").content.decode()


def test_a_login_without_a_person_sees_an_empty_home(people, ask):
    assert "Nothing needs you." in ask(people.nobody, "/").content.decode()
