"""An officer's list: filter, change a row and come back to it, save a view, change many at once, by keys too."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import findings, sideways

FILTERED = "/register/?tier=3&sort=-reference&size=25"


def test_a_row_is_changed_and_the_officer_is_back_at_the_filter_and_the_row(open_as):
    page = open_as("officer", FILTERED)
    page.get_by_role("link", name="Change WY-A-0005").click()
    page.get_by_label("Tags").fill("Carers")
    page.get_by_role("button", name="Save", exact=True).click()

    assert page.url.endswith(f"{FILTERED}#row-WY-A-0005")
    expect(page.locator("tr:target")).to_contain_text("WY-A-0005")
    page.get_by_role("link", name="Change WY-A-0005").click()
    page.get_by_role("link", name="Cancel").click()
    assert page.url.endswith(f"{FILTERED}#row-WY-A-0005")


def test_a_view_is_two_clicks_and_one_field(open_as):
    page = open_as("officer", "/register/?view=all")
    page.get_by_label("Charter", exact=True).check()
    expect(page.get_by_role("link", name="Save as a view")).to_be_visible()

    page.get_by_role("link", name="Save as a view").click()
    page.get_by_label("Name of the view").fill("Our charters")
    page.get_by_role("button", name="Save view").click()

    tab = page.get_by_role("navigation", name="Views").get_by_role("link", name="Our charters")
    expect(tab).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("status")).to_contain_text("1 entry")
    page.get_by_label("Protocol", exact=True).check()
    expect(tab).to_contain_text("(changed)")
    expect(page.get_by_role("link", name="Save the change to Our charters")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_ticked_entries_are_changed_together_with_and_without_scripts(open_as, scripts):
    page = open_as("officer", "/register/?status=in_force", scripts=scripts)
    boxes = page.locator("input[name=ref]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_label("What to do with them").select_option("tags")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Tags to add").fill(f"together {scripts}")
    page.get_by_role("button", name="Show what will change").click()
    expect(page.get_by_text("2 entries.")).to_be_visible()
    assert not scripts or findings(page) == []
    page.get_by_role("button", name="Change the tags of 2 entries").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("2 entries: tags changed")
    assert not scripts or findings(page) == []
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 entries: tags changed")
    page.get_by_role("link", name="Back to the list").first.click()
    assert page.url.endswith("/register/?status=in_force")


@pytest.mark.parametrize("width", [1440, 360])
def test_the_pages_of_views_and_columns_are_wide_enough_and_sound(open_as, width):
    page = open_as("officer", "/register/?tier=3", width=width)
    for path in (
        "/register/?tier=3&columns=title.bodies.tags.changed",
        "/register/columns/?tier=3",
        "/register/views/",
        "/register/views/save/?tier=3",
        "/keys/",
    ):
        page.goto(path)
        assert findings(page) == [], path
        assert sideways(page) <= 0, path


def test_keys_work_until_they_are_switched_off(open_as):
    page = open_as("auditor", "/")
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url(re.compile("/register/"))
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("?e")
    expect(page.locator("#search")).to_have_value("?e")
    page.locator("h1").click()
    page.keyboard.press("?")
    page.wait_for_url(re.compile("/keys/"))
    page.get_by_role("button", name="Switch the shortcuts off").click()
    expect(page.get_by_text("The shortcuts are off for you.")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_timeout(500)
    assert page.url.endswith("/keys/")
    page.get_by_role("button", name="Switch the shortcuts on").click()
