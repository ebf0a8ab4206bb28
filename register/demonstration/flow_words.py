"""The information flows of Wyrefordshire's agreements. All words are invented.

Three pairs are nearly the same flow in two agreements, for the finder of duplicates: notices of
concern for a child, homes at risk of eviction, and people who leave prison.
"""

from __future__ import annotations

from typing import NamedTuple


class Law(NamedTuple):
    """The law at one end of a flow, as codes of the reference lists."""

    gateways: str
    article9: str = ""
    schedule1: str = ""
    regime: str = "uk_gdpr"
    basis: str = "6_1_e"
    schedule8: str = ""


class Moving(NamedTuple):
    """One flow: its name, from whom to whom, for which purpose of the protocol, what, and by which law."""

    title: str
    giver: str
    taker: str
    purpose: int  # the place of the purpose in the protocol, from 0; -1 for none
    use: str
    people: str
    items: tuple[tuple[str, str, str], ...]  # item, category, needed because
    gives: Law
    takes: Law
    frequency: str = "event_triggered"
    kept: tuple[str, str] = ("6 years", "the last contact")
    direction: str = "one_way"
    identifiability: str = "identifiable"


WHO = ("Name, address and date of birth", "name_identifiers", "to know who it is")
CALL = ("Telephone number and address", "contact", "to reach the person")
CHILD = Law("ca_2004_s10 ca_2004_s11", "9_2_g", "sch1_18")
SCHOOL = Law("ca_2004_s10 ea_2002_s175", "9_2_g", "sch1_18")
CARE = Law("hsca_2012_s251b", "9_2_h", "sch1_2")
SOCIAL = Law("care_2014_ss6_7", "9_2_h", "sch1_2")
SAFE = Law("cda_1998_s115", "9_2_g", "sch1_18")
CRIME = Law("cda_1998_s115", regime="part3", basis="", schedule8="sch8_1")
CIVIL = Law("cda_1998_s115", "9_2_g", "sch1_10")
HOME = Law("ha_1996_s213b")
PLAIN = Law("la_2011_s1")

FLOWS: dict[str, tuple[Moving, ...]] = {
    "Safeguarding children and mental health services": (
        Moving(
            "Notices of concern for a child", "police", "county", 1, "safeguarding",
            "children parents",
            (WHO, ("The concern and what was seen", "safeguarding", "to decide who helps first")),
            CHILD, CHILD,
        ),
        Moving(
            "Children known to mental health services", "mental", "county", 1, "safeguarding",
            "children parents",
            (WHO, ("Services involved", "health", "to plan with those who know the child")),
            CHILD, CHILD, "weekly", ("Until the child is 25", "the last entry"),
        ),
    ),
    "Police and education services": (
        Moving(
            "Notices of concern for a pupil", "police", "county", 1, "safeguarding",
            "children pupils",
            (WHO, ("The concern and what was seen", "safeguarding", "to decide who helps first")),
            CHILD, CHILD,
        ),
        Moving(
            "Children at an incident of domestic abuse", "police", "schools", 1, "safeguarding",
            "children pupils",
            (WHO, ("Day and kind of incident", "incidents", "to look after the child that day")),
            Law("daa_2021_s49a", "9_2_g", "sch1_18"), SCHOOL, "daily",
            ("Until the end of the school year", "the notice"),
        ),
    ),
    "School attendance and youth justice matching": (
        Moving(
            "Attendance and exclusions", "schools", "county", 2, "service_delivery",
            "pupils children",
            (WHO, ("Sessions missed, exclusions", "education", "to find who needs help")),
            SCHOOL, SCHOOL, "monthly", ("1 year", "the last match"),
        ),
    ),
    "Care leavers' accommodation and support": (
        Moving(
            "Plans for a first home", "county", "housing", 0, "service_delivery", "looked_after",
            (WHO, ("Support needs, rent, tenancy", "housing", "to offer a home that fits")),
            Law("ca_1989_s27"), PLAIN, "monthly", ("Until the young person is 26", "the referral"),
        ),
    ),
    "Young carers identified by practices and schools": (
        Moving(
            "Young carers who want an assessment", "schools", "county", 0, "service_delivery",
            "pupils children",
            (WHO, ("Whom they care for", "family", "to plan help for the whole family")),
            SCHOOL, CHILD, "event_triggered", ("2 years", "the last contact"),
        ),
    ),
    "Hospital discharge to adult social care": (
        Moving(
            "People who are ready to go home", "acute", "county", 1, "direct_care",
            "service_users adults_at_risk",
            (WHO, ("NHS number", "nhs_number", "to match the record"),
             ("Needs and expected day of discharge", "health", "to have care in place")),
            CARE, SOCIAL, "daily", ("8 years", "the end of care"),
        ),
        Moving(
            "Beds and packages of care, in figures", "acute", "icb", 1, "performance", "",
            (("Patients waiting, by ward and week", "statistics", "to plan capacity"),),
            PLAIN, PLAIN, "weekly", ("2 years", "the week reported"),
            identifiability="non_personal",
        ),
    ),
    "Safe and well visits to patients with oxygen at home": (
        Moving(
            "Homes with oxygen", "icb", "fire", 2, "safeguarding", "service_users older_people",
            (WHO, CALL, ("That oxygen is used at home", "health", "it feeds a fire")),
            CARE, Law("frsa_2004_s6", "9_2_g", "sch1_18"), "monthly",
            ("2 years", "the last visit"),
        ),
    ),
    "Carers' register for general practices": (
        Moving(
            "Carers who agree to be known to their practice", "carers", "practice", 0,
            "direct_care", "service_users",
            (WHO, ("Whom they care for", "family", "to offer a check when it can be kept")),
            Law("care_2014_ss6_7", "9_2_h", "sch1_2", basis="6_1_a"), SOCIAL, "monthly",
            ("1 year", "the end of caring"),
        ),
    ),
    "Care home infection alerts": (
        Moving(
            "Outbreaks in care homes", "county", "acute", 0, "service_delivery",
            "adults_at_risk older_people",
            (("Care home, day, kind and number of cases", "health", "to admit people safely"),),
            Law("hpn_regs_2010", "9_2_i", "sch1_3"), Law("hpn_regs_2010", "9_2_i", "sch1_3"),
            "daily", ("1 year", "the alert"),
        ),
    ),
    "Winter warmth: homes that are cold": (
        Moving(
            "Homes that are cold", "eastmoor", "fire", 2, "service_delivery", "tenants",
            (("Address", "contact", "to visit"),
             ("Energy rating and benefit status", "income_benefits", "to know who qualifies")),
            Law("dea_2017_ss36_37"), Law("frsa_2004_s6"), "quarterly", ("Two winters", "the offer"),
        ),
    ),
    "Multi-agency risk assessment conference on domestic abuse": (
        Moving(
            "Victims at high risk", "police", "county", 1, "safeguarding", "victims children",
            (WHO, ("Incidents, risk and plan", "risk_markers", "to plan safety together")),
            SAFE, SAFE, "fortnightly", ("7 years", "the last conference"), "two_way",
        ),
        Moving(
            "People who leave prison and may offend again", "police", "county", 0,
            "law_enforcement", "offenders",
            (WHO, ("Offences and day of release", "offences", "to be ready on the day")),
            CRIME, CIVIL, "monthly", ("3 years", "leaving the list"),
        ),
        Moving(
            "Homes at risk of eviction", "police", "halewick", 2, "service_delivery", "tenants",
            (CALL, ("Why the home may be lost", "housing", "to act before it is")),
            SAFE, HOME, "event_triggered", ("2 years", "the closing of the case"),
        ),
    ),
    "Integrated offender management cohort": (
        Moving(
            "People who leave prison", "police", "county", 0, "law_enforcement", "offenders",
            (WHO, ("Offences and day of release", "offences", "to be ready on the day")),
            CRIME, CIVIL, "monthly", ("3 years", "leaving the cohort"),
        ),
        Moving(
            "Housing of people in the cohort", "housing", "police", 0, "law_enforcement",
            "offenders tenants",
            (WHO, ("Tenancy and arrears", "housing", "a home keeps people from offending")),
            Law("cda_1998_s115"), CRIME, "monthly", ("3 years", "leaving the cohort"),
        ),
    ),
    "Homelessness: duty to refer": (
        Moving(
            "People who may lose their home", "police", "halewick", 2, "service_delivery",
            "tenants",
            (CALL, ("Why the home may be lost", "housing", "to act before it is")),
            Law("common_law_policing"), HOME, "event_triggered", ("2 years", "the closing of the case"),
        ),
        Moving(
            "Patients who have nowhere to go", "acute", "marshe", 2, "service_delivery",
            "service_users",
            (WHO, CALL), Law("ha_1996_s213b"), HOME, "event_triggered",
            ("2 years", "the closing of the case"),
        ),
    ),
    "Blue badge and council tax matching": (
        Moving(
            "Holders of blue badges", "county", "halewick", 0, "fraud_debt", "deceased",
            (WHO, ("Badge number, date of death", "other_number", "to find the badge")),
            Law("laaa_2014_sch9"), Law("laaa_2014_sch9"), "annually",
            ("6 months", "the match"),
        ),
    ),
}  # fmt: skip
