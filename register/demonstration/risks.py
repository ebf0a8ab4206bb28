"""Impact assessments, a processor contract and the risks of two agreements of Wyrefordshire. All invented."""

from __future__ import annotations

from datetime import date, timedelta

from agreements.risks.models import Dpia, DpiaController, Point, ProcessorContract
from agreements.risks.services import contracts, decisions, dpias, links, risks
from register.accounts.models import User
from register.core import dates
from register.demonstration.directory import BY, County
from register.demonstration.officers import DOMAIN
from register.directory.services import organisations
from register.documents.models import Document, Version

SAFEGUARDING = "Safeguarding children and mental health services"
CONFERENCE = "Multi-agency risk assessment conference on domestic abuse"
MATCHING = "School attendance and youth justice matching"
CARE_LEAVERS = "Care leavers' accommodation and support"
SAID = {
    Point.INSTRUCTIONS: "clause 3.1",
    Point.CONFIDENTIALITY: "clause 3.4",
    Point.SECURITY: "schedule 2",
    Point.SUB_PROCESSORS: "clause 6: general authorisation with 30 days' notice",
    Point.RIGHTS: "clause 7.2",
    Point.BREACHES: "clause 8: within 24 hours",
}
MISSING = {
    Point.RETURN: "Says “on request” and no time",
    Point.AUDITS: "Asked of the supplier; no answer yet",
}
ANSWERS = {
    MATCHING: {
        "storage": "uk_system", "transit": "secure", "access": "team", "processing": "matched",
        "amount": "hundreds", "sensitivity": "offence",
        "controls": ("encrypted_transit", "encrypted_rest", "identity_checked", "audit_log"),
    },
    CARE_LEAVERS: {
        "storage": "shared_files", "transit": "open", "access": "bodies", "processing": "case",
        "amount": "few", "sensitivity": "personal",
        "controls": ("role_access", "identity_checked"),
    },
}  # fmt: skip


def assess(county: County, today: date) -> None:
    """Record what the partnership has assessed, up to a day (the real today)."""
    joint = _joint(county, today)
    _matching(county, joint, today)
    _hosting(county, today)
    for title in ANSWERS:
        _risks(county, _document(county, title).newest)


def _joint(county: County, today: date) -> Dpia:
    dpia = dpias.make_dpia(
        by=county.officer(),
        partnership=county.partnership,
        owner=county.bodies["county"],
        title="Joint assessment of the shared safeguarding case system",
        controllers=[county.bodies["mental"], county.bodies["police"]],
        screening=("special_category", "large_scale", "matching", "vulnerable"),
        summary="<p>Three bodies read and write in one case system on children at risk. Access "
        "follows the role, each look is logged, and the log is checked every month.</p>",
        link="https://documents.example/dpia/safeguarding-case-system",
        review_on=today + timedelta(days=200),
    )
    for key, officer in (("county", "Megan Ahern"), ("police", "Ruth Calder")):
        row = _advised(dpia, county, key, "no_objection", officer, "")
        _decided(row, "accepted", f"Senior information risk owner of {row.organisation.called}", "")
    for title in (SAFEGUARDING, CONFERENCE):
        links.link_dpia(by=county.officer(), dpia=dpia, document=_document(county, title))
    return dpia


def _matching(county: County, joint: Dpia, today: date) -> None:
    dpia = dpias.make_dpia(
        by=county.officer(),
        partnership=county.partnership,
        owner=county.bodies["county"],
        title="Matching school attendance with youth justice contacts",
        controllers=[county.bodies["schools"], county.bodies["police"]],
        screening=("evaluation", "matching", "vulnerable", "no_notice"),
        summary="<p>Children who miss school and come to the notice of the police are found by "
        "matching two lists each month, so that their families are offered help.</p>",
        review_on=today - timedelta(days=12),
    )
    row = _advised(
        dpia, county, "county", "against", "Megan Ahern",
        "Families are not told, and one match in nine was wrong in the trial.",
    )  # fmt: skip
    _decided(
        row, "accepted_with_conditions", "Joan Pell, Director of Resources",
        "Children are harmed where nobody sees both lists. The conditions meet the advice in part, "
        "and the matching stops if they are not met by the first review.",
        "Families are told before a match is used; a person checks each match.",
    )  # fmt: skip
    dpias.set_status(
        by=BY, row=_row(dpia, county, "police"), row_version=1, status="relies_on_joint",
        relies_on=joint,
    )  # fmt: skip
    dpias.set_status(by=BY, row=_row(dpia, county, "schools"), row_version=1, status="with_dpo")
    links.link_dpia(by=county.officer(), dpia=dpia, document=_document(county, MATCHING))


def _hosting(county: County, today: date) -> ProcessorContract:
    supplier = organisations.add_organisation(
        by=BY, legal_name="Fennings Hosting Limited", kind="private_supplier", public_authority="no"
    )
    contract = contracts.make_contract(
        by=county.officer(),
        partnership=county.partnership,
        title="Hosting and support of the safeguarding case system",
        controllers=[county.bodies["county"], county.bodies["police"]],
        processor=supplier,
        is_part3=True,
        summary="<p>Runs the case system in two data centres in the United Kingdom, and answers "
        "staff who need help.</p>",
        link="https://documents.example/contracts/case-system",
        starts_on=dates.add_months(today, -34),
        ends_on=today + timedelta(days=60),
    )
    points = {point.value: (True, note) for point, note in SAID.items()}
    points |= {point.value: (False, note) for point, note in MISSING.items()}
    contracts.save_checklist(by=county.officer(), contract=contract, row_version=1, points=points)
    contracts.add_sub_processor(
        by=county.officer(), contract=contract, name="Larkspur Backup Services",
        does="Keeps encrypted copies",
    )  # fmt: skip
    for title in (SAFEGUARDING, CONFERENCE):
        links.link_contract(
            by=county.officer(), contract=contract, document=_document(county, title)
        )
    return contract


def _risks(county: County, version: Version) -> None:
    officer = county.officer()
    risks.save_answers(by=officer, version=version, row_version=1, **ANSWERS[version.title])
    codes = ["offence_misused", "wrong_match", "overseen", "intercepted", "passed_on"]
    first, *_ = risks.take_over(by=officer, version=version, codes=codes)
    risks.change_risk(
        by=officer, risk=first, row_version=first.row_version, owner="The lead body's manager",
        likelihood_after=2, impact_after=4,
        accepted_by="Joan Pell, Director of Resources", accepted_on=dates.today(),
    )  # fmt: skip


def _advised(dpia: Dpia, county: County, key: str, advice: str, name: str, words: str):
    own = User.objects.filter(email=f"m.ahern@{DOMAIN}").first() if key == "county" else None
    return decisions.advise(
        by=own or BY, row=_row(dpia, county, key), row_version=1, advice=advice,
        advice_words=words, advised_by=name,
    )  # fmt: skip


def _decided(row: DpiaController, status: str, who: str, reason: str, conditions: str = "") -> None:
    decisions.decide(
        by=BY, row=row, row_version=row.row_version, status=status, decided_by=who,
        conditions=conditions, decision_reason=reason,
    )  # fmt: skip


def _row(dpia: Dpia, county: County, key: str) -> DpiaController:
    return dpia.controllers.select_related("organisation").get(organisation=county.bodies[key])


def _document(county: County, title: str) -> Document:
    return Document.objects.get(
        pk__in=Version.objects.filter(document__partnership=county.partnership, title=title).values(
            "document_id"
        )
    )
