"""Lists about documents: their kinds, their markings, their risks, reviews and requests."""

from register.lists.shapes import DOCUMENTS, Fact, ReferenceList

LISTS = (
    ReferenceList("charter_kind", "Kinds of charter", "What a tier 1 document may be.", DOCUMENTS),
    ReferenceList(
        "protocol_kind", "Kinds of protocol", "What a tier 2 document may be.", DOCUMENTS
    ),
    ReferenceList(
        "agreement_kind", "Kinds of agreement", "What a tier 3 document may be.", DOCUMENTS
    ),
    ReferenceList("file_kind", "Kinds of file", "What an attached file is.", DOCUMENTS),
    ReferenceList(
        "marking",
        "Protective markings",
        "Security classifications, printed on pages.",
        DOCUMENTS,
    ),
    ReferenceList(
        "authority_statement",
        "Statements of authority",
        "What somebody who signs confirms: {body}, {post}, {document} and {senior} are filled in.",
        DOCUMENTS,
    ),
    ReferenceList("beneficiaries", "Who benefits", "For whom sharing is done.", DOCUMENTS),
    ReferenceList(
        "review_outcome", "Outcomes of a review", "What was decided at a review.", DOCUMENTS
    ),
    ReferenceList(
        "review_question",
        "Questions of a review",
        "What is asked at every review, besides the checks of quality.",
        DOCUMENTS,
    ),
    ReferenceList(
        "dpia_status",
        "States of an impact assessment",
        "How a data protection impact assessment stands for one controller.",
        DOCUMENTS,
        (
            Fact(
                "is_settled",
                "The controller has decided",
                "yes_no",
                help="Sharing may begin as far as the assessment goes.",
            ),
            Fact("needs_reason", "Needs a reason", "yes_no"),
        ),
    ),
    ReferenceList(
        "dpia_screening",
        "Screening questions",
        "What makes an impact assessment necessary or wise.",
        DOCUMENTS,
        (
            Fact(
                "is_mandatory",
                "Makes an assessment mandatory by itself",
                "yes_no",
                help="The cases that the law or the regulator's list names.",
            ),
        ),
    ),
    ReferenceList(
        "risk_treatment", "Treatments of a risk", "What is done about a risk.", DOCUMENTS
    ),
    ReferenceList("action_state", "States of an action", "How far an action has come.", DOCUMENTS),
    ReferenceList(
        "refusal_reason",
        "Reasons not to share",
        "Why a request was refused or information was not shared.",
        DOCUMENTS,
        (
            Fact(
                "reason_kind",
                "Sort of reason",
                "one_code",
                choices=(
                    ("legal", "Legal"),
                    ("ethical", "Ethical"),
                    ("operational", "Operational"),
                ),
            ),
        ),
    ),
    ReferenceList(
        "change_class",
        "What counts as a material change",
        "Whether a change of a part of a text asks those concerned to sign again.",
        DOCUMENTS,
        (
            Fact(
                "class",
                "Class",
                "one_code",
                choices=(
                    ("material", "Material: those concerned sign again"),
                    ("minor", "Minor: those concerned are told"),
                ),
            ),
        ),
    ),
)
