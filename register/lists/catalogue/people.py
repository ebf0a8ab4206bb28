"""Lists about whom information is about, what it is, and what it is used for."""

from register.lists.shapes import PEOPLE_AND_DATA, Fact, ReferenceList

LISTS = (
    ReferenceList(
        "data_subject",
        "People",
        "Whom the information is about.",
        PEOPLE_AND_DATA,
        (
            Fact("is_child", "Children", "yes_no"),
            Fact(
                "is_vulnerable",
                "Vulnerable towards the bodies",
                "yes_no",
                help="Counts in the screening for an impact assessment.",
            ),
            Fact(
                "is_outside_data_protection",
                "Outside data protection law",
                "yes_no",
                help="People who have died: confidentiality may still bind.",
            ),
        ),
    ),
    ReferenceList(
        "data_category",
        "Kinds of data",
        "What the information is.",
        PEOPLE_AND_DATA,
        (
            Fact(
                "special",
                "Special categories",
                "codes",
                "special_category",
                help="A kind of data with any of these is special category data.",
            ),
            Fact("is_personal", "Personal", "yes_no"),
            Fact("is_identifier", "Identifies people directly", "yes_no"),
            Fact("is_health", "Health or care record", "yes_no"),
            Fact("is_offence", "Criminal offence data", "yes_no"),
        ),
    ),
    ReferenceList(
        "identifiability",
        "Identifiability",
        "How far people can be known from the information.",
        PEOPLE_AND_DATA,
        (
            Fact("is_personal", "Personal", "yes_no"),
            Fact("identifies", "Names people to whoever receives it", "yes_no"),
        ),
    ),
    ReferenceList(
        "use_kind",
        "Kinds of use",
        "What the recipient does with the information.",
        PEOPLE_AND_DATA,
        (
            Fact(
                "is_individual_care",
                "Care of the person",
                "yes_no",
                help="The national data opt-out is not asked about.",
            ),
            Fact("is_law_enforcement", "Law enforcement", "yes_no"),
            Fact("is_non_personal", "Needs no personal information", "yes_no"),
        ),
    ),
    ReferenceList(
        "geographic_level",
        "Geographic levels",
        "The area that an agreement reaches.",
        PEOPLE_AND_DATA,
    ),
    ReferenceList(
        "controller_role",
        "Roles of parties",
        "What a party is in data protection law.",
        PEOPLE_AND_DATA,
    ),
)
