"""What a page of history tells to whom."""

import pytest

from register.directory.services import organisations
from register.documents.services.notes import change_note, write_note
from tests import make, people, worlds

pytestmark = pytest.mark.django_db


@worlds.shared
def cast():
    return people.cast()


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_notes_about_a_body_stay_out_of_the_history_that_others_read(cast, client):
    body = cast.council.organisation
    note = write_note(by=cast.office, organisation=body, text="They are short of staff.")
    change_note(by=cast.office, note=note, row_version=1, text="They have lost three people.")
    organisations.change_organisation(
        by=cast.office, organisation=body, row_version=1, short_name="WCC"
    )
    address = f"/bodies/{body.pk}/history/"

    for user, reads in (
        (cast.off_b, False),
        (cast.mgr_a, False),
        (cast.off_a, True),
        (cast.auditor, True),
    ):
        client.force_login(user)
        page = text(client.get(address))
        assert "Body changed" in page
        assert ("Note changed" in page) is reads
        assert ("lost three people" in page) is reads


def test_an_auditor_elsewhere_reads_no_history_of_a_person_here(cast, client):
    elsewhere = make.officer("auditor", make.partnership())
    client.force_login(elsewhere)

    assert client.get(f"/people/{cast.sig_a.person.pk}/history/").status_code == 403


def test_histories_cost_the_same_for_few_acts_and_many(cast, client, django_assert_max_num_queries):
    body = cast.council.organisation
    for number in range(20):
        organisations.change_organisation(
            by=cast.office, organisation=body, row_version=number + 1, short_name=f"C{number}"
        )
    client.force_login(cast.auditor)

    with django_assert_max_num_queries(30):
        page = text(client.get(f"/bodies/{body.pk}/history/"))
    assert "C18" in page
