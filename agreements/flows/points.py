"""What a good document of each tier covers: the points of the completeness score.

For agreements they follow the headings of the Information Commissioner's data sharing code (2021), for
charters and protocols what such documents say in practice. A point answers None where it is not asked.
"""

from __future__ import annotations

from agreements.clauses import covers
from agreements.flows.scoring import (
    assessed,
    belongs,
    covered,
    every_end,
    every_flow,
    explains_gateway,
    flows_say,
    has,
    has_basis,
    has_condition,
    has_lead,
    has_owner,
    has_review,
    has_two,
    in_date,
    is_framed,
    is_kept,
    is_personal,
    is_readable,
    may_be_joined,
    needs_policy,
    risks_are_weighed,
    roles,
    says,
    signed_above,
)
from agreements.models import AgreementText
from charters.models import (
    CharterText,
    GeneralPurpose,
    Plan,
    Principle,
    ProtocolScope,
    ProtocolText,
)
from register.documents.score import Point

CODE = "ICO data sharing code, 2021"
PARTIES, PURPOSE, OTHERS = "Parties", "Purpose and benefit", "Other organisations"
TOGETHER, DATA, BASIS = "Controllers together", "Data items", "Lawful basis"
SPECIAL, RIGHTS = "Special category and offence data", "Rights of individuals"
GOVERNANCE, MORE, REVIEW = "Information governance", "Further details", "Review"
HEADINGS = (
    PARTIES, PURPOSE, OTHERS, TOGETHER, DATA, BASIS, SPECIAL, RIGHTS, GOVERNANCE, MORE, REVIEW,
)  # fmt: skip

AGREEMENT = [
    Point("K1", PARTIES, "Name the organisations that share.", has_two, "parties", CODE),
    Point("K2", PARTIES, "Name the lead body, which keeps the agreement.", has_lead, "facts", CODE),
    Point(
        "K3", PARTIES, "Give contacts: the data protection officers and the key staff.",
        says(AgreementText, "contacts"), "rights", CODE,
    ),
    Point(
        "K4", PARTIES, "Say how others join, and what happens when one must leave.",
        may_be_joined, "ending", CODE,
    ),
    Point("K5", PURPOSE, "Say what the sharing is for.", says(AgreementText, "purpose"), "purpose", CODE),
    Point(
        "K6", PURPOSE, "Say why it is necessary.", says(AgreementText, "necessity"), "purpose", CODE
    ),
    Point(
        "K7", PURPOSE, "Say what good it does, and for whom.",
        says(AgreementText, "benefit", "benefit_for"), "purpose", CODE,
    ),
    Point(
        "K8", PURPOSE, "Give each flow its purpose.",
        every_flow(lambda flow: bool(flow.flow.purpose_lineage or flow.flow.purpose)), "flows", CODE,
    ),
    Point(
        "K9", OTHERS, "Name who provides and who receives at each flow.",
        every_flow(lambda flow: all(end.end.bodies or end.end.groups for end in flow.ends)),
        "flows", CODE,
    ),
    Point(
        "K10", OTHERS, "Say whether recipients may pass it on, and to whom.",
        flows_say("onward"), "flows", CODE,
    ),
    Point(
        "K11", OTHERS, "Give it its place under a protocol, or say why it stands outside.",
        is_framed, "place", CODE,
    ),
    Point(
        "K12", TOGETHER, "Say who is a controller of its own, who a joint one, who a processor.",
        roles, "flows", "UK GDPR, Articles 26 and 28",
    ),
    Point(
        "K13", TOGETHER, "Say where people read about it: the privacy notice.",
        flows_say("privacy_notice"), "flows", "UK GDPR, Articles 13 and 14",
    ),
    Point(
        "K14", DATA, "List the data items of each flow.",
        every_flow(lambda flow: bool(flow.facts.items)), "flows", CODE,
    ),
    Point(
        "K15", DATA, "Say for each item why it is needed.",
        every_flow(
            lambda flow: all(item.needed_because for item in flow.facts.items), is_personal
        ),
        "flows", CODE,
    ),
    Point("K16", DATA, "Say whom the information is about.", flows_say("data_subjects"), "flows", CODE),
    Point(
        "K17", DATA, "Say who may see it after transfer.",
        flows_say("access", also="security"), "flows", CODE,
    ),
    Point(
        "K18", BASIS, "Name the lawful basis of each side.",
        every_end(has_basis, lambda end: not end.is_processor), "flows", "UK GDPR, Article 6",
    ),
    Point(
        "K19", BASIS, "Name the legal power to share.",
        lambda case: case.says(AgreementText, "legal_power")
        or every_end(lambda end: bool(end.law.gateways or end.law.law_named), lambda end: end.gives)(
            case
        ),
        "flows", CODE,
    ),
    Point(
        "K20", BASIS, "Say how each gateway fits.",
        every_end(explains_gateway, lambda end: bool(end.law.gateways)), "flows", CODE,
    ),
    Point(
        "K21", BASIS, "Say whether people are asked, and what happens when they refuse.",
        every_flow(
            lambda flow: bool(flow.flow.consent_model), lambda flow: flow.is_given_in_confidence
        ),
        "flows", CODE,
    ),
    Point(
        "K22", SPECIAL, "Name the conditions for special category and offence data.",
        every_end(
            has_condition,
            lambda end: not end.is_processor and bool(end.flow.special or end.flow.has_offences),
        ),
        "flows", "UK GDPR, Articles 9 and 10",
    ),
    Point(
        "K23", SPECIAL, "Name the appropriate policy document.",
        every_end(lambda end: end.has_policy, needs_policy), "flows",
        "Data Protection Act 2018, Schedule 1, Part 4",
    ),
    Point(
        "K24", SPECIAL, "Name the basis in confidentiality for health and care information.",
        every_flow(lambda flow: bool(flow.flow.cldc_basis), lambda flow: flow.is_patient_data),
        "flows", "Caldicott Principles",
    ),
    Point(
        "K25", RIGHTS, "Say how people use their rights: who answers, and where they complain.",
        covered("rights"), "rights", CODE,
    ),
    Point(
        "K26", RIGHTS, "Say in plain words for the public what it is for.",
        flows_say("plain_purpose"), "flows", CODE,
    ),
    Point(
        "K27", RIGHTS, "Say who is told when something is corrected.",
        flows_say("corrections_to"), "flows", "UK GDPR, Article 19",
    ),
    Point(
        "K28", GOVERNANCE, "Say how accuracy is kept.",
        flows_say("accuracy", also="quality"), "keeping", CODE,
    ),
    Point(
        "K29", GOVERNANCE, "Say how long it is kept, from when, and what happens then.",
        lambda case: covers(case, "retention")
        or every_flow(is_kept, is_personal)(case),
        "keeping", CODE,
    ),
    Point("K30", GOVERNANCE, "Say how each flow is disposed of.", flows_say("disposal"), "flows", CODE),
    Point(
        "K31", GOVERNANCE, "Say how it moves, and in which form.",
        every_flow(lambda flow: bool(flow.flow.transfer_modes and flow.flow.data_format), is_personal),
        "flows", CODE,
    ),
    Point(
        "K32", GOVERNANCE, "Say how it is kept secure.", covered("security"), "keeping", CODE
    ),
    Point("K33", GOVERNANCE, "Name the controls of each flow.", flows_say("controls"), "flows", CODE),
    Point(
        "K34", GOVERNANCE, "Say what happens at a breach.", covered("breach"), "rights", CODE
    ),
    Point(
        "K35", GOVERNANCE, "Say how sharing ends, and what is then deleted or returned.",
        covered("termination"), "ending", CODE,
    ),
    Point("K36", GOVERNANCE, "Assess the impact where much is at stake.", assessed, "flows", CODE),
    Point(
        "K37", GOVERNANCE, "Weigh the risks and the security level.", risks_are_weighed, "risks", CODE
    ),
    Point(
        "K38", GOVERNANCE, "Say whether it leaves the United Kingdom.",
        flows_say("outside_uk"), "flows", "UK GDPR, Article 44A",
    ),
    Point(
        "K39", MORE, "Say how often it moves and how much at a time.",
        every_flow(lambda flow: bool(flow.flow.frequency and flow.flow.volume)), "flows", CODE,
    ),
    Point("K40", MORE, "Say which areas it covers.", says(AgreementText, "areas"), "information", CODE),
    Point("K41", MORE, "Let its partners read it.", is_readable, "facts", CODE),
    Point(
        "K42", MORE, "Have every party sign the protocol and the charter above.",
        signed_above, "parties",
    ),
    Point("K43", REVIEW, "Set the day on which it is reviewed.", has_review, "facts", CODE),
    Point("K44", REVIEW, "Review it before its day of review passes.", in_date, "facts", CODE),
    Point("K45", REVIEW, "Name the officer who answers for it.", has_owner, "facts", CODE),
]  # fmt: skip

FRAMEWORK, KEPT = "What it says", "How it is kept"
PROTOCOL = [
    Point(
        "KP1", FRAMEWORK, "State the shared objective.",
        says(ProtocolText, "shared_objective"), "objective",
    ),
    Point(
        "KP2", FRAMEWORK, "Give the context in policy.", says(ProtocolText, "policy_context"), "objective"
    ),
    Point("KP3", FRAMEWORK, "Say what it covers.", says(ProtocolText, "scope"), "objective"),
    Point("KP4", FRAMEWORK, "Name the general purposes.", has(GeneralPurpose), "purposes"),
    Point(
        "KP5", FRAMEWORK, "Name the kinds of data and the people that it covers.",
        has(ProtocolScope), "scope",
    ),
    Point(
        "KP6", FRAMEWORK, "Say what information is needed.",
        says(ProtocolText, "information_requirements"), "information",
    ),
    Point(
        "KP7", FRAMEWORK, "Say how consent and objections are dealt with.",
        says(ProtocolText, "consent"), "information",
    ),
    Point("KP8", FRAMEWORK, "Name the legislation.", says(ProtocolText, "legislation"), "governance"),
    Point(
        "KP9", FRAMEWORK, "Say who does what, and how it is overseen.",
        says(ProtocolText, "roles", "governance"), "governance",
    ),
    Point("KP10", KEPT, "Give it its community.", belongs, "place"),
    Point("KP11", KEPT, "Have every party sign the charter above.", signed_above, "parties"),
    Point("KP12", KEPT, "Name the officer who answers for it.", has_owner, "facts"),
    Point("KP13", KEPT, "Set the day on which it is reviewed, and keep to it.", in_date, "facts"),
]  # fmt: skip
CHARTER = [
    Point("KC1", FRAMEWORK, "State the vision.", says(CharterText, "vision"), "vision"),
    Point(
        "KC2", FRAMEWORK, "Say what is to be reached, and commit to it.",
        says(CharterText, "goal", "commitment"), "vision",
    ),
    Point(
        "KC3", FRAMEWORK, "State the default premise.", says(CharterText, "default_premise"), "premise"
    ),
    Point(
        "KC4", FRAMEWORK, "Say why information is shared, and for whom.",
        says(CharterText, "purpose", "area_of_benefit"), "purpose",
    ),
    Point("KC5", FRAMEWORK, "Write the principles.", has(Principle), "principles"),
    Point("KC6", FRAMEWORK, "Name the plans that it serves.", has(Plan), "plans"),
    Point("KC7", KEPT, "Name the officer who answers for it.", has_owner, "facts"),
    Point("KC8", KEPT, "Set the day on which it is reviewed, and keep to it.", in_date, "facts"),
]  # fmt: skip
POINTS = {1: CHARTER, 2: PROTOCOL, 3: AGREEMENT}
