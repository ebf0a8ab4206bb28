"""Everybody of the demonstration gets in, by password or by an e-mailed code, and strangers do not."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import findings

PEOPLE = ("administrator", "officer", "signatory", "manager", "auditor")


@pytest.mark.parametrize("who", PEOPLE)
def test_each_demonstration_account_signs_in(open_as, who):
    page = open_as(who, "/")
    assert page.locator("h1").inner_text() == "Home"
    assert not findings(page)


def test_the_sign_in_page_names_the_accounts_and_has_no_findings(open_as):
    page = open_as("", "/accounts/login/")
    expect(page.locator("body")).to_contain_text("officer@demo.example")
    assert not findings(page)


def test_a_wrong_password_is_refused_with_a_sentence(open_as):
    page = open_as("", "/accounts/login/")
    page.locator("input[name=login]").fill("officer@demo.example")
    page.locator("input[name=password]").fill("not the password at all")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("There is a problem")


def test_somebody_signs_in_by_an_e_mailed_code(open_as, site):
    page = open_as("", "/accounts/login/")
    page.get_by_role("link", name=re.compile("code", re.IGNORECASE)).first.click()
    page.locator("input[name=email]").fill("auditor@demo.example")
    page.locator("main form button[type=submit]").first.click()
    code = _code(site)
    page.locator("input[name=code]").fill(code)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(site.url + "/")
    assert page.locator("h1").inner_text() == "Home"


def _code(site) -> str:
    for _ in range(50):
        for message in reversed(site.mail()):
            found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", message, re.MULTILINE)
            if found and "auditor@demo.example" in message:
                return found[1]
        time.sleep(0.2)
    raise AssertionError("no code was mailed")
