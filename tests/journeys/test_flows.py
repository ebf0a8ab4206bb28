"""An officer enters an information flow from nothing to complete, copies it, and edits the schedule."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import findings, sideways
from tests.journeys.test_life import choose, save

DRAFT = "/register/WY-A-0015/draft/"
ITEMS = """Name; Name and identifiers; to know whom it is about
Ward notes; Health (physical and mental); to plan care at home
Carer; Family, household and relationships; to know whom to ring"""


class Faults:
    """Looks at every page on the way: axe, first headings, sideways scrolling."""

    def __init__(self, scripts: bool) -> None:
        self.found: list[str] = []
        self.scripts = scripts

    def look(self, page) -> None:
        """Note what is wrong with the page as it stands."""
        page.wait_for_load_state()
        page.locator("h1").first.wait_for()
        where = re.sub(r"[0-9a-f-]{36}", "…", page.url)
        if page.locator("h1").count() != 1:
            self.found.append(f"{where} has {page.locator('h1').count()} first headings")
        if self.scripts:
            if (more := sideways(page)) > 0:
                self.found.append(f"{where} is {more} pixels too wide")
            self.found += [f"{where}: {finding}" for finding in findings(page)]


def tick(page, name: str, *codes: str) -> None:
    for code in codes:
        page.locator(f"input[name={name}][value='{code}']").check()


def first_bodies(page) -> None:
    """Tick the first body as the giving end and the last as the taking end."""
    page.locator("input[name=providers]").first.check()
    page.locator("input[name=recipients]").last.check()


def law(page) -> None:
    tick(page, "controller_role", "separate_controller")
    tick(page, "lawful_basis", "6_1_e")
    tick(page, "article9", "9_2_h")


def fill(page, **words: str) -> None:
    for name, text in words.items():
        page.locator(f"[name={name}]").fill(text)


def what_and_who(page, faults: Faults, title: str) -> None:
    page.goto(f"{DRAFT}flows/add/")
    faults.look(page)
    fill(page, title=title, purpose="To arrange care at home.",
         necessity="Care cannot be planned without it.")  # fmt: skip
    tick(page, "identifiability", "identifiable")
    tick(page, "direction", "one_way")
    tick(page, "use_kind", "service_delivery")
    save(page)
    faults.look(page)
    first_bodies(page)
    save(page)


def people_and_data(page, faults: Faults) -> None:
    page.get_by_role("button", name="Paste several items").or_(
        page.get_by_role("link", name="Paste several items")
    ).click()
    faults.look(page)
    fill(page, pasted=ITEMS)
    save(page)
    faults.look(page)
    tick(page, "data_subjects", "service_users")
    save(page)


def both_laws(page, faults: Faults) -> None:
    faults.look(page)
    law(page)
    save(page)
    expect(page.locator("body")).to_contain_text("2 more questions follow")
    faults.look(page)
    fill(page, law_named="Care Act 2014, section 6")
    tick(page, "schedule1", "sch1_2")
    save(page)
    page.wait_for_url("**/law/recipient/")
    page.get_by_role("button", name="Same as the provider").or_(
        page.get_by_role("link", name="Same as the provider")
    ).click()
    expect(page.locator("[name=law_named]")).to_have_value("Care Act 2014, section 6")
    save(page)


def the_rest(page, faults: Faults) -> None:
    faults.look(page)
    tick(page, "cldc_basis", "implied_consent")
    tick(page, "consent_model", "not_relied_on")
    tick(page, "opt_out", "legal_requirement")
    save(page)
    faults.look(page)
    tick(page, "transfer_modes", "secure_email")
    tick(page, "controls", "encrypted_transit", "role_access")
    choose(page, "How often?", "Daily")
    tick(page, "outside_uk", "none")
    save(page)
    faults.look(page)
    fill(page, storage="The case system", access="The care team", accuracy="Checked on receipt",
         retention_trigger="the case is closed", retention_period="8 years")  # fmt: skip
    choose(page, "What happens to it at the end?", "Delete")
    tick(page, "onward", "no")
    save(page)
    expect(page.locator("body")).to_contain_text("one more question follows")
    choose(page, "How is that shown to the provider?", "Statement")
    save(page)
    faults.look(page)
    fill(
        page,
        privacy_notice="https://example.org/privacy",
        plain_purpose="So that you are cared for",
    )
    save(page)
    faults.look(page)


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_flow_from_nothing_to_complete(open_as, scripts, width):
    faults, title = Faults(scripts), f"Discharge notices {width} {scripts}"
    page = open_as("officer", f"{DRAFT}flows/", scripts=scripts, width=width)
    what_and_who(page, faults, title)
    people_and_data(page, faults)
    both_laws(page, faults)
    the_rest(page, faults)
    page.goto(f"{DRAFT}flows/")
    faults.look(page)
    row = page.locator("tr", has_text=title)
    assert "Complete" in row.inner_text()
    assert not faults.found, "\n".join(faults.found)


@pytest.mark.parametrize("width", [1440, 360])
def test_a_copy_and_the_table(open_as, width):
    faults = Faults(scripts=True)
    page = open_as("officer", f"{DRAFT}flows/add/", width=width)
    what_and_who(page, faults, f"Bed days {width}")
    page.goto(f"{DRAFT}flows/")
    page.locator("tr", has_text=f"Bed days {width}").get_by_role("button", name="Copy").click()
    assert page.locator("[name=title]").input_value() == f"Bed days {width} (copy)"
    page.goto(f"{DRAFT}flows/table/")
    faults.look(page)
    names = page.get_by_label(re.compile(r"^Name of row"))
    names.last.fill("")
    page.get_by_role("button", name="Save all flows").click()
    said = re.compile(rf"Row \d+, Bed days {width} \(copy\): Enter a name")
    expect(page.locator("body")).to_contain_text(said)
    names.last.fill(f"Bed weeks {width}")
    page.get_by_label(re.compile(r"^System of row")).last.fill("Lorenzo")
    page.get_by_role("button", name="Save all flows").click()
    page.get_by_text("1 flow is changed").wait_for()
    faults.look(page)
    assert page.get_by_role("link", name=f"Bed weeks {width}").count()
    assert not faults.found, "\n".join(faults.found)
