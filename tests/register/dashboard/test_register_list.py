"""The register: what each reader sees, filtered by the address, a page at a time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.core.dates import today
from register.directory.services import merging
from register.documents.lifecycle import State
from register.search.models import Row, RowBody
from tests import make, make_documents

URL = "/register/"


def test_everybody_sees_what_they_may_know_of_and_no_more(people, ask, references):
    both = [people.council.organisation, people.police.organisation]
    open_one = make_documents.agreement(people.partnership, *both, state=State.IN_FORCE)
    draft = make_documents.agreement(
        people.partnership, *both, title="Draft", lead=people.council.organisation
    )

    seen = {name: set(references(ask(user, URL))) for name, user in people.everybody.items()}

    assert (
        seen["office"] == seen["admin"] == seen["auditor"] == {open_one.reference, draft.reference}
    )
    assert seen["off_a"] == {open_one.reference, draft.reference}
    assert seen["off_b"] == seen["sig_b"] == {open_one.reference}
    assert seen["outsider"] == seen["nobody"] == set()


def test_the_list_agrees_with_the_documents_that_are_visible(people, ask, references):
    bodies = [people.council.organisation, people.police.organisation]
    for state in (State.DRAFT, State.CONSULTATION, State.SIGNING, State.IN_FORCE, State.ENDED):
        make_documents.agreement(people.partnership, *bodies, state=state)
    visible = type(make_documents.agreement(people.partnership, *bodies)).objects.visible_to

    for user in people.everybody.values():
        known = set(visible(make.fresh(user)).values_list("reference", flat=True))
        assert set(references(ask(user, URL))) == known


def test_nobody_reads_the_register_without_signing_in(db, ask):
    assert ask(None, URL).status_code == 302


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tier=1", {"a"}),
        ("tier=1&tier=3", {"a", "c", "d", "e", "f", "g"}),
        ("status=in_force", {"a", "b", "c", "g"}),
        ("status=draft&status=suspended", {"d", "e"}),
        ("status=overdue", {"c"}),
        ("review=overdue", {"c"}),
        ("review=30", {"b"}),
        ("review=90", {"b", "g"}),
        ("review=none", {"a", "e"}),
        ("status=part_signed", {"f"}),
        ("status=in_force&review=90", {"b", "g"}),
        ("outside=on", {"b"}),
        ("unconfirmed=on", {"c"}),
        ("archived=on", {"h"}),
        ("kind=sharing", {"e"}),
    ],
)
def test_each_filter_shows_its_entries_alone(people, ask, references, fill, query, expected):
    day = today()
    for place, (name, facts) in enumerate(
        {
            "a": {"tier": 1},
            "b": {"tier": 2, "review_on": day + timedelta(days=30), "is_outside": True},
            "c": {"review_on": day - timedelta(days=1), "is_unconfirmed": True},
            "d": {"state": "draft", "status": "draft"},
            "e": {"status": "suspended", "kind": "sharing"},
            "f": {"state": "signing", "status": "signing", "signed": 1, "slots": 3},
            "g": {"review_on": day + timedelta(days=90)},
            "h": {"is_archived": True, "status": "ended", "state": "ended"},
        }.items()
    ):
        fill(people.partnership, 1, start=500 + place, reference=name, **facts)

    response = ask(people.office, f"{URL}?{query}")

    assert set(references(response)) == expected
    assert len(response.context["chips"]) == query.count("=")


def test_a_body_is_found_under_every_record_that_was_merged_into_it(people, ask, references, fill):
    old = make.organisation("Wyrefordshire Constabulary")
    fill(people.partnership, 1, start=1, bodies=[people.police])
    fill(people.partnership, 1, start=2)
    RowBody.objects.create(row_id=2, organisation_id=old.pk)
    merging.merge_organisations(
        by=make.TEST,
        duplicate=old,
        into=people.police.organisation,
        row_version=old.row_version,
        reason="Twice.",
    )

    for asked in (people.police.organisation, old):
        shown = ask(people.office, f"{URL}?body={asked.pk}")
        assert {row.pk for row in shown.context["rows"]} == {1, 2}


def test_a_chip_takes_one_filter_off_and_keeps_the_others(people, ask):
    response = ask(people.office, f"{URL}?tier=1&tier=3&status=draft&size=50&after=x")

    queries = {chip.words: chip.query for chip in response.context["chips"]}
    assert queries["Charter"] == "tier=3&status=draft&size=50"
    assert queries["Draft"] == "tier=1&tier=3&size=50"


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "tier=%00", "status=__class__", "sort=__class__", "sort=password", "sort=-",
        "size=0100999999", "size=%C2%B2", "size=-1", "size=1e30", "after=x", "before=%ED%A0%80",
        "at=first", "community=9223372036854775808", "body=-1", "owner=1.5", "review=2026-02-30",
        "kind=%27%22", "tier=1&tier=x", "page=1e30", "after=" + "a" * 10_000, "mine=%FF",
        "body=1&body=2&body=x", "status=" + "x" * 10_000,
    ],
)  # fmt: skip
def test_hostile_addresses_show_the_list(people, ask, fill, query):
    fill(people.partnership, 3)

    response = ask(people.office, f"{URL}?{query}")

    assert response.status_code == 200
    assert len(response.context["page"].rows) <= 100


@pytest.mark.parametrize(
    "sort", ["reference", "title", "-title", "tier", "status", "review", "-owner"]
)
def test_pages_follow_each_other_without_gap_or_double(people, ask, references, fill, sort):
    for place in range(70):
        facts = {"title": f"T{place % 7}", "owner_name": f"O{place % 3}", "tier": place % 3 + 1}
        if place % 5:
            facts["review_on"] = today() + timedelta(days=place % 11)
        fill(people.partnership, 1, start=place + 1, **facts)

    pages, query = [], f"sort={sort}"
    while True:
        response = ask(people.office, f"{URL}?{query}")
        pages.append(references(response))
        page = response.context["page"]
        if page.is_last:
            break
        query = f"sort={sort}&after={page.after}"
    last = ask(people.office, f"{URL}?sort={sort}&at=last")
    before = ask(people.office, f"{URL}?sort={sort}&before={last.context['page'].before}")

    everything = [reference for page in pages for reference in page]
    assert [len(page) for page in pages] == [25, 25, 20]
    assert len(set(everything)) == 70
    assert references(last) == everything[-25:]
    assert references(before) == everything[-50:-25]


def test_columns_sort_both_ways(people, ask, references, fill):
    for place, title in enumerate(["Beta", "Gamma", "Alpha"]):
        fill(people.partnership, 1, start=place + 1, title=title, owner_name=title[::-1])

    up, down = (ask(people.office, f"{URL}?sort={sort}") for sort in ("title", "-title"))

    assert [row.title for row in up.context["rows"]] == ["Alpha", "Beta", "Gamma"]
    assert [row.title for row in down.context["rows"]] == ["Gamma", "Beta", "Alpha"]
    assert "sorted by title, downwards" in down.content.decode()
    assert 'aria-sort="descending"' in down.content.decode()
    assert "sorted by owner" in ask(people.office, f"{URL}?sort=owner").content.decode()


@pytest.mark.parametrize("size", [25, 50, 100])
def test_pages_have_the_size_that_is_asked_for(people, ask, references, fill, size):
    fill(people.partnership, 120)

    assert len(references(ask(people.office, f"{URL}?size={size}"))) == size


def test_counts_are_words_and_announced(people, ask, fill):
    fill(people.partnership, 1)
    one = ask(people.office, URL).content.decode()
    fill(people.partnership, 42)
    many = ask(people.office, URL).content.decode()

    assert "<strong>1 entry</strong>" in one
    assert "<strong>42 entries</strong>" in many
    assert 'role="status"' in many


def test_htmx_gets_the_results_alone_and_the_back_button_the_whole_page(people, ask, fill):
    fill(people.partnership, 1)

    part = ask(people.office, URL, headers={"HX-Request": "true"}).content.decode()
    back = ask(
        people.office,
        URL,
        headers={"HX-Request": "true", "HX-History-Restore-Request": "true"},
    ).content.decode()

    assert "1 entry" in part
    assert "<html" not in part
    assert "<html" in back


def test_the_numbers_at_the_head_are_fetched_by_themselves(people, ask, fill):
    fill(people.partnership, 3, start=1)
    fill(people.partnership, 2, start=10, state="signing", status="signing")
    fill(people.partnership, 1, start=20, review_on=today() - timedelta(days=1))

    page = ask(people.office, URL).content.decode()
    part = ask(
        people.office, URL, headers={"HX-Request": "true", "HX-Target": "numbers"}
    ).content.decode()

    assert 'hx-trigger="load"' in page
    assert "?status=signing" in page
    assert "<html" not in part
    for number, words in ((4, "in force"), (2, "waiting for signatures"), (1, "review overdue")):
        assert f"<strong>{number}</strong> {words}" in part


def test_titles_are_shown_as_they_are_and_never_obeyed(people, ask, fill):
    fill(people.partnership, 1, title="<script>alert(1)</script>{{ 7 }}")

    page = ask(people.office, URL).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 }}" in page


def statements(ask, user, path: str) -> int:
    ask(user, path)
    with CaptureQueriesContext(connection) as found:
        assert ask(user, path).status_code == 200
    return len(found)


@pytest.mark.parametrize("path", [URL, f"{URL}?status=in_force&size=100", "/", "/search/?q=police"])
def test_statements_are_the_same_for_one_entry_and_for_many_and_for_every_officer(
    people, ask, fill, path
):
    twenty = [make.member(people.partnership) for _ in range(20)]
    of_twenty = make.officer("body_officer", twenty[0], "Twenty")
    for membership in twenty[1:]:
        make.logins.invite(
            by=make.TEST, email="twenty@test.example", name="Twenty", role="body_officer",
            membership=membership, person=of_twenty.person, starts_on=make.since(),
        )  # fmt: skip
    officers = [people.office, people.off_a, of_twenty]
    for user in officers:
        ask(user, path)  # somebody who never came before is told of no changes
    fill(people.partnership, 1, start=1)
    with_one = [statements(ask, user, path) for user in officers]
    fill(people.partnership, 120, start=1000, bodies=[people.council, *twenty])
    fill(
        people.partnership, 60, start=2000, open_to_partners=False, bodies=[people.council, *twenty]
    )
    with_many = [statements(ask, user, path) for user in officers]

    assert with_one == with_many
    assert Row.objects.count() == 181
