"""The list of legal gateways, whose rows say who may tell what to whom."""

from register.lists.shapes import LAW, Fact, ReferenceList

AREAS = (
    ("crime", "Crime"),
    ("children", "Children"),
    ("education", "Education"),
    ("adults", "Adults"),
    ("health", "Health"),
    ("housing", "Housing"),
    ("welfare", "Welfare"),
    ("public_service", "Public service"),
    ("debt_fraud", "Debt and fraud"),
    ("research", "Research"),
    ("fraud", "Fraud"),
    ("fire", "Fire"),
    ("resilience", "Resilience"),
    ("blue_light", "Emergency services"),
    ("general", "General"),
)
POWERS = (
    ("D", "Duty to disclose"),
    ("R", "Duty to disclose on request"),
    ("P", "Power to disclose"),
    ("C", "Duty to co-operate: a power to share is implied"),
    ("I", "Function: a power to share is implied"),
)

GATEWAYS = ReferenceList(
    "legal_gateway",
    "Legal gateways",
    "Law that requires or allows information to go from one body to another.",
    LAW,
    (
        Fact("area", "Area", "one_code", choices=AREAS),
        Fact("power", "Power or duty", "one_code", choices=POWERS),
        Fact("disclosers", "Who may disclose"),
        Fact(
            "discloser_kinds",
            "Kinds of body that may disclose",
            "codes",
            "organisation_kind",
            help="Tick none where anybody may.",
            nothing="Anybody",
        ),
        Fact(
            "acts_for_discloser",
            "Reaches whoever acts for a discloser",
            "yes_no",
            help="A body that provides a service for one of them may disclose too.",
        ),
        Fact("recipients", "Who may receive"),
        Fact(
            "recipient_kinds",
            "Kinds of body that may receive",
            "codes",
            "organisation_kind",
            help="Tick none where anybody may.",
            nothing="Anybody",
        ),
        Fact(
            "acts_on_behalf",
            "Reaches whoever acts for a recipient",
            "yes_no",
            help="A body that acts on behalf of one of them may receive too.",
        ),
        Fact("excludes", "What it excludes"),
        Fact(
            "excluded_categories",
            "Kinds of data it excludes",
            "codes",
            "data_category",
        ),
        Fact(
            "excluded_discloser_kinds",
            "Kinds of body that may not give personal data under it",
            "codes",
            "organisation_kind",
        ),
        Fact("only_deidentified", "Only de-identified information", "yes_no"),
        Fact("needs", "What it asks for"),
        Fact("instead", "What to name instead", "codes", "legal_gateway"),
        Fact(
            "commencement_unknown",
            "Commencement not certain",
            "yes_no",
            help="Rules about it stay off until the first day and the instrument are entered.",
        ),
        Fact(
            "commencement_instrument",
            "Instrument that commenced it",
            help="For example SI 2025/1168",
        ),
    ),
    grouped_by="area",
)
