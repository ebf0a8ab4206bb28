"""Which entries an act is for: the ticked ones, or exactly those of the filter, and nobody else's word for it."""

import pytest

from register.core.dates import now
from register.dashboard.bulk.models import BulkTask
from register.dashboard.tokens import HOLDS_FOR, read_token, token_for
from register.documents.models import Document
from register.printing.models import PrintRequest
from tests import make_documents

URL = "/register/together/"


def test_nothing_ticked_says_what_to_do_and_leads_back(people, browse):
    answer = browse(people.office).post(URL, {"act": "archive", "back": "/register/?tier=3"})

    assert answer.status_code == 422
    assert "Select an item for this task." in answer.content.decode()
    assert 'href="/register/?tier=3"' in answer.content.decode()
    assert not BulkTask.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"act": "", "ref": "x"}, "Choose what to do with the entries."),
        ({"act": "delete", "ref": "x"}, "Choose what to do with the entries."),
        ({"act": "archive", "ref": "NO-SUCH-1"}, "Select an item for this task."),
        ({"act": "archive", "every": "made:up"}, "The list was opened too long ago."),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(people, browse, data, sentence):
    answer = browse(people.office).post(URL, data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil"]
)
def test_the_way_back_never_leaves_the_site(people, browse, back):
    answer = browse(people.office).post(URL, {"act": "archive", "back": back}).content.decode()
    assert "evil" not in answer
    assert "javascript:" not in answer


def test_all_that_match_are_those_of_the_filter_from_whatever_page(people, browse, entries, choose):
    wanted = entries(people.partnership, 42, owner=people.office.person)
    entries(people.partnership, 30, start=100)
    client = browse(people.office)
    query = f"owner={people.office.person.pk}&sort=-reference"
    first = client.get(f"/register/?{query}")
    second = client.get(f"/register/?{query}&after={first.context['page'].after}")
    assert "Select all 42 matching, on every page" in second.content.decode()

    task = choose(client, "tags", page=second)

    assert (task.count, task.listed, task.is_all) == (42, 42, True)
    assert task.keys == [row.pk for row in reversed(wanted)]


def test_a_filter_that_is_not_understood_any_more_is_never_taken_for_a_wider_one(
    people, browse, entries, choose
):
    entries(people.partnership, 30)
    gone = people.outsider.person.pk  # somebody of whom the office may not know
    token = token_for(people.office, f"owner={gone}", 3)

    answer = browse(people.office).post(URL, {"act": "tags", "every": token})

    assert answer.status_code == 422
    assert "Nothing matches the filter any more." in answer.content.decode()
    assert not BulkTask.objects.exists()


def test_one_persons_word_for_a_filter_is_worth_nothing_to_another(people, browse, settings):
    token = token_for(people.office, "", 3)
    assert read_token(people.office, token).count == 3
    assert read_token(people.off_b, token) is None
    assert read_token(people.office, token[:-1]) is None
    assert browse(people.off_b).post(URL, {"act": "export", "every": token}).status_code == 422


def test_a_word_for_a_filter_is_forgotten_after_half_a_day(people, time_machine):
    token = token_for(people.office, "", 3)
    time_machine.move_to(now() + HOLDS_FOR * 1.1)
    assert read_token(people.office, token) is None


def test_what_somebody_may_not_know_of_is_never_among_what_they_ticked(people, browse, choose):
    both = [people.council.organisation, people.police.organisation]
    secret = make_documents.agreement(people.partnership, *both, lead=people.council.organisation)
    refused = browse(people.off_b).post(URL, {"act": "owner", "ref": secret.reference})
    assert refused.status_code == 422
    assert "Select an item" in refused.content.decode()


def test_who_keeps_no_entries_is_refused_with_the_reason_and_offered_no_such_act(
    people, browse, entries
):
    row = entries(people.partnership, 1)[0]
    Document.objects.get(pk=row.pk)
    refused = browse(people.auditor).post(URL, {"act": "owner", "ref": row.reference})
    assert refused.status_code == 403
    assert "Only those who keep entries may change them." in refused.content.decode()
    page = browse(people.auditor).get("/register/").content.decode()
    assert "Change owner" not in page
    assert "Print as one pack" in page


def test_ticked_entries_are_printed_as_one_pack(people, browse):
    both = [people.council.organisation, people.police.organisation]
    refs = [make_documents.agreement(people.partnership, *both).reference for _ in range(2)]
    answer = browse(people.office).post(URL, {"only": "pack", "ref": refs, "back": "/register/"})
    made = PrintRequest.objects.get()
    assert answer.url == made.get_absolute_url()
    assert made.items.count() == 2


def test_too_many_for_a_pack_says_how_many_it_holds(people, browse, entries, choose):
    both = [people.council.organisation, people.police.organisation]
    make_documents.agreement(people.partnership, *both)
    entries(people.partnership, 60)
    client = browse(people.office)
    every = client.get("/register/?tier=3").context["every"]
    answer = client.post(URL, {"act": "pack", "every": every})
    assert answer.status_code == 422
    assert "A pack holds up to 50 entries" in answer.content.decode()


def test_ticked_entries_are_exported_in_the_columns_of_the_list(people, browse, entries, choose):
    rows = entries(people.partnership, 3)
    client = browse(people.office)
    back = "/register/?columns=owner.reference&sort=-reference"
    task = choose(client, "export", [rows[0].reference, rows[2].reference], back=back)
    assert "3 entries" not in client.get(task.get_absolute_url()).content.decode()
    answer = client.get(f"{task.get_absolute_url()}csv/?which=shown")
    text = b"".join(answer.streaming_content).decode()
    assert text.lstrip("\ufeff").splitlines() == [
        "Owner,Reference", f",{rows[2].reference}", f",{rows[0].reference}",
    ]  # fmt: skip
    assert "register-2-entries-ticked-" in answer["Content-Disposition"]
    assert browse(people.off_a).get(f"{task.get_absolute_url()}csv/").status_code == 404
