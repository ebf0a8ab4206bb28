"""Every page that the three users live in: no serious finding of axe, no sideways scrolling on a phone."""

import pytest

from tests.journeys.conftest import findings, sideways

PAGES = (
    "/",
    "/register/",
    "/register/?status=in_force&tier=3",
    "/search/?q=oxygen",
    "/register/WY-C-0001/",
    "/register/WY-P-0001/",
    "/register/WY-A-0011/",
    "/register/WY-A-0001/",
    "/register/WY-A-0003/versions/1/",
    "/register/WY-A-0003/history/",
    "/register/WY-A-0015/draft/",
    "/register/WY-A-0015/draft/title/",
    "/register/WY-A-0015/draft/section/purpose/",
    "/register/WY-A-0015/draft/parties/",
    "/register/WY-A-0015/draft/clauses/",
    "/register/WY-A-0015/draft/slots/",
    "/register/WY-A-0015/draft/check/",
    "/register/WY-A-0015/facts/",
    "/register/new/",
    "/register/new/3/",
    "/partnerships/wyrefordshire-partnership/",
    "/partnerships/wyrefordshire-partnership/members/",
    "/partnerships/wyrefordshire-partnership/nominations/",
    "/bodies/",
    "/bodies/add/",
    "/bodies/1/",
    "/communities/",
    "/communities/children-and-young-people/",
    "/people/",
    "/people/1/",
    "/import/",
    "/history/",
    "/lists/",
    "/accessibility/",
    "/accounts/email/",
    "/accounts/2fa/",
)


@pytest.mark.parametrize("width", [1440, 360])
def test_pages_are_sound(open_as, width):
    page = open_as("officer", "/", width=width)
    faults = []
    for path in PAGES:
        answer = page.goto(path)
        if answer.status != 200:
            faults.append(f"{path} answered {answer.status}")
            continue
        if page.locator("h1").count() != 1:
            faults.append(f"{path} has {page.locator('h1').count()} first headings")
        if (more := sideways(page)) > 0:
            faults.append(f"{path} is {more} pixels too wide at {width}")
        faults += [f"{path} at {width}: {finding}" for finding in findings(page)]
    assert not faults, "\n".join(faults)


def test_no_page_breaks_its_content_policy(open_as):
    page = open_as("officer", "/")
    said = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    for path in (
        "/",
        "/register/",
        "/register/WY-A-0011/",
        "/register/WY-A-0015/draft/section/purpose/",
    ):
        page.goto(path)
        page.wait_for_load_state("networkidle")
    assert not said


def test_a_printed_page_shows_words_and_no_ways_to_go(open_as):
    page = open_as("officer", "/register/WY-A-0011/")
    page.emulate_media(media="print")
    assert not page.locator(".register-nav").is_visible()
    assert not page.locator("#search").is_visible()
    assert page.get_by_text("To arrange care at home").first.is_visible()
