"""Long lists a page at a time."""

from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from register.core.dates import now
from register.search.models import Row
from register.ui import listing
from register.ui.listing import page_of, page_of_list, size_of

pytestmark = pytest.mark.django_db
BY_REVIEW = ["-review_on", "reference"]


@pytest.fixture
def rows():
    made = now()
    Row.objects.bulk_create(
        Row(
            document_id=number,
            partnership_id=1,
            reference=f"WY-A-{number:04d}",
            title="A title",
            tier=3,
            tier_word="Agreement",
            state="draft",
            status="draft",
            review_on=date(2027, 1, 1) + timedelta(number % 3),
            changed_at=made,
        )
        for number in range(1, 13)
    )
    return Row.objects.all()


def _walk(rows, order, step):
    asked, seen = ({"at": "last"} if step == "before" else {}), []
    while True:
        page = page_of(rows, order=order, asked=asked, size=5)
        found = [row.reference for row in page.rows]
        seen = found + seen if step == "before" else seen + found
        mark = getattr(page, step)
        if not mark:
            return seen
        asked = {step: mark}


@pytest.mark.parametrize(
    "order", [["reference"], ["-reference"], BY_REVIEW, ["tier", "-reference"]]
)
def test_walking_either_way_shows_every_row_once_in_order(rows, order):
    whole = list(rows.order_by(*order).values_list("reference", flat=True))
    assert _walk(rows, order, "after") == whole
    assert _walk(rows, order, "before") == whole


@pytest.mark.parametrize("count", [0, 1, 5, 11, 15])
def test_a_list_that_is_read_already_is_walked_either_way(count):
    rows = list(range(count))
    for step, asked in (("after", {}), ("before", {"at": "last"})):
        seen, pages = [], 0
        while True:
            page = page_of_list(rows, asked=asked, size=5)
            seen, pages = [*seen, *page.rows], pages + 1
            asked = {step: getattr(page, step)}
            if not asked[step]:
                break
        assert sorted(seen) == rows
        assert pages == max(1, -(-count // 5))
        assert page.is_last if step == "after" else page.is_first


@pytest.mark.parametrize("mark", ["x", "-5", "9" * 30, "400"])
def test_marks_that_mean_nothing_in_a_list_show_a_page_of_it(mark):
    assert page_of_list([1, 2, 3], asked={"after": mark}, size=2).rows in ([1, 2], [3])


def test_the_last_page_ends_the_list(rows):
    page = page_of(rows, order=["reference"], asked={"at": "last"}, size=5)
    assert [row.document_id for row in page.rows] == [8, 9, 10, 11, 12]
    assert page.is_last
    assert not page.is_first


def test_a_list_that_fits_one_page_has_no_neighbours(rows):
    page = page_of(rows, order=["reference"], asked={}, size=25)
    assert (page.is_first, page.is_last, page.before, page.after) == (True, True, "", "")
    assert page.count_words == "12"


def test_a_mark_of_another_order_or_a_made_up_one_gives_the_first_page(rows):
    other = page_of(rows, order=BY_REVIEW, asked={}, size=5).after
    for mark in (other, "x" * 10_000, "\x00", "\ud800", "-1"):
        page = page_of(rows, order=["title", "reference"], asked={"after": mark}, size=5)
        assert page.is_first
        assert page.rows[0].reference == "WY-A-0001"


def test_counts_are_exact_to_a_limit_and_said_so_beyond(rows, monkeypatch):
    monkeypatch.setattr(listing, "COUNT_LIMIT", 10)
    page = page_of(rows, order=["reference"], asked={}, size=5)
    assert page.count_words == "more than 10"


@pytest.mark.parametrize(
    ("asked", "size"), [("50", 50), ("7", 25), ("1e30", 25), ("²", 25), ("", 25)]
)
def test_only_the_offered_sizes_are_taken(asked, size):
    assert size_of({"size": asked}) == size


def test_a_heading_sorts_and_keeps_the_filter():
    request = RequestFactory().get("/register/?status=draft&after=xyz&sort=title")
    made = Template(
        "{% load register_ui %}{% sort_link 'title' 'Title' 'title' %}{{ 'title'|sort_state:'title' }}"
    ).render(Context({"request": request}))
    assert "?status=draft&amp;sort=-title" in made
    assert "after" not in made
    assert made.endswith("ascending")
