"""Lists about what follows a signature: breaches and concerns, checks of adherence, and the end."""

from register.lists.shapes import DOCUMENTS, Fact, ReferenceList

LISTS = (
    ReferenceList(
        "concern_kind",
        "Breaches and concerns",
        "What went wrong, or may go wrong, under an agreement.",
        DOCUMENTS,
        (
            Fact(
                "is_personal_data_breach",
                "A personal data breach",
                "yes_no",
                help="The register asks whether the ICO was notified within 72 hours.",
            ),
        ),
    ),
    ReferenceList(
        "concern_severity",
        "Severity",
        "How much a breach or concern may harm the people whom the data are about.",
        DOCUMENTS,
        (
            Fact("tells_ico", "The ICO is to be notified", "yes_no"),
            Fact("tells_people", "The people are to be told", "yes_no"),
        ),
    ),
    ReferenceList("telling_way", "Ways of telling", "How a body was told of something.", DOCUMENTS),
    ReferenceList(
        "adherence_question",
        "Questions of an adherence check",
        "What a checker asks to see whether an agreement is kept in practice.",
        DOCUMENTS,
    ),
    ReferenceList(
        "keeping_ground",
        "Grounds to keep",
        "Why a body keeps information after the agreement under which it came has ended.",
        DOCUMENTS,
    ),
    ReferenceList(
        "disposal_method",
        "Methods of return and destruction",
        "How information was returned or destroyed.",
        DOCUMENTS,
    ),
)
