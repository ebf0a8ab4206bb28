"""Lists about bodies: what they are, who acts for them, and what makes them safe to share with."""

from register.lists.shapes import BODIES, Fact, ReferenceList

_GOOD = Fact("is_good", "Gives assurance", "yes_no", help="Counts towards the level of assurance.")
_PARTLY = Fact("is_partial", "Gives part of the assurance", "yes_no")
_SPENT = Fact("is_spent", "Is no longer awarded", "yes_no")

LISTS = (
    ReferenceList(
        "organisation_kind",
        "Kinds of body",
        "What sort of body an organisation is.",
        BODIES,
        (
            Fact(
                "is_public_authority",
                "Usually a public authority",
                "yes_no",
                help="Offered when a body of this kind is added; the body's own record decides.",
            ),
            Fact("is_health", "Health body", "yes_no"),
            Fact(
                "is_relevant_authority",
                "Relevant authority under section 115 of the Crime and Disorder Act 1998",
                "yes_no",
            ),
        ),
    ),
    ReferenceList(
        "post_kind",
        "Kinds of post",
        "Posts whose holders sign or answer for a body.",
        BODIES,
    ),
    ReferenceList(
        "assurance_level",
        "Levels of assurance",
        "What the assurance facts of a body add up to.",
        BODIES,
    ),
    ReferenceList(
        "ico_registration",
        "Registration with the regulator",
        "Whether a body pays the data protection fee.",
        BODIES,
        (_GOOD,),
    ),
    ReferenceList(
        "dspt_status",
        "Data Security and Protection Toolkit",
        "How a body stands in the toolkit of the NHS.",
        BODIES,
        (_GOOD, _PARTLY, _SPENT),
    ),
    ReferenceList(
        "cyber_essentials",
        "Cyber Essentials",
        "Which certificate of basic technical security a body holds.",
        BODIES,
        (_GOOD, _PARTLY),
    ),
    ReferenceList(
        "staff_screening",
        "Screening of staff",
        "Which staff who handle the information are checked.",
        BODIES,
        (_GOOD, _PARTLY),
    ),
    ReferenceList(
        "staff_training",
        "Training of staff",
        "Which staff are trained in data protection.",
        BODIES,
        (_GOOD, _PARTLY),
    ),
    ReferenceList(
        "self_assessment",
        "Self-assessment",
        "How far a body says it has come with a commitment.",
        BODIES,
    ),
)
