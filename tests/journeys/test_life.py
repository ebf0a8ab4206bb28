"""An officer takes an agreement from nothing into force and through a revision, in the browser."""

import re

import pytest
from playwright.sync_api import expect

TITLE = "Rough sleepers: outreach and health"


def save(page):
    page.locator("main form button[type=submit]").last.click()


def choose(page, label, words):
    field = page.get_by_role("combobox", name=label).first
    value = field.locator("option", has_text=words).first.get_attribute("value")
    field.select_option(value)


def start(page) -> str:
    page.goto("/register/new/3/")
    page.locator("#id_title").fill(TITLE)
    choose(page, "Kind", "Information sharing agreement")
    choose(page, "Lead body", "Halewick Borough Council")
    choose(page, "Main protocol", "Safer and Stronger")
    save(page)
    return re.search(r"/register/(WY-A-\d+)/", page.url)[1]


def draft(page, ref: str) -> None:
    page.goto(f"/register/{ref}/draft/parties/add/")
    choose(page, "Body", "Marshe Valley District Council")
    save(page)
    page.goto(f"/register/{ref}/draft/section/purpose/")
    fill_rich(page, "purpose", "To bring health care to people who sleep rough.")
    save(page)
    page.goto(f"/register/{ref}/draft/clauses/add/")
    page.locator("#id_heading").fill("What this agreement does")
    fill_rich(page, "text", "It sets out an exchange.")
    save(page)
    page.goto(f"/register/{ref}/draft/slots/")
    page.get_by_role("button", name="Add a place for each of them").click()


def fill_rich(page, name: str, words: str) -> None:
    area = page.locator(f"textarea[name={name}]")
    if area.is_visible():
        area.fill(words)
        return
    box = area.locator("xpath=ancestor::*[contains(@class,'govuk-form-group')]").locator(
        "[contenteditable=true]"
    )
    box.click()
    page.keyboard.type(words)


def send(page, ref: str) -> None:
    page.goto(f"/register/{ref}/draft/check/")
    page.get_by_role("button", name="Continue to send").click()
    page.get_by_role("button", name=re.compile("^Send to 2 signatories")).click()


def sign_all(page, ref: str) -> None:
    for person in ("Grace Mbeki", "Dora Quaye"):
        page.goto(f"/register/{ref}/")
        links = page.locator("main a[href*='/slots/']")
        addresses = list(dict.fromkeys(a.get_attribute("href") for a in links.all()))
        for address in addresses:
            page.goto(re.sub(r"(/slots/\d+/).*", r"\1sign/", address))
            field = page.get_by_label("Who signed")
            if field.count() and field.locator("option", has_text=person).count():
                choose(page, "Who signed", person)
                page.get_by_label("Date on the paper").fill(_today(page))
                save(page)
                break


def _today(page) -> str:
    return page.evaluate("new Date().toLocaleDateString('en-GB', {timeZone: 'Europe/London'})")


def state(page, ref: str) -> str:
    page.goto(f"/register/{ref}/")
    return page.locator("main .govuk-tag").first.inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_nothing_to_in_force_and_superseded(open_as, scripts):
    page = open_as("officer", "/", scripts=scripts)
    ref = start(page)
    draft(page, ref)
    send(page, ref)
    assert state(page, ref) == "Out for signature"
    expect(page.locator("body")).to_contain_text("0 of 2 signed")
    sign_all(page, ref)
    assert state(page, ref) == "In force"

    page.goto(f"/register/{ref}/revise/")
    if page.locator("main textarea").count():
        page.locator("main textarea").first.fill("Health visitors named.")
    save(page)
    page.goto(f"/register/{ref}/draft/section/purpose/")
    fill_rich(page, "purpose", "To bring health care and housing to people who sleep rough.")
    save(page)
    send(page, ref)
    assert state(page, ref) == "In force"  # version 1 governs until version 2 is signed
    page.goto(f"/register/{ref}/versions/2/")
    sign_second(page, ref)
    page.goto(f"/register/{ref}/versions/1/")
    assert "Superseded" in page.locator("main .govuk-tag").first.inner_text()
    page.goto(f"/register/{ref}/versions/2/")
    assert "In force" in page.locator("main .govuk-tag").first.inner_text()


def sign_second(page, ref: str) -> None:
    for person in ("Grace Mbeki", "Dora Quaye"):
        page.goto(f"/register/{ref}/versions/2/")
        links = page.locator("main a[href*='/slots/']")
        for address in list(dict.fromkeys(a.get_attribute("href") for a in links.all())):
            page.goto(re.sub(r"(/slots/\d+/).*", r"\1sign/", address))
            field = page.get_by_label("Who signed")
            if field.count() and field.locator("option", has_text=person).count():
                choose(page, "Who signed", person)
                page.get_by_label("Date on the paper").fill(_today(page))
                save(page)
                break


def test_the_signed_entry_is_printed_in_three_clicks(open_as):
    page = open_as("manager", "/register/WY-A-0008/")
    page.get_by_role("button", name=re.compile("^PDF")).first.click()
    page.wait_for_selector("text=Your PDF is ready", timeout=90_000)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download the PDF").click()
    assert re.fullmatch(
        r"WY-A-0008-v1-in-force-\d{4}-\d\d-\d\d\.pdf", taken.value.suggested_filename
    )


def test_a_reference_typed_goes_straight_to_its_page(open_as, site):
    page = open_as("officer", "/")
    page.keyboard.press("/")
    page.keyboard.type("wy-p-0002")
    page.keyboard.press("Enter")
    page.wait_for_url(site.url + "/register/WY-P-0002/")


def test_a_word_of_a_purpose_finds_its_agreement_with_the_word_marked(open_as):
    page = open_as("officer", "/search/?q=oxygen")
    assert page.locator("mark", has_text=re.compile("oxygen", re.IGNORECASE)).count() > 0
    assert page.get_by_role("link", name=re.compile("oxygen at home")).count() > 0
