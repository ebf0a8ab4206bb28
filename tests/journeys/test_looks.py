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
    "/register/WY-A-0015/draft/send/",
    "/register/WY-A-0003/compare/",
    "/register/WY-A-0011/signatories/",
    "/signatures/",
    "/signatories/",
    "/verify/",
    "/advice/",
    "/mailbox/",
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
    "/import/new/",
    "/import/files/",
    "/clean-up/",
    "/clean-up/go-live/",
    "/bodies/unconfirmed/",
    "/bodies/successions/",
    "/history/",
    "/lists/",
    "/lists/lawful_basis/",
    "/register/?rules=bars",
    "/rules/",
    "/register/WY-A-0008/rules/",
    "/register/WY-A-0015/draft/security/",
    "/register/WY-A-0015/draft/risks/",
    "/register/WY-A-0015/draft/risks/add/",
    "/register/WY-A-0015/draft/flows/",
    "/register/WY-A-0015/draft/flows/table/",
    "/register/WY-A-0015/draft/groups/",
    "/register/WY-A-0015/draft/groups/add/",
    "/assets/",
    "/assets/add/",
    "/dpias/",
    "/dpias/WY-DPIA-0001/",
    "/processor-contracts/",
    "/processor-contracts/WY-PC-0001/",
    "/bodies/assurance/",
    "/bodies/1/assurance/cyber-essentials/",
    "/tasks/",
    "/tasks/1/",
    "/reports/",
    "/reports/coverage/",
    "/reports/not-covered/",
    "/reports/inventory/",
    "/reports/partner/",
    "/reports/partner/1/",
    "/reports/corrections/?body=5&category=offences",
    "/reports/duplicates/",
    "/who-shares/",
    "/who-shares/?form=list",
    "/who-shares/flows/",
    "/who-shares/picture/",
    "/requests/",
    "/requests/ledger/wyrefordshire-partnership/",
    "/requests/emergencies/",
    "/may-share/",
    "/accounts/tokens/",
    "/accessibility/",
    "/about/privacy/",
    "/accounts/email/",
    "/accounts/2fa/",
)

# What an officer of a body keeps between bodies.
PAGES_OF_A_BODY = (
    "/requests/",
    "/requests/1/",
    "/requests/add/",
    "/requests/emergencies/1/",
    "/requests/emergencies/add/",
    "/may-share/?giver=Wyrefordshire+Police&taker=Wyrefordshire+County+Council&category=offences",
)
# What administrators keep of the register itself.
PAGES_OF_ADMINISTRATORS = (
    "/records/",
    "/records/access/",
    "/records/retention/",
    "/records/holds/",
    "/records/holds/set/",
    "/records/disposal/",
    "/records/redactions/",
    "/records/redactions/ask/",
    "/everything/",
)
PAGES_OF_A_FLOW = ("", "who/", "what/", "data/", "law/provider/", "law/recipient/", "transfer/",
                   "afterwards/", "public/", "data/items/add/", "data/items/paste/")  # fmt: skip


@pytest.mark.parametrize("width", [1440, 360])
def test_pages_are_sound(open_as, width):
    page = open_as("officer", "/", width=width)
    faults = faults_of(page, PAGES, width)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [1440, 360])
def test_the_pages_of_a_body_are_sound(open_as, width):
    faults = faults_of(open_as("r.calder", "/", width=width), PAGES_OF_A_BODY, width)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [1440, 360])
def test_the_pages_of_administrators_are_sound(open_as, width):
    page = open_as("administrator", "/", width=width)
    faults = faults_of(page, PAGES_OF_ADMINISTRATORS, width)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [1440, 360])
def test_the_pages_of_a_flow_are_sound(open_as, width):
    page = open_as("officer", "/register/WY-A-0015/draft/flows/", width=width)
    flow = page.get_by_role("link", name="Attendance and exclusions").first.get_attribute("href")
    faults = faults_of(page, [flow + each for each in PAGES_OF_A_FLOW], width)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [1440, 360])
def test_the_members_of_a_group_are_sound(open_as, width):
    page = open_as("officer", "/register/WY-A-0015/draft/groups/add/", width=width)
    page.get_by_label("Name of the group").fill(f"All general practices, as seen at {width}")
    page.locator("main form button[type=submit]").first.click()
    members = page.locator("main a[href*='/groups/']", has_text="Members").first
    faults = faults_of(page, [members.get_attribute("href")], width)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [1440, 360])
def test_rare_ways_stand_under_more(open_as, width):
    page = open_as("officer", "/", width=width, scripts=False)
    ways = page.get_by_role("navigation", name="Register")
    assert not ways.get_by_role("link", name="Communities").is_visible()
    ways.get_by_text("More").click()
    assert sideways(page) <= 0
    ways.get_by_role("link", name="Communities").click()
    here = page.get_by_role("navigation", name="Register").locator("[aria-current=page]")
    assert here.inner_text() == "Communities"


def faults_of(page, paths, width: int) -> list[str]:
    """What is wrong with pages: an answer that is not 200, headings, width, axe, the browser's errors."""
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    faults = []
    for path in paths:
        answer = page.goto(path)
        if answer.status != 200:
            faults.append(f"{path} answered {answer.status}")
            continue
        if page.locator("h1").count() != 1:
            faults.append(f"{path} has {page.locator('h1').count()} first headings")
        if (more := sideways(page)) > 0:
            faults.append(f"{path} is {more} pixels too wide at {width}")
        faults += [f"{path} at {width}: {finding}" for finding in [*findings(page), *said]]
        said.clear()
    return faults


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
