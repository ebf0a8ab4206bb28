"""Lists of law: what allows, requires or forbids sharing, and what each entry asks for."""

from register.lists.catalogue.gateways import GATEWAYS
from register.lists.shapes import LAW, Fact, ReferenceList

_POLICY = (
    ("required", "Required"),
    ("required_except", "Required, with exceptions"),
    ("no", "Not required"),
)
_NAMES_LAW = Fact("needs_law", "Names the law it rests on", "yes_no")

LISTS = (
    ReferenceList(
        "regime",
        "Regimes",
        "Which part of data protection law one side of a flow is under.",
        LAW,
        (Fact("only_competent", "Only for competent authorities", "yes_no"),),
    ),
    ReferenceList(
        "lawful_basis",
        "Lawful bases",
        "UK GDPR, Article 6(1): one is needed for any personal data.",
        LAW,
        (
            Fact(
                "not_for_public_tasks",
                "Not for a public authority's own tasks",
                "yes_no",
            ),
            Fact("needs_annex1", "Needs a condition of Annex 1", "yes_no"),
            _NAMES_LAW,
        ),
    ),
    ReferenceList(
        "annex1_condition",
        "Recognised legitimate interests",
        "UK GDPR, Annex 1: conditions of Article 6(1)(ea).",
        LAW,
    ),
    ReferenceList(
        "annex2_condition",
        "Compatible further uses",
        "UK GDPR, Annex 2: further use that is taken to be compatible.",
        LAW,
    ),
    ReferenceList(
        "special_category",
        "Special categories",
        "UK GDPR, Article 9(1): data that needs a condition of its own.",
        LAW,
    ),
    ReferenceList(
        "article9_condition",
        "Conditions for special categories",
        "UK GDPR, Article 9(2): one is needed for special category data.",
        LAW,
        (
            Fact(
                "needs_schedule1",
                "Schedule 1 conditions that may go with it",
                "codes",
                "schedule1_condition",
                help="Tick none where Article 9 alone is enough.",
                nothing="None: Article 9 alone is enough",
            ),
        ),
    ),
    ReferenceList(
        "schedule1_condition",
        "Schedule 1 conditions",
        "Data Protection Act 2018, Schedule 1: for special category and offence data.",
        LAW,
        (
            Fact(
                "part",
                "Part of the Schedule",
                "one_code",
                choices=(
                    ("1", "Part 1: employment, health and research"),
                    ("2", "Part 2: substantial public interest"),
                    ("3", "Part 3: criminal convictions"),
                ),
            ),
            Fact(
                "policy_document",
                "Appropriate policy document",
                "one_code",
                choices=_POLICY,
            ),
            Fact("policy_document_except", "Not required where"),
        ),
        grouped_by="part",
    ),
    ReferenceList(
        "part3_basis",
        "Law enforcement: bases",
        "Data Protection Act 2018, section 35(2): the first principle of Part 3.",
        LAW,
    ),
    ReferenceList(
        "part3_purpose",
        "Law enforcement: purposes",
        "Data Protection Act 2018, section 31: what Part 3 is for.",
        LAW,
    ),
    ReferenceList(
        "schedule8_condition",
        "Law enforcement: Schedule 8 conditions",
        "Data Protection Act 2018, Schedule 8: for sensitive processing under Part 3.",
        LAW,
    ),
    GATEWAYS,
    ReferenceList(
        "statutory_bar",
        "Statutory bars",
        "Law that forbids or limits disclosure whatever else allows it.",
        LAW,
        (
            Fact("touches", "Kinds of data it may touch", "codes", "data_category"),
            Fact("limits", "What it limits"),
            Fact("asks", "What to ask before sharing"),
        ),
    ),
    ReferenceList(
        "limit",
        "Limits of a general kind",
        "Law that bounds every power to share.",
        LAW,
    ),
    ReferenceList(
        "exemption",
        "Exemptions",
        "Provisions that lift a duty of data protection law: never a power to share.",
        LAW,
        (Fact("lifts", "What it lifts"),),
    ),
    ReferenceList(
        "caldicott_principle",
        "Caldicott Principles",
        "Eight questions for any flow of health or care information.",
        LAW,
    ),
    ReferenceList(
        "cldc_basis",
        "Confidentiality",
        "Why the common-law duty of confidentiality does not stand in the way.",
        LAW,
        (
            Fact("is_basis", "Lifts or satisfies the duty", "yes_no"),
            Fact("names_power", "Names the law or the order", "yes_no"),
            Fact("has_expiry", "Has a reference and an expiry", "yes_no"),
            Fact("names_decider", "Names who decided", "yes_no"),
        ),
    ),
    ReferenceList(
        "consent_model",
        "Consent",
        "Whether people are asked, and how a refusal is taken.",
        LAW,
        (Fact("asks_people", "People are asked or may object", "yes_no"),),
    ),
    ReferenceList(
        "override_ground",
        "Grounds to override a refusal",
        "On what ground information may be shared although somebody refused.",
        LAW,
    ),
    ReferenceList(
        "national_data_opt_out",
        "National data opt-out",
        "England: confidential patient information used beyond individual care.",
        LAW,
        (
            Fact("applies", "The opt-out applies", "yes_no"),
            Fact("is_not_patient_data", "No confidential patient information", "yes_no"),
        ),
    ),
    ReferenceList(
        "transfer_outside_uk",
        "Transfers outside the United Kingdom",
        "On what ground personal data may leave the United Kingdom.",
        LAW,
        (
            Fact("is_transfer", "Leaves the United Kingdom", "yes_no"),
            Fact("needs_test", "Needs the data protection test", "yes_no"),
        ),
    ),
    ReferenceList(
        "individual_right",
        "Rights of individuals",
        "What people may ask of those who hold their data.",
        LAW,
        (Fact("period", "Answered within"),),
    ),
    ReferenceList(
        "regulator",
        "The regulator",
        "The name of the regulator of data protection, by date.",
        LAW,
    ),
)
