"""The officer's ten tasks, from what needs doing in the morning to a register brought in: each in its budget.

The budgets are clicks and fields as `hand.Hand` counts them; a page that grows a step too many fails here.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.hand import Hand
from tests.journeys.test_life import fill_rich

TITLE = "Young people leaving hospital: help at school"
TEXTS = {
    "purpose": {
        "purpose": "To plan lessons for young people who come home from hospital.",
        "benefit": "They keep up with their class.",
        "necessity": "The school does not know otherwise.",
    },
    "information": {
        "information": "Name, school, day of discharge, what they can do.",
        "legal_power": "Children Act 2004, section 10.",
        "method": "Secure e-mail between named mailboxes.",
    },
    "keeping": {
        "retention": "Until the end of the school year.",
        "security": "Access by role, with a second factor.",
    },
    "rights": {"rights": "Each party answers requests about what it holds."},
}
ROWS = "\n".join(f"OLD-{n},Old exchange number {n},Halewick Borough Council" for n in range(1, 6))
SHEET = f"Reference,Title,Partners\n{ROWS}\nOLD-6,,\n"


@pytest.fixture
def at(open_as):
    """Somebody's hand at a page, where a journey begins: `at("officer", "/register/")`."""

    def begin(who: str, path: str = "/", **more) -> Hand:
        return Hand(open_as(who, path, **more))

    return begin


def test_the_most_urgent_record_is_one_click_from_home(at):
    hand = at("officer")
    first = hand.page.locator(".register-work__table tbody tr").first
    reference = re.search(r"WY-[A-Z]+-\d+", first.inner_text())[0]

    hand.press_on(first.get_by_role("link").first)

    expect(hand.page.locator("main")).to_contain_text(reference)
    hand.spent(clicks=1)


def test_what_is_unsigned_among_children_with_a_trust_is_found_in_four_steps(at):
    hand = at("officer")
    hand.click("link", "Register", within=hand.page.get_by_role("navigation", name="Register"))
    hand.click("link", "Unsigned")
    hand.choose(hand.page.get_by_label("Information community"), "Children and Young People")
    hand.page.wait_for_url(re.compile("community="))
    hand.choose(hand.page.get_by_label("Body", exact=True), "Marshe Valley Schools Trust")
    hand.page.wait_for_url(re.compile("body="))

    expect(hand.page.get_by_role("status").first).to_contain_text(re.compile("entr(y|ies)"))
    assert "WY-A-0012" in hand.page.locator(".register-table--list").inner_text()
    hand.spent(clicks=2, fields=2)


def test_who_signed_is_read_on_arriving_at_the_entry(at):
    hand = at("officer", "/register/WY-A-0008/")
    expect(hand.page.locator("main")).to_contain_text("3 of 3 signed")
    signed = hand.page.locator("section", has_text="Signatures").locator("table").first
    expect(signed).to_contain_text("Sanjay Bhatt")
    hand.spent(clicks=0)


def test_a_new_agreement_is_about_twenty_fields_and_is_sent_in_three_clicks(at):
    hand = at("officer", "/register/")
    _start(hand)
    reference = re.search(r"/register/(WY-A-\d+)/", hand.page.url)[1]
    for code, texts in TEXTS.items():
        hand.page.goto(f"/register/{reference}/draft/section/{code}/")
        for name, words in texts.items():
            _write(hand, name, words)
        _save(hand)
    hand.page.goto(f"/register/{reference}/draft/slots/")
    hand.click("button", "Add a place for each of them")
    hand.page.goto(f"/register/{reference}/facts/")
    hand.type(hand.page.get_by_label("Review date"), "1 9 2028")
    _save(hand)
    hand.spent(clicks=12, fields=20)

    send = at("officer", f"/register/{reference}/")
    send.click("button", "Check and send")
    send.click("button", "Continue to send")
    if (why := send.page.get_by_label("Why it is sent with these gaps")).count():
        send.type(why, "Its flows follow.")
    send.click("button", re.compile("^Send to 2 signatories"))

    expect(send.page.locator("main .govuk-tag").first).to_have_text("Out for signature")
    send.spent(clicks=3, fields=1)


def _start(hand: Hand) -> None:
    page = hand.page
    hand.click("link", "New entry")
    hand.tick(page.get_by_label("Agreement"))
    hand.click("button", "Continue")
    hand.type(page.locator("#id_title"), TITLE)
    hand.choose(page.get_by_role("combobox", name="Kind"), "Information sharing agreement")
    hand.choose(page.get_by_role("combobox", name="Lead body"), "Halewick Borough Council")
    hand.choose(page.get_by_role("combobox", name="Main protocol"), "Safer and Stronger")
    hand.click("button", "Start the draft")
    reference = re.search(r"/register/(WY-A-\d+)/", page.url)[1]
    page.goto(f"/register/{reference}/draft/parties/add/")
    hand.choose(page.get_by_role("combobox", name="Body"), "Marshe Valley District Council")
    hand.choose(page.get_by_role("combobox", name="Role"), "Separate controller")
    _save(hand)


def _write(hand: Hand, name: str, words: str) -> None:
    hand.page.wait_for_load_state("networkidle")  # the editor has taken the field's place
    hand.typed.append(name)
    fill_rich(hand.page, name, words)


def _save(hand: Hand) -> None:
    hand.press_on(hand.page.locator("main form button[type=submit]").last, "save")


def test_last_years_agreement_is_copied_with_few_fields_and_its_clause_tells_who_changed_it(at):
    hand = at("officer", "/register/WY-A-0006/")
    page = hand.page
    hand.press_on(page.get_by_text("More to do with this entry"))
    hand.click("button", "Start a revision")
    hand.type(page.get_by_label("What is to change"), "Training is yearly now.")
    hand.click("button", "Start a revision")
    hand.click("link", "Clauses")
    hand.click("link", re.compile("^Change .*Training"))
    _write(hand, "text", "Staff who use this agreement are trained each year.")
    _save(hand)
    hand.spent(clicks=6, fields=6)
    expect(page.locator("main")).to_contain_text("trained each year")

    asked = at("officer", "/register/WY-A-0006/")
    asked.click("link", "Full history")
    line = asked.page.locator(".moj-timeline__item", has_text="trained each year").first
    expect(line).to_contain_text("Training")
    expect(line).to_contain_text("by Amina Begum")
    expect(line.locator("time")).to_be_visible()
    asked.spent(clicks=2)

    page.goto("/register/WY-A-0006/discard/")
    page.get_by_label("Reason").fill("It was tried only.")
    page.get_by_role("button", name="Discard the draft").click()


def test_a_new_agreement_is_a_copy_of_last_years_with_at_most_six_fields(at):
    hand = at("officer", "/register/WY-A-0006/")
    page = hand.page
    hand.press_on(page.get_by_text("More to do with this entry"))
    hand.click("button", re.compile("^Copy as a new"))
    expect(page.locator("#id_title")).to_have_value("")
    hand.type(page.locator("#id_title"), "Training of new staff, the coming year")
    hand.click("button", "Start the copy")
    reference = re.search(r"/register/(WY-A-\d+)/draft/", page.url)[1]
    hand.click("link", "Clauses")
    hand.click("link", re.compile("^Change .*Training"))
    _write(hand, "text", "Staff who use this agreement are trained twice a year.")
    _save(hand)
    hand.spent(clicks=6, fields=6)
    expect(page.locator("main")).to_contain_text("trained twice a year")

    page.goto(f"/register/{reference}/")
    assert reference != "WY-A-0006"
    expect(page.get_by_role("link", name=re.compile("^WY-A-0006 version"))).to_be_visible()
    page.goto(f"/register/{reference}/discard/")
    page.get_by_label("Reason").fill("It was tried only.")
    page.get_by_role("button", name="Discard the draft").click()


def test_all_who_are_late_are_chased_from_home_in_three_clicks(at):
    hand = at("officer")
    hand.click("link", "Remind several at once")
    hand.tick(hand.page.get_by_label("Tick everybody of this page"))
    hand.click("button", "Remind the ticked now")

    expect(hand.page.locator(".govuk-notification-banner").first).to_contain_text("remind")
    hand.spent(clicks=3)


def test_an_unchanged_renewal_is_two_clicks_with_its_date_filled_in(at):
    hand = at("officer", "/register/WY-A-0009/")
    page = hand.page
    hand.click("link", "Renew unchanged")
    assert page.get_by_label("Next review").input_value()
    hand.click("button", "Renew unchanged")

    expect(page.get_by_role("alert")).to_contain_text("It is renewed unchanged.")
    hand.spent(clicks=2)
    # Neither reloading what it led to nor going back renews it again.
    before = page.locator("main").inner_text().count("No change")
    page.reload()
    page.go_back()
    page.go_forward()
    page.goto("/register/WY-A-0009/")
    assert page.locator("main").inner_text().count("No change") == before


def test_a_whole_view_is_changed_together_in_four_clicks(at):
    hand = at("officer", "/register/?tier=2&status=in_force")
    page = hand.page
    shown = page.locator("input[name=ref]").count()
    hand.tick(page.get_by_label("Tick every entry of this page"))
    hand.choose(page.get_by_label("What to do with them"), "tags")
    hand.click("button", "Go on")
    hand.type(page.get_by_label("Tags to add"), "Read in autumn")
    hand.click("button", "Show what will change")
    expect(page.locator("main")).to_contain_text(f"{shown} entries.")
    hand.click("button", re.compile("^Change the tags of"))

    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{shown} entr")
    hand.spent(clicks=4, fields=2)


def test_nothing_ticked_says_what_to_do(at):
    hand = at("officer", "/register/")
    hand.click("button", "Go on")
    expect(hand.page.locator("main")).to_contain_text("Select an item for this task")


def test_an_old_register_comes_in_by_four_clicks_and_one_file(at):
    hand = at("officer", "/register/")
    page = hand.page
    hand.click("link", "Import spreadsheet")
    file = {"name": "old.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    hand.pick(page.locator("input[type=file]"), file)
    hand.click("button", "Read the spreadsheet")
    hand.click("button", "Show what would happen")
    page.get_by_text("If you confirm: 5 new").wait_for(timeout=60_000)
    hand.click("button", "Confirm the import")
    page.get_by_text("5 new, 0 changed, 0 unchanged, 1 rejected").wait_for(timeout=60_000)

    hand.spent(clicks=4, fields=1)
    page.goto("/search/?q=Old+exchange+number")
    assert page.locator("main").get_by_role("link", name=re.compile("Old exchange")).count() == 5


def test_words_typed_before_the_sign_in_ended_are_there_after_it(at):
    hand = at("officer", "/register/WY-A-0013/notes/write/")
    page = hand.page
    with page.expect_response("**/unsaved/"):
        page.locator("textarea").first.fill("They rang about the keys.")
    page.context.clear_cookies(name=re.compile("session"))
    page.get_by_role("button", name="Save").click()
    _sign_in_again(page)

    expect(page.locator("textarea").first).to_have_value("They rang about the keys.")


def test_the_very_last_words_before_the_sign_in_ended_are_back_and_then_saved_once(at):
    page = at("officer", "/register/WY-A-0013/notes/write/").page
    page.locator("textarea").first.fill("Written in the last second.")
    page.context.clear_cookies(name=re.compile("session"))
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("You were signed out before this was saved.")
    _sign_in_again(page)

    expect(page.locator("textarea").first).to_have_value("Written in the last second.")
    expect(page.locator("main")).to_contain_text("is back in the form. It is not saved yet.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Written in the last second.")
    page.goto("/register/WY-A-0013/notes/write/")
    expect(page.locator("textarea").first).to_have_value("")
    assert page.get_by_role("button", name="Put back what you typed").count() == 0


def test_without_scripts_what_was_sent_too_late_is_there_to_copy(at):
    page = at("officer", "/register/WY-A-0013/notes/write/", scripts=False).page
    page.locator("textarea").first.fill("No script keeps this.")
    page.context.clear_cookies(name=re.compile("session"))
    page.get_by_role("button", name="Save").click()

    expect(page.locator("main")).to_contain_text("Nothing was saved or changed.")
    expect(page.locator("pre").filter(has_text="No script keeps this.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in (opens in a new tab)")).to_be_visible()
    # As that page says: Back asks the server for the form, and gets the sign-in page.
    page.go_back()
    assert page.locator("textarea").count() == 0


def _sign_in_again(page) -> None:
    page.locator("input[name=login]").fill("officer@demo.example")
    page.locator("input[name=password]").fill("demonstration")
    page.get_by_role("button", name="Sign in", exact=True).click()
