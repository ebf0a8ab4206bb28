"""What must be true of flows, of the law at their ends, and of the tiers above them.

Questions about a case: no rule makes a statement; what they need is loaded for many versions at once.
"""

from agreements.flows.rules import (
    basis,
    confidence,
    entries,
    gateways,
    keeping,
    parties,
    sides,
    special,
    text,
    tiers,
    transfers,
    what,
)
from agreements.flows.rules.above import load_above
from agreements.flows.rules.around import load_around
from agreements.flows.rules.text import load_clauses
from register.documents.rulebook import Rule

# Subjects in the order in which the page of rules shows them.
SUBJECTS: dict[str, tuple[Rule, ...]] = {
    "Information flows": what.RULES,
    "Lawful basis": basis.RULES,
    "Special category and offence data": special.RULES,
    "Law enforcement": sides.RULES,
    "Confidentiality and opt-out": confidence.RULES,
    "Keeping and passing on": keeping.RULES,
    "Law that is cited": entries.RULES,
    "Legal gateways and statutory bars": gateways.RULES,
    "How it moves": transfers.RULES,
    "Assurance, contracts and risks": parties.RULES,
    "The three tiers agree": tiers.RULES,
    "Free text": text.RULES,
}
CHARTER_RULES: tuple[Rule, ...] = text.RULES
PROTOCOL_RULES: tuple[Rule, ...] = (*tiers.PROTOCOL_RULES, *text.RULES)
AGREEMENT_RULES: tuple[Rule, ...] = tuple(
    rule for rules in SUBJECTS.values() for rule in rules if rule not in tiers.ONLY_PROTOCOLS
)
LOADERS = {"around": load_around, "above": load_above, "clauses": load_clauses}
