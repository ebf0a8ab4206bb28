"""Lists about how information moves, how it is protected, kept and disposed of."""

from register.lists.shapes import MOVING, Fact, ReferenceList

LISTS = (
    ReferenceList(
        "direction",
        "Directions",
        "Between whom a flow goes.",
        MOVING,
        (Fact("is_mutual", "Every party both gives and receives", "yes_no"),),
    ),
    ReferenceList(
        "transfer_mode",
        "Ways of moving",
        "How information gets from one body to another.",
        MOVING,
        (
            Fact(
                "is_weak",
                "Weak for personal information",
                "yes_no",
                help="The rules ask for another way or for controls that make up for it.",
            ),
            Fact("is_electronic", "Electronic", "yes_no"),
        ),
    ),
    ReferenceList(
        "control",
        "Controls",
        "What protects information while it moves and afterwards.",
        MOVING,
        (
            Fact("protects_transit", "Protects while it moves", "yes_no"),
            Fact("protects_storage", "Protects where it is kept", "yes_no"),
            Fact("protects_access", "Limits who gets at it", "yes_no"),
        ),
    ),
    ReferenceList(
        "frequency",
        "Frequencies",
        "How often information moves.",
        MOVING,
        (Fact("is_routine", "Comes again and again", "yes_no"),),
    ),
    ReferenceList("volume", "Volumes", "How many records move at a time.", MOVING),
    ReferenceList("data_format", "Formats", "In which form information moves.", MOVING),
    ReferenceList("disposal", "Disposal", "What happens at the end of its keeping.", MOVING),
    ReferenceList(
        "disposal_proof", "Proof of disposal", "How disposal is shown to the provider.", MOVING
    ),
    ReferenceList("data_quality", "Qualities of data", "What good data is, in six words.", MOVING),
)
