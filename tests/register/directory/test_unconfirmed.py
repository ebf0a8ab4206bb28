"""The queue of unconfirmed bodies: suggestions, previews, many at once; what a merger is said to touch."""

import pytest
from django.urls import reverse

from register.directory.models import Organisation
from register.directory.referring import refers_to
from register.directory.services import merging
from register.directory.services import organisations as services
from register.ledger.models import Entry
from tests import make, people, worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"
QUEUE = "directory:unconfirmed"


@worlds.shared
def cast():
    made = people.cast()
    names = ["Wyrefordshire C.C.", "Wyrefordshire Polise", "Sailors' Rest"]
    services.add_unconfirmed(by=TEST, names=names, came_from="old.xlsx")
    return made


@pytest.fixture
def office(client, cast):
    client.force_login(cast.office, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def found(name: str) -> Organisation:
    return Organisation.objects.get(legal_name=name)


def ticks(*names: str) -> list[str]:
    return [f"{body.pk}:{body.row_version}" for body in map(found, names)]


def test_each_stands_with_where_it_came_from_and_its_likeliest_body_chosen(office):
    page = office.get(reverse(QUEUE)).content.decode()
    assert "<strong>3</strong> unconfirmed bodies" in page
    assert "old.xlsx" in page
    police = Organisation.objects.get(legal_name="Wyrefordshire Police")
    assert f'<option value="{police.pk}" selected>' in page
    council = Organisation.objects.get(legal_name="Wyrefordshire County Council")
    initials = page[page.index("Wyrefordshire C.C.</a>") : page.index("Wyrefordshire Polise</a>")]
    assert initials.index(f'value="{council.pk}"') < initials.index(f'value="{police.pk}"')
    assert '<option value="own" selected>' in initials  # several bodies have such initials
    own = page[page.index("Sailors") :]
    assert '<option value="own" selected>' in own


def test_ticked_bodies_are_previewed_and_nothing_is_done_before(office):
    police = Organisation.objects.get(legal_name="Wyrefordshire Police")
    lost = found("Wyrefordshire Polise")
    sent = {"body": ticks("Wyrefordshire Polise", "Sailors' Rest"), f"what-{lost.pk}": police.pk}
    page = office.post(reverse(QUEUE), sent).content.decode()
    assert "Confirm or merge 2 bodies" in page
    assert "Confirmed as a body of its own" in page
    assert "Nothing is done yet" in page
    assert Organisation.objects.unconfirmed().count() == 3


def test_many_are_settled_in_one_act_with_history_by_body(office):
    police = Organisation.objects.get(legal_name="Wyrefordshire Police")
    lost, own = found("Wyrefordshire Polise"), found("Sailors' Rest")
    sent = {"body": ticks("Wyrefordshire Polise", "Sailors' Rest"), f"what-{lost.pk}": police.pk,
            "do": "yes", "reason": "Looked at by the office."}  # fmt: skip
    page = office.post(reverse(QUEUE), sent, follow=True).content.decode()

    assert "2 bodies are confirmed or merged." in page
    lost.refresh_from_db()
    own.refresh_from_db()
    assert (lost.merged_into, own.is_confirmed) == (police, True)
    assert Entry.objects.about(lost).latest("number").verb == "organisation.merged"
    told = Entry.objects.about(own).latest("number")
    assert (told.verb, told.reason) == ("organisation.confirmed", "Looked at by the office.")


def test_what_was_changed_meanwhile_is_left_and_named_and_the_rest_is_done(office, cast):
    lost, own = found("Wyrefordshire Polise"), found("Sailors' Rest")
    sent = {"body": ticks("Wyrefordshire Polise", "Sailors' Rest"), "do": "yes"}
    services.change_organisation(
        by=TEST, organisation=lost, row_version=1, legal_name="Wyrefordshire Pollice"
    )
    page = office.post(reverse(QUEUE), sent, follow=True).content.decode()
    assert "1 body is confirmed or merged." in page
    assert "Wyrefordshire Pollice is left as it was: Somebody else changed this" in page
    own.refresh_from_db()
    assert own.is_confirmed


def test_nothing_ticked_comes_back_with_what_to_do(office):
    answer = office.post(reverse(QUEUE), {"body": ["x", "9:9", "1"]})
    assert answer.status_code == 422
    assert "Tick the bodies to confirm or to merge." in answer.content.decode()


def test_what_was_said_and_asked_for_is_still_there_when_the_queue_is_shown_again(office):
    own = found("Sailors' Rest")
    asked = f"{reverse(QUEUE)}?name=Sailors&source=old.xlsx&after=x"
    police = Organisation.objects.get(legal_name="Wyrefordshire Police")
    lost = found("Wyrefordshire Polise")
    page = office.post(reverse(QUEUE), {f"what-{lost.pk}": "own"}).content.decode()
    assert f'<option value="{police.pk}" selected>' not in page

    answer = office.post(asked, {"body": ticks("Sailors' Rest"), "do": "yes"})
    assert answer.url == f"{reverse(QUEUE)}?name=Sailors&source=old.xlsx"
    own.refresh_from_db()
    assert own.is_confirmed


def test_only_offices_settle_bodies_and_only_those_they_keep(client, cast):
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(cast.off_a, backend=backend)
    assert client.get(reverse(QUEUE)).status_code == 403
    make.member(make.partnership("Elsewhere Partnership"), found("Sailors' Rest"))
    client.force_login(cast.office, backend=backend)
    assert "Sailors" not in client.get(reverse(QUEUE)).content.decode()
    answer = client.post(reverse(QUEUE), {"body": ticks("Sailors' Rest"), "do": "yes"})
    assert answer.status_code == 422
    assert not found("Sailors' Rest").is_confirmed


def test_the_queue_costs_the_same_few_statements_however_many_wait(
    office, django_assert_max_num_queries
):
    office.get(reverse(QUEUE))
    services.add_unconfirmed(by=TEST, names=[f"Parish {n}" for n in range(60)], came_from="b.xlsx")
    with django_assert_max_num_queries(25):
        page = office.get(f"{reverse(QUEUE)}?size=100").content.decode()
    assert "Parish 59" in page


def test_a_merger_counts_only_what_its_officer_may_see_and_applies_to_all(cast):
    elsewhere = make.partnership("Elsewhere Partnership")
    council = cast.council.organisation
    theirs = make.member(elsewhere, council)
    make.agreement(elsewhere, council, title="Unseen")
    seen = {row.what: row.count for row in refers_to([council], cast.office)[council.pk]}
    every = {row.what: row.count for row in refers_to([council], TEST)[council.pk]}

    assert (seen["membership"], every["memberships"]) == (1, 2)
    assert "party" not in seen
    assert every["party"] == 1
    into = make.member(cast.partnership, "Greater Wyre Council").organisation
    merging.merge_organisations(by=cast.office, duplicate=council, into=into, row_version=1)
    assert theirs.organisation.surviving.pk in {council.pk, into.pk}
    assert Organisation.objects.get(pk=council.pk).surviving == into


def test_the_preview_says_that_more_may_be_touched(office, cast):
    council = cast.council.organisation
    page = office.get(reverse("directory:merge_organisations", args=[council.pk]))
    assert "Only what you may see is counted" in page.content.decode()
