"""People sign on a telephone, without JavaScript: on a known device in four taps, on a new one with one field."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time

import pytest
from playwright.sync_api import Page, expect

from tests.access.pdf import PDF
from tests.journeys.conftest import ROOT, findings, sideways

PHONE = {"width": 360, "height": 640}
# Every target that somebody aims at by itself, and how high and wide it is on the page.
TARGETS = """() => [...document.querySelectorAll(
  'main button, main summary, main input:not([type=hidden]), main select, main textarea, ' +
  'main a.register-approval__way, main a.govuk-button, main nav a')]
  .filter(each => each.offsetParent !== null)
  .map(each => [each.outerHTML.slice(0, 90), each.getBoundingClientRect().height])
  .filter(([, height]) => height < 44)"""

# How many bytes a page and all that it asks for are on the wire.
LOADED = (
    """() => performance.getEntries().reduce((all, each) => all + (each.encodedBodySize || 0), 0)"""
)


@pytest.fixture(scope="session")
def asked(site) -> dict[str, str]:
    """The mailbox of who is asked in each journey, in rounds that are out for signature."""
    env = {
        **os.environ,
        "REGISTER_MODE": "demonstration",
        "DATA_DIR": str(site.data),
        "BASE_URL": site.url,
        "DJANGO_SETTINGS_MODULE": "register.settings",
    }
    command = [sys.executable, "-m", "tests.journeys.signing_rounds"]
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def phone(site, browser):
    """A browser of the size of a telephone, in which no script runs."""
    contexts = []

    def open_phone(*, scripts: bool = False, width: int = 360):
        context = browser.new_context(
            base_url=site.url, viewport={**PHONE, "width": width}, java_script_enabled=scripts,
            locale="en-GB", has_touch=True,
        )  # fmt: skip
        contexts.append(context)
        return context.new_page()

    yield open_phone
    for context in contexts:
        context.close()


def newest(site, address: str, pattern: str, *, beside: str = "") -> str:
    """What stands in the newest message to an address; waits until one has it, other than `beside`."""
    for _ in range(150):
        for message in reversed(site.mail()):
            found = re.search(pattern, message) if f"To: {address}" in message else None
            if found and found[1] != beside:
                return found[1]
        time.sleep(0.2)
    raise AssertionError(f"nothing like {pattern} was mailed to {address}")


def link(site, address: str) -> str:
    """The address of the link that was mailed last."""
    return newest(site, address, r"(/sign/l/[\w-]+/)")


def come_in(page: Page, site, address: str, *, is_own: bool = False) -> None:
    """Open the link, ask for a code, type it."""
    page.goto(link(site, address))
    page.get_by_role("button", name="Send me a code").click()
    page.locator("#id_code").fill(newest(site, address, r"Your code is (\d{6})"))
    if is_own:
        page.get_by_label("Remember this device").check()
    page.get_by_role("button", name="Go on").click()


def heading(page: Page) -> str:
    """The heading of the page."""
    return page.locator("h1").inner_text()


def sign(page: Page) -> None:
    """From the text to the signature: three taps."""
    page.get_by_role("button", name="Continue to sign").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Submit my signature").click()


def test_on_a_known_device_it_takes_four_taps_and_no_typed_field(site, asked, phone):
    page = phone()
    come_in(page, site, asked["known"], is_own=True)
    page.context.clear_cookies(name="session")
    taps = 1
    page.goto(link(site, asked["known"]))
    expect(page.locator("h1")).to_contain_text("Early help for children (known)")
    for tap in (
        page.get_by_role("button", name="Continue to sign"),
        page.get_by_role("checkbox"),
        page.get_by_role("button", name="Submit my signature"),
    ):
        assert page.locator("input:visible:not([type=checkbox]):not(details *)").count() == 0
        tap.click()
        taps += 1
    assert heading(page) == "You have signed"
    assert taps <= 4
    page.reload()
    assert heading(page) == "You have signed"
    page.go_back()
    page.go_back()
    assert newest(site, asked["known"], r"(Signed for)")


def test_on_a_new_device_it_takes_one_field_and_the_page_waits(site, asked, phone):
    page, address = phone(), asked["fresh"]
    page.goto(link(site, address))
    page.get_by_role("button", name="Send me a code").click()
    first = newest(site, address, r"Your code is (\d{6})")
    page.reload()
    page.get_by_role("button", name="Send another code").click()
    second = newest(site, address, r"Your code is (\d{6})", beside=first)
    code = page.locator("#id_code")
    assert code.get_attribute("inputmode") == "numeric"
    assert code.get_attribute("autocomplete") == "one-time-code"
    assert page.locator("main input[type=text]").count() == 1
    code.fill("000 000")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("That is not the code.")
    code.fill(f"{second[:3]} {second[3:]}")
    page.get_by_role("button", name="Go on").click()
    sign(page)
    assert heading(page) == "You have signed"
    page.goto(link(site, address))
    expect(page.locator("h1")).to_contain_text("This link does not work any more")


def test_somebody_declines_with_a_reason(site, asked, phone):
    page = phone()
    come_in(page, site, asked["decline"])
    page.get_by_role("link", name="Other options").click()
    page.get_by_role("link", name="I will not sign").click()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose why you will not sign.")
    page.get_by_label("Legal: the law does not let us").check()
    page.get_by_label("Tell us more").fill("We have no power to share this.")
    page.get_by_role("button", name="Send my answer").click()
    assert heading(page) == "You did not sign"
    assert newest(site, "officer@demo.example", r"(We have no power to share this\.)")


def test_somebody_sends_it_back_with_comments(site, asked, phone):
    page = phone()
    come_in(page, site, asked["back"])
    page.get_by_role("link", name="Send it back with comments").click()
    page.get_by_label("What should change?").fill("Clause 2 names no period.")
    page.get_by_role("button", name="Send my comments").click()
    assert heading(page) == "You sent it back"


def test_somebody_passes_it_on_and_the_colleague_signs_on_their_behalf(site, asked, phone):
    page, colleague = phone(), phone()
    come_in(page, site, asked["pass"])
    page.get_by_role("link", name="Somebody else should sign").click()
    page.get_by_label("Colleague").select_option(label="Dawn Deputy")
    page.get_by_role("button", name="Pass it on").click()
    assert heading(page) == "You passed it on"
    come_in(colleague, site, "dawn@marshe.example")
    colleague.get_by_role("button", name="Continue to sign").click()
    assert heading(colleague).startswith("You are signing on behalf of Una Pass")
    colleague.get_by_role("checkbox").check()
    colleague.get_by_role("button", name="Submit my signature").click()
    expect(colleague.locator("main")).to_contain_text("on behalf of Una Pass")


def test_somebody_signs_on_behalf_of_a_senior_officer_with_a_letter(site, asked, phone, tmp_path):
    page = phone()
    come_in(page, site, asked["behalf"])
    page.get_by_role("button", name="Continue to sign").click()
    page.get_by_text("Sign on behalf of somebody more senior").click()
    page.get_by_label("Their name").fill("Sir Ivor Gale")
    page.get_by_role("button", name="Sign on their behalf").click()
    expect(page.locator("main")).to_contain_text("I sign on behalf of Sir Ivor Gale")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Submit my signature").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Add the file that shows")
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(PDF)
    page.get_by_label("File that shows you may").set_input_files(letter)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Submit my signature").click()
    assert heading(page) == "You have signed"
    expect(page.locator("main")).to_contain_text("on behalf of Sir Ivor Gale")


def test_two_documents_are_signed_in_one_sitting(site, asked, phone):
    page = phone()
    come_in(page, site, asked["two"])
    sign(page)
    expect(page.locator("main")).to_contain_text("1 more waits for you")
    page.get_by_role("button", name="Read the next").click()
    sign(page)
    assert heading(page) == "You have signed"
    page.get_by_role("link", name="See what waits for you and what you signed").click()
    expect(page.locator("main")).to_contain_text("Nothing waits for you.")
    assert page.get_by_role("link", name="Take it back").count() == 2


def test_it_is_signed_with_the_keyboard_alone(site, asked, phone):
    page, address = phone(), asked["keys"]
    page.goto(link(site, address))
    press(page, "Send me a code")
    code = newest(site, address, r"Your code is (\d{6})")
    reach(page, "id_code")
    page.keyboard.type(code)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert re.search(r"/sign/\d+/$", page.url)
    press(page, "Continue to sign")
    reach(page, "id_confirmed")
    page.keyboard.press("Space")
    press(page, "Submit my signature")
    assert heading(page) == "You have signed"


def test_every_page_reads_well_on_a_telephone(site, asked, phone):
    page, address = phone(scripts=True, width=320), asked["looks"]
    seen = []

    def look(name: str) -> None:
        seen.append(name)
        assert not findings(page), name
        assert sideways(page) <= 0, name
        assert page.locator("h1").count() == 1, name
        assert page.evaluate(TARGETS) == [], name
        folder = os.environ.get("SHOTS")
        for width in (360, 1440) if folder else ():
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 320, "height": 640})

    page.goto(link(site, address))
    look("link")
    page.get_by_role("button", name="Send me a code").click()
    look("code")
    page.get_by_role("button", name="Go on").click()
    look("code-error")
    page.locator("#id_code").fill(newest(site, address, r"Your code is (\d{6})"))
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("main")).to_contain_text("What changed since version 1")
    look("review")
    assert page.evaluate(LOADED) < 100_000
    review = page.url
    bar = page.locator(".register-approval__bar").bounding_box()
    assert bar["y"] + bar["height"] <= 641
    for way in ("ask", "pass-on", "return", "decline"):
        page.goto(f"{review}{way}/")
        look(way)
        page.locator("main form button").first.click()
        look(f"{way}-error")
    page.goto(f"{review}confirm/")
    look("confirm")
    page.get_by_role("button", name="Submit my signature").click()
    look("confirm-error")
    page.goto(f"{review}confirm/?senior=Sir Ivor Gale")
    look("confirm-behalf")
    page.goto("/sign/")
    look("tray")
    page.goto("/sign/delegate/")
    look("delegate")
    page.goto(f"{review}confirm/")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Submit my signature").click()
    look("done")
    page.goto("/sign/")
    page.get_by_role("link", name="Take it back").first.click()
    look("take-back")
    page.goto("/sign/l/nothing-of-the-kind/")
    look("dead")
    page.get_by_role("button", name="Send me a new link").click()
    look("on-its-way")
    page.context.clear_cookies()
    page.goto("/sign/")
    look("nobody")
    page.goto("/sign/lost/")
    look("lost")
    assert len(seen) == len(set(seen))


def reach(page: Page, name: str) -> None:
    """Go by the tabulator to what has a name or an id."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "document.activeElement.id || document.activeElement.textContent.trim()"
        )
        if name in here and len(here) < 60:
            return
    raise AssertionError(f"the tabulator does not come to {name}")


def press(page: Page, name: str) -> None:
    """Go to a button by the tabulator and press it."""
    reach(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
