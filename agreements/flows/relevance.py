"""What makes a question about a flow relevant: what the answers so far mean, and the conditions on them.

It makes no statement; `agreements.flows.said` reads the meaning out of a flow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

UK_GDPR, PART3, PART4 = "uk_gdpr", "part3", "part4"


@dataclass(frozen=True)
class Answers:
    """What the answers so far mean for what is asked next; the law is that of one end of the flow."""

    is_personal: bool = True
    # Of the data: what the items say, or cannot say yet because there are none.
    is_special: bool = False
    is_offence: bool = False
    is_confidential: bool = False
    is_patient: bool = False
    is_barred: bool = False
    is_consent: bool = False
    has_exclusions: bool = False
    # Of the use.
    is_care: bool = False
    # Of confidentiality and choice.
    names_power: bool = False
    is_supported: bool = False
    asks_people: bool = False
    # Of what happens to it.
    is_disposed_of: bool = False
    is_onward: bool = False
    leaves_uk: bool = False
    # Of the law at the end asked about.
    regime: str = UK_GDPR
    other_regime: str = UK_GDPR
    needs_law: bool = False
    needs_annex1: bool = False
    is_balanced: bool = False
    needs_schedule1: bool = False
    needs_policy: bool = False
    has_gateway: bool = False


Condition = Callable[[Answers], bool]


def always(_: Answers) -> bool:
    """Of every flow."""
    return True


def never(_: Answers) -> bool:
    """Of no flow."""
    return False


def personal(a: Answers) -> bool:
    """Of information about people who can be identified, or may be."""
    return a.is_personal


def excludes(a: Answers) -> bool:
    """Where some kind of data must not be sent."""
    return a.has_exclusions


def confidential(a: Answers) -> bool:
    """Of information about health or care, or given in confidence."""
    return a.is_personal and a.is_confidential


def names_power(a: Answers) -> bool:
    """Where the basis in confidentiality rests on a law, an order or somebody's decision."""
    return confidential(a) and a.names_power


def supported(a: Answers) -> bool:
    """Where section 251 support is relied on."""
    return confidential(a) and a.is_supported


def has_a_choice(a: Answers) -> bool:
    """Of what is confidential, and where consent is the basis."""
    return confidential(a) or (a.is_personal and a.is_consent)


def people_are_asked(a: Answers) -> bool:
    """Where people may refuse."""
    return has_a_choice(a) and a.asks_people


def opt_out(a: Answers) -> bool:
    """Of confidential patient information that is used beyond the care of the person."""
    return a.is_personal and a.is_patient and not a.is_care


def disposed_of(a: Answers) -> bool:
    """Where something is done with it at the end."""
    return a.is_disposed_of


def onward(a: Answers) -> bool:
    """Where it may be passed on."""
    return a.is_onward


def leaves_uk(a: Answers) -> bool:
    """Where personal data leaves the United Kingdom."""
    return a.is_personal and a.leaves_uk


def uk_gdpr(a: Answers) -> bool:
    """At an end under the UK GDPR."""
    return a.is_personal and a.regime == UK_GDPR


def part3(a: Answers) -> bool:
    """At an end under Part 3 of the Data Protection Act 2018."""
    return a.is_personal and a.regime == PART3


def needs_annex1(a: Answers) -> bool:
    """With the basis of Article 6(1)(ea) only."""
    return uk_gdpr(a) and a.needs_annex1


def needs_law(a: Answers) -> bool:
    """With a basis that a law lays down, or with none chosen of Part 4."""
    return a.is_personal and (a.regime == PART4 or (a.regime == UK_GDPR and a.needs_law))


def balanced(a: Answers) -> bool:
    """With the basis of Article 6(1)(f) only."""
    return uk_gdpr(a) and a.is_balanced


def special(a: Answers) -> bool:
    """Of special category data under the UK GDPR."""
    return uk_gdpr(a) and a.is_special


def needs_schedule1(a: Answers) -> bool:
    """Where an Article 9 condition needs one of Schedule 1, and for criminal offence data."""
    return uk_gdpr(a) and (a.is_offence or (a.is_special and a.needs_schedule1))


def sensitive(a: Answers) -> bool:
    """Of sensitive processing under Part 3 (section 35(8))."""
    return part3(a) and a.is_special


def needs_policy(a: Answers) -> bool:
    """Where a condition needs an appropriate policy document."""
    return sensitive(a) or (needs_schedule1(a) and a.needs_policy)


def explains_law(a: Answers) -> bool:
    """Where a gateway is named, or a statutory bar touches the data."""
    return a.is_personal and (a.has_gateway or a.is_barred)


def leaves_part3(a: Answers) -> bool:
    """Where law enforcement data goes to an end that is not under Part 3 (section 36(4))."""
    return part3(a) and a.other_regime != PART3
