"""Lists about advice and decisions before signature: whom it takes, when, and what is checked."""

from register.lists.shapes import DOCUMENTS, Fact, ReferenceList

LISTS = (
    ReferenceList(
        "advice_kind",
        "Advice and decisions",
        "Who advises or decides before something is signed, and when that is needed.",
        DOCUMENTS,
        (
            Fact(
                "advice_answer",
                "What is given",
                "one_code",
                choices=(
                    ("advice", "Advice: no objection, with conditions, or against"),
                    ("decision", "A decision: approved or not approved"),
                ),
            ),
            Fact(
                "weighs_advice",
                "Decides upon the advice that its body was given",
                "yes_no",
                help="Against advice, or without it, only with a reason.",
            ),
            Fact("answering_posts", "Kinds of post that answer", "codes", "post_kind"),
            Fact(
                "asked_of",
                "Asked of",
                "one_code",
                choices=(
                    ("each_controller", "Each controller among the parties"),
                    ("each_health_body", "Each health body that gives or receives"),
                    ("lead", "The lead body"),
                    ("office", "The partnership office"),
                ),
            ),
            Fact(
                "needed_when",
                "Needed when",
                "one_code",
                choices=(
                    ("always", "Always"),
                    ("personal", "Information about people is shared"),
                    ("health", "Health or care information is shared"),
                    ("research", "It is used for research"),
                    ("security", "The required security level is raised or high"),
                    ("law", "Law enforcement, or a transfer out of the United Kingdom"),
                ),
                help="Where nothing is chosen it is asked only when an officer wants it.",
            ),
            Fact("needed_at_charters", "Asked of charters", "yes_no"),
            Fact("needed_at_protocols", "Asked of protocols", "yes_no"),
            Fact("needed_at_agreements", "Asked of agreements", "yes_no"),
            Fact("has_checklist", "Answers the quality checklist", "yes_no"),
            Fact("needs_reference", "Gives a reference of its own", "yes_no"),
        ),
    ),
    ReferenceList(
        "quality_check",
        "Quality checklist",
        "What the partnership office checks before something is signed.",
        DOCUMENTS,
    ),
)
