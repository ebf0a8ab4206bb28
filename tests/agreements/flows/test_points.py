"""The completeness score: every point is held by a whole agreement and lost by the one thing it asks."""

import pytest

from agreements.flows.points import AGREEMENT, CHARTER, HEADINGS, POINTS, PROTOCOL
from agreements.models import AgreementText
from agreements.risks.facts import RiskFacts
from charters.models import (
    CharterText,
    GeneralPurpose,
    Plan,
    Principle,
    ProtocolScope,
    ProtocolText,
)
from register.core.dates import add_months, today
from register.directory.models import Organisation, Person
from register.documents.score import score_of
from register.documents.tiers import TIERS
from tests.agreements.flows.cases import (
    CHARITY,
    COUNCIL,
    GDPR,
    PART3,
    POLICE,
    TRUST,
    case,
    flow,
)

pytestmark = pytest.mark.django_db
TEXTS = {1: CharterText, 2: ProtocolText, 3: AgreementText}


def whole(*told, tier=3, **more):
    """A case of a tier in which everything is said."""
    made = case(*(told or (flow(COUNCIL, TRUST),)), risks=RiskFacts(level="standard"), **more)
    document = made.document
    document.tier, document.owner, document.lead = tier, Person(pk=1), Organisation(pk=1)
    document.review_on = add_months(today(), 6)
    made.place = {"is_outside": True, "community_id": 1}
    model = TEXTS[tier]
    text = model(version=made.version)
    for column in model._meta.concrete_fields:
        if column.get_internal_type() == "TextField":
            setattr(text, column.name, "<p>Said.</p>")
    made.rows = {model: [text]}
    for row in (Principle, Plan, GeneralPurpose, ProtocolScope):
        made.rows[row] = [row(version=made.version)]
    return made


def lost(made):
    return {point.code for point in score_of(made).lost}


@pytest.mark.parametrize("tier", [1, 2, 3])
def test_a_whole_document_has_every_point(tier):
    score = score_of(whole(tier=tier))
    assert not score.lost
    assert score.value == 100


def test_an_agreement_without_flows_loses_what_only_flows_can_say():
    made = whole()
    made.more["flows"] = []
    assert {"K8", "K9", "K14", "K18", "K22"} <= lost(made)


def without(*names, tier=3):
    """A whole case in which some fields of its text are empty."""
    made = whole(tier=tier)
    for name in names:
        setattr(made.rows[TEXTS[tier]][0], name, "")
    return made


def no_row(model, tier):
    made = whole(tier=tier)
    made.rows[model] = []
    return made


def fact(tier=3, **facts):
    made = whole(tier=tier)
    for name, value in facts.items():
        setattr(made.document, name, value)
    return made


def saying(**said):
    return whole(flow(COUNCIL, TRUST, **said))


def law(**values):
    return whole(flow(COUNCIL, TRUST, provider=GDPR | values))


def one_party():
    made = whole()
    made.parties = made.parties[:1]
    return made


def no_place(tier):
    made = whole(tier=tier)
    made.place = {}
    return made


def silent_item():
    made = whole()
    made.more["flows"][0].items[0].needed_because = ""
    return made


LOST = {
    "K1": one_party,
    "K2": lambda: fact(lead=None),
    "K3": lambda: without("contacts"),
    "K4": lambda: without("termination"),
    "K5": lambda: without("purpose"),
    "K6": lambda: without("necessity"),
    "K7": lambda: without("benefit_for"),
    "K8": lambda: saying(purpose=""),
    "K9": lambda: whole(flow(COUNCIL, [])),
    "K10": lambda: saying(onward=""),
    "K11": lambda: no_place(3),
    "K12": lambda: law(controller_role=""),
    "K13": lambda: saying(privacy_notice=""),
    "K14": lambda: saying(items=()),
    "K15": silent_item,
    "K16": lambda: saying(data_subjects=()),
    "K18": lambda: law(lawful_basis=""),
    "K20": lambda: law(gateway_note=""),
    "K21": lambda: saying(consent_model=""),
    "K22": lambda: law(article9=()),
    "K23": lambda: law(policy_document=""),
    "K24": lambda: saying(cldc_basis=""),
    "K25": lambda: without("rights"),
    "K26": lambda: saying(plain_purpose=""),
    "K27": lambda: saying(corrections_to=""),
    "K30": lambda: saying(disposal=""),
    "K31": lambda: saying(data_format=""),
    "K32": lambda: without("security"),
    "K33": lambda: saying(controls=()),
    "K34": lambda: without("breach"),
    "K35": lambda: without("termination"),
    "K36": lambda: saying(dpia_reference=""),
    "K38": lambda: saying(outside_uk=""),
    "K39": lambda: saying(frequency=""),
    "K40": lambda: without("areas"),
    "K41": lambda: fact(visibility="named"),
    "K43": lambda: fact(review_on=None),
    "K44": lambda: fact(review_on=add_months(today(), -1)),
    "K45": lambda: fact(owner=None),
    "KP1": lambda: without("shared_objective", tier=2),
    "KP2": lambda: without("policy_context", tier=2),
    "KP3": lambda: without("scope", tier=2),
    "KP4": lambda: no_row(GeneralPurpose, 2),
    "KP5": lambda: no_row(ProtocolScope, 2),
    "KP6": lambda: without("information_requirements", tier=2),
    "KP7": lambda: without("consent", tier=2),
    "KP8": lambda: without("legislation", tier=2),
    "KP9": lambda: without("governance", tier=2),
    "KP10": lambda: no_place(2),
    "KP12": lambda: fact(2, owner=None),
    "KP13": lambda: fact(2, review_on=add_months(today(), -1)),
    "KC1": lambda: without("vision", tier=1),
    "KC2": lambda: without("commitment", tier=1),
    "KC3": lambda: without("default_premise", tier=1),
    "KC4": lambda: without("area_of_benefit", tier=1),
    "KC5": lambda: no_row(Principle, 1),
    "KC6": lambda: no_row(Plan, 1),
    "KC7": lambda: fact(1, owner=None),
    "KC8": lambda: fact(1, review_on=add_months(today(), -1)),
}


@pytest.mark.parametrize("code", LOST)
def test_a_point_is_lost_by_what_it_asks_for(code):
    assert code in lost(LOST[code]())


def test_either_the_agreement_or_every_flow_may_say_it():
    made = without("security", "quality", "retention", "legal_power")
    assert not lost(made) & {"K17", "K19", "K28", "K29"}
    made = saying(access="", accuracy="", retention_period="")
    assert not lost(made) & {"K17", "K28", "K29"}
    for row in made.rows[AgreementText]:
        row.security = row.quality = row.retention = row.legal_power = ""
    assert {"K17", "K28", "K29"} <= lost(made)


def test_figures_are_asked_only_what_applies():
    figures = flow(
        COUNCIL, TRUST, items=(("Referrals", "statistics"),), identifiability="anonymous",
        provider={}, recipient={}, data_subjects=(), controls=(), disposal="", onward="",
    )  # fmt: skip
    score = score_of(whole(figures))
    assert not score.lost
    asked = {point.code for point in (*score.held, *score.lost)}
    assert not asked & {"K10", "K13", "K18", "K22", "K23", "K24", "K30", "K36", "K38"}


def test_law_enforcement_has_conditions_of_its_own():
    assert not lost(whole(flow(POLICE, COUNCIL, provider=PART3)))
    bare = PART3 | {"part3_basis": "", "schedule8": ()}
    assert {"K18", "K22"} <= lost(whole(flow(POLICE, COUNCIL, provider=bare)))


def test_a_charity_that_gives_what_a_council_gives_loses_no_point():
    assert not lost(whole(flow(CHARITY, COUNCIL)))


def test_every_point_stands_under_a_heading_names_a_page_and_has_its_own_number():
    every = [*CHARTER, *PROTOCOL, *AGREEMENT]
    assert len({point.code for point in every}) == len(every)
    assert {point.heading for point in AGREEMENT} == set(HEADINGS)
    assert len(HEADINGS) == 11
    more = {"flows", "parties", "place", "facts", "risks"}
    for tier, points in POINTS.items():
        pages = {task.code for task in TIERS[tier].tasks} | more
        for point in points:
            assert point.task in pages, point.code
            assert point.says.endswith("."), point.code
