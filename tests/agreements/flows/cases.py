"""Cases of flows made in memory: rules are questions about a case, so no test of one needs a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from agreements.flows.facts import End, FlowFacts, GroupFacts
from agreements.flows.models import Flow, FlowItem, FlowSide, PartyGroup, Side
from agreements.flows.rules.around import Around
from register.core.dates import today
from register.directory.assurance import StoredLevel
from register.directory.models import Organisation, Partnership
from register.documents.case import Case
from register.documents.models import Document, Part, Party, Version
from register.documents.rulebook import Where
from register.lists.fields import CodesField


def body(pk: int, name: str, kind: str, public="yes", part3="no", **facts) -> Organisation:
    """A body of a kind, as the register holds it."""
    return Organisation(
        pk=pk, legal_name=name, kind=kind, public_authority=public, part3=part3, **facts
    )


COUNCIL = body(1, "Wyre County Council", "county_council")
TRUST = body(2, "Wyre Hospitals NHS Trust", "nhs_trust")
POLICE = body(3, "Wyre Police", "police_force", part3="schedule_7")
SCHOOL = body(4, "Wyre High School", "school")
CHARITY = body(5, "Wyre Carers", "voluntary", public="no")
STANDARDS = body(
    6,
    "Wyre Unitary Council",
    "unitary_council",
    part3="statutory",
    part3_function="Trading standards",
)
SUPPLIER = body(7, "Wyre Systems Limited", "private_supplier", public="no")
UNIT = body(8, "Wyre Youth Service", "county_council", legal_status="unit", unit_of=COUNCIL)
BOARD = body(9, "Wyre Safeguarding Board", "safeguarding_partnership", legal_status="arrangement")
BODIES = (COUNCIL, TRUST, POLICE, SCHOOL, CHARITY, STANDARDS, SUPPLIER, UNIT, BOARD)

GDPR = {
    "controller_role": "separate_controller",
    "lawful_basis": "6_1_e",
    "article9": ("9_2_g",),
    "schedule1": ("sch1_18",),
    "policy_document": "APD 4, March 2026",
    "gateways": ("ca_2004_s11",),
    "gateway_note": "To safeguard the child whom the referral names.",
}
PART3 = {
    "regime": "part3",
    "controller_role": "separate_controller",
    "part3_basis": "35_2_b",
    "part3_purposes": ("prevention", "investigation"),
    "schedule8": ("sch8_4",),
    "policy_document": "Law enforcement APD, May 2026",
    "gateways": ("common_law_policing",),
    "gateway_note": "To prevent crime against children.",
    "authorising_law": "Children Act 2004, section 11",
    "marks_opinion": True,
    "person_classes": "Suspects, victims, witnesses",
    "is_logged": True,
}
SAID = {
    "title": "Referrals",
    "direction": "one_way",
    "identifiability": "identifiable",
    "use_kind": "safeguarding",
    "purpose": "To keep children safe.",
    "necessity": "Only what the team needs to decide on a referral.",
    "data_subjects": ("children", "parents"),
    "cldc_basis": "statutory",
    "cldc_power": "Children Act 1989, section 47",
    "consent_model": "not_relied_on",
    "opt_out": "legal_requirement",
    "transfer_modes": ("secure_email",),
    "controls": ("encrypted_transit", "role_access"),
    "system": "Case system",
    "frequency": "event_triggered",
    "volume": "1_10",
    "data_format": "document",
    "storage": "The case system of the recipient.",
    "access": "The safeguarding team.",
    "retention_trigger": "the end of the case",
    "retention_period": "25 years",
    "disposal": "delete",
    "disposal_proof": "none",
    "accuracy": "Checked with the referrer.",
    "corrections_to": "Everybody who received it.",
    "outside_uk": "none",
    "onward": "no",
    "dpia_reference": "DPIA 12",
    "privacy_notice": "https://wyre.example/privacy",
    "plain_purpose": "So that children are kept safe.",
    "plain_retention": "Until they are 25.",
}
ITEMS = (("Name of the child", "name_identifiers"), ("State of health", "health"))


def flow(
    giver, taker, *, items=ITEMS, provider=None, recipient=None, number=1, **said
) -> FlowFacts:
    """A flow that says everything, but for what is given; bodies may be lists."""
    row = Flow(**{name: _typed(Flow, name, value) for name, value in (SAID | said).items()})
    ends = [
        End(side, _law(side, law), _many(bodies))
        for side, bodies, law in (
            (Side.PROVIDER, giver, provider),
            (Side.RECIPIENT, taker, recipient),
        )
    ]
    rows = [
        FlowItem(name=name, category=category, needed_because="To know whom to help.")
        for name, category in items
    ]
    return FlowFacts(row, number, *ends, rows)


def case(*told: FlowFacts, kind="sharing", groups=(), **more) -> Case:
    """A case of an agreement with flows, whose parties are those at the ends."""
    document = Document(pk=1, reference="WY-A-0001", tier=3, partnership=Partnership(name="Wyre"))
    version = Version(pk=1, document=document, title="Safeguarding children", kind=kind)
    named = {b.pk: b for facts in told for end in facts.ends for b in end.bodies}
    named |= {b.unit_of.pk: b.unit_of for b in named.values() if b.unit_of_id}
    parties = [
        Party(pk=pk, version=version, organisation=each, part=Part.PARTY)
        for pk, each in named.items()
        if each.legal_status != "unit"
    ]
    made = Case(version, today(), parties=parties)
    made.more = {"flows": list(told), "groups": list(groups), "around": around(), **more}
    return made


def around(**levels: str) -> Around:
    """What is known of the bodies: a level of assurance for each, significant where none is given."""
    until = today() + timedelta(days=200)
    held = {each.pk: StoredLevel("significant", until) for each in BODIES}
    for name, code in levels.items():
        pk = globals()[name].pk
        held[pk] = replace(held[pk], code=code)
    return Around(answering={UNIT.pk: COUNCIL}, levels=held)


def group(name: str, *members: Organisation) -> GroupFacts:
    """A group of parties with its members."""
    return GroupFacts(PartyGroup(name=name), list(members))


def broken(rule, made: Case) -> list[Where]:
    """The places at which a rule does not hold in a case."""
    return list(rule.broken_in(made))


def codes(rules, made: Case) -> set[str]:
    """The numbers of the rules that do not hold in a case."""
    return {rule.code for rule in rules if rule.broken_in(made)}


def _law(side: Side, law: dict | None) -> FlowSide:
    values = GDPR if law is None else law
    return FlowSide(
        side=side, **{name: _typed(FlowSide, name, value) for name, value in values.items()}
    )


def _typed(model, name: str, value):
    field = model._meta.get_field(name)
    return field.to_python(value) if isinstance(field, CodesField) else value


def _many(who) -> list:
    return list(who) if isinstance(who, (list, tuple)) else [who]
