"""The manager's tasks: find what is in force, take the signed copy, a pack of many, and print a page."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hand import Hand

# What paper leaves folded, and every way to go that it still shows; the trail above an entry says
# where it stands in the three tiers, and stays.
FOLDED = """[...document.querySelectorAll('main details')]
    .filter(each => each.checkVisibility())
    .filter(each => ![...each.children].some(c => c.tagName !== 'SUMMARY' && c.offsetHeight > 0))
    .map(each => each.innerText)"""
WAYS = """[...document.querySelectorAll('nav:not(.govuk-breadcrumbs), button, [role=button], input, select, .register-pages')]
    .filter(each => each.checkVisibility()).map(each => each.outerHTML.slice(0, 120))"""
NOT_REPEATED = """[...document.querySelectorAll('main thead')]
    .filter(each => getComputedStyle(each).display !== 'table-header-group').length"""
WIDER = "document.documentElement.scrollWidth - window.innerWidth"
A4 = {"width": 720, "height": 1020}  # the room between margins of 2 cm, as a browser prints it


@pytest.fixture
def at(open_as):
    """A manager's hand at a page, where a journey begins."""

    def begin(path: str = "/") -> Hand:
        return Hand(open_as("manager", path))

    return begin


def test_what_is_in_force_for_my_organisation_is_found_by_one_action(at):
    hand = at()
    mine = hand.page.get_by_role("table", name="In force for my organisation")
    hand.press_on(mine.locator("tbody tr").first.get_by_role("link").first)
    expect(hand.page.locator(".register-identity")).to_contain_text("WY-A-")
    hand.spent(clicks=1)

    searched = at()
    searched.type(searched.page.get_by_role("searchbox"), "WY-A-0008")
    searched.key("Enter")
    searched.page.wait_for_url("**/register/WY-A-0008/")
    searched.spent(clicks=1, fields=1)


def test_the_signed_copy_is_one_click_from_the_entry_under_a_name_that_says_all(at):
    hand = at("/register/WY-A-0008/")
    _sealed(hand.page, "/register/WY-A-0008/signed.pdf")
    with hand.page.expect_response(_is_pdf) as copy:
        hand.click("link", "Signed copy")

    name = copy.value.headers["content-disposition"]
    assert re.search(r"WY-A-0008-v1-in-force-signed-\d{4}-\d\d-\d\d\.pdf", name)
    hand.spent(clicks=1)


def test_a_view_is_printed_as_one_pack_in_three_clicks(at):
    hand = at("/register/?tier=3&status=suspended&status=ended")
    page = hand.page
    hand.tick(page.get_by_label("Tick every entry of this page"))
    hand.click("button", "Print the ticked entries as one pack")
    page.wait_for_selector("text=Your PDF is ready", timeout=120_000)
    with page.expect_download() as taken:
        hand.click("button", "Download the PDF")

    assert taken.value.suggested_filename.endswith(".pdf")
    hand.spent(clicks=3)


def test_a_printed_list_or_entry_is_words_unfolded_under_repeated_headings_and_no_ways_to_go(at):
    hand = at("/register/?tier=3")
    for path in ("/register/?tier=3", "/register/WY-A-0008/"):
        hand.page.goto(path)
        hand.page.wait_for_load_state("networkidle")
        hand.page.emulate_media(media="print")
        hand.page.set_viewport_size(A4)
        assert hand.page.evaluate(FOLDED) == [], path
        assert hand.page.evaluate(WAYS) == [], path
        assert hand.page.evaluate(NOT_REPEATED) == 0, path
        assert hand.page.evaluate(WIDER) <= 0, path
    hand.spent(clicks=0)


def _is_pdf(answer) -> bool:
    return "pdf" in answer.headers.get("content-type", "")


def _sealed(page: Page, address: str) -> None:
    """Wait until the worker has sealed what is in force."""
    until = time.monotonic() + 120
    while page.request.get(address).status != 200 and time.monotonic() < until:
        time.sleep(0.5)
