"""Search: references lead to their page, words to a ranked list, and drafts stay with their readers."""

import pytest

from register.documents.lifecycle import State
from register.documents.services import content, facts
from tests import make, make_documents, worlds

URL = "/search/"


@worlds.shared
def entry(people):
    """An agreement in force between the two bodies."""
    return make_documents.agreement(
        people.partnership,
        people.council.organisation,
        people.police.organisation,
        state=State.IN_FORCE,
        title="Missing children",
    )


def hits(response) -> list[str]:
    return [row.reference for row in response.context["found"].rows]


def test_our_reference_leads_to_its_page(people, ask, entry):
    for typed in (entry.reference, entry.reference.lower(), entry.reference.replace("-", " ")):
        response = ask(people.off_a, f"{URL}?q={typed}")
        assert response.status_code == 302
        assert response["Location"] == entry.get_absolute_url()


def test_their_reference_leads_to_the_entry_too(people, ask, entry):
    facts.add_external_reference(
        by=make.TEST, document=entry, value="DARS-NIC-108067-V9K2J", whose="NHS"
    )

    for typed in ("DARS-NIC-108067-V9K2J", "DARS-NIC-108067", "dars-nic-108067-v9k2j"):
        assert ask(people.office, f"{URL}?q={typed}")["Location"] == entry.get_absolute_url()


def test_a_reference_of_an_entry_that_is_not_shown_leads_nowhere(people, ask, entry):
    response = ask(people.outsider, f"{URL}?q={entry.reference}")

    assert response.status_code == 200
    assert response.context["named"] == []
    assert hits(response) == []


def test_words_of_text_title_and_bodies_are_found_and_marked(people, ask, entry):
    for typed in ("missing", "why we share", "police"):
        response = ask(people.sig_b, f"{URL}?q={typed}")
        assert hits(response) == [entry.reference]
        assert "<mark>" in response.content.decode()


def test_a_hit_in_a_draft_shows_to_those_who_may_read_the_draft(people, ask):
    draft = make_documents.agreement(
        people.partnership,
        people.council.organisation,
        people.police.organisation,
        lead=people.council.organisation,
    )
    content.add_clause(by=make.TEST, version=draft.newest, text="<p>Quixotic zeppelin.</p>")

    for user, expected in (
        (people.office, [draft.reference]),
        (people.off_a, [draft.reference]),
        (people.off_b, []),
        (people.outsider, []),
    ):
        assert hits(ask(user, f"{URL}?q=zeppelin")) == expected


def test_what_is_typed_comes_back_escaped(people, ask):
    page = ask(people.office, f'{URL}?q="><script>alert(1)</script>').content.decode()

    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=%ED%A0%80", "q=%25", "q=_", "q=%27", "q=%5C", "q=%22", "q=(a", "q=a&page=1e30",
     "q=a&page=-1", "q=a&page=99999", "q=", "", "q=a&q=b", "page=x", "q=NEAR(a+b)", "q=-a"],
)  # fmt: skip
def test_hostile_searches_get_a_page(people, ask, entry, query):
    assert ask(people.office, f"{URL}?{query}").status_code == 200


def test_a_search_that_is_too_long_is_told_so(people, ask):
    response = ask(people.office, f"{URL}?q={'x' * 10_000}")

    assert response.status_code == 422
    assert "fewer than 300 characters" in response.content.decode()


@pytest.mark.parametrize("sign", ["%", "_", "'", "\\"])
def test_signs_find_literal_matches_only(people, ask, fill, sign):
    fill(people.partnership, 1, start=1, title=f"A {sign} sign")
    fill(people.partnership, 1, start=2, title="No such thing")

    response = ask(people.office, URL, data={"q": sign})

    assert [row.pk for row in response.context["found"].rows] == [1]
