"""The bodies of Wyrefordshire, of every kind and legal status, and the people in them."""

from typing import NamedTuple


class Body(NamedTuple):
    """A body of the demonstration: names, kind, legal status, authority, Part 3, membership, posts."""

    key: str
    legal_name: str
    short_name: str
    kind: str
    status: str = "legal_person"
    authority: str = "yes"
    part3: str = "no"
    part3_function: str = ""
    membership: str = "full"
    unit_of: str = ""
    ico: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()  # (name, kind of name)


BODIES = (
    Body(
        "county",
        "Wyrefordshire County Council",
        "Wyrefordshire Council",
        "county_council",
        part3="statutory",
        part3_function="Trading standards",
        ico="ZA000101",
        identifiers=(("GSS", "E19000901"),),
    ),
    Body(
        "halewick",
        "Halewick Borough Council",
        "Halewick Borough",
        "district_council",
        ico="ZA000102",
        identifiers=(("GSS", "E19000902"),),
    ),
    Body(
        "marshe",
        "Marshe Valley District Council",
        "Marshe Valley",
        "district_council",
        ico="ZA000103",
        names=(("Marshe Rural District Council", "former"),),
    ),
    Body(
        "eastmoor",
        "Eastmoor and Saltby City Council",
        "Eastmoor City",
        "unitary_council",
        ico="ZA000104",
        names=(("Eastmoor City Council", "variant"),),
    ),
    Body(
        "police",
        "Chief Constable of Wyrefordshire",
        "Wyrefordshire Police",
        "police_force",
        status="office_holder",
        part3="schedule_7",
        ico="ZA000105",
        names=(("Wyrefordshire Police", "trading"),),
    ),
    Body(
        "pcc",
        "Police and Crime Commissioner for Wyrefordshire",
        "Wyrefordshire PCC",
        "police_commissioner",
        status="office_holder",
        part3="schedule_7",
        ico="ZA000106",
    ),
    Body(
        "fire",
        "Wyrefordshire Fire and Rescue Authority",
        "Wyrefordshire Fire",
        "fire_and_rescue",
        ico="ZA000107",
    ),
    Body(
        "icb",
        "NHS Wyrefordshire Integrated Care Board",
        "Wyrefordshire ICB",
        "integrated_care_board",
        ico="ZA000108",
        identifiers=(("ODS", "QX9"),),
    ),
    Body(
        "acute",
        "Halewick and Marshe University Hospitals NHS Foundation Trust",
        "Halewick Hospitals",
        "nhs_trust",
        ico="ZA000109",
        identifiers=(("ODS", "RX91"),),
    ),
    Body(
        "mental",
        "Wyrefordshire Children, Young People and Mental Health Partnership NHS Trust",
        "Wyrefordshire Mental Health",
        "nhs_trust",
        ico="ZA000110",
        identifiers=(("ODS", "RX92"),),
    ),
    Body(
        "practice",
        "Saltby Harbour Medical Practice",
        "Saltby Practice",
        "gp_practice",
        authority="some",
        membership="supported",
        ico="ZA000111",
        identifiers=(("ODS", "X99001"),),
    ),
    Body(
        "college",
        "Halewick College of Further Education",
        "Halewick College",
        "college",
        ico="ZA000112",
    ),
    Body(
        "schools",
        "Marshe Valley Schools Trust",
        "Marshe Valley Schools",
        "school",
        ico="ZA000113",
    ),
    Body(
        "university",
        "University of Wyrefordshire",
        "Wyrefordshire University",
        "university",
        membership="associate",
        ico="ZA000114",
    ),
    Body(
        "probation",
        "Wyrefordshire Probation Service",
        "Wyrefordshire Probation",
        "probation",
        status="unit",
        unit_of="ministry",
        part3="schedule_7",
        membership="associate",
    ),
    Body(
        "ministry",
        "Department for Rehabilitation",
        "Rehabilitation",
        "central_government",
        part3="schedule_7",
        membership="observer",
        ico="ZA000115",
    ),
    Body(
        "housing",
        "Marshe Homes Limited",
        "Marshe Homes",
        "housing_provider",
        authority="no",
        ico="ZA000116",
        identifiers=(("company", "09990001"),),
    ),
    Body(
        "carers",
        "Marshe Valley Carers",
        "Marshe Carers",
        "voluntary",
        authority="no",
        membership="supported",
        ico="ZA000117",
        identifiers=(("charity", "1999001"),),
    ),
    Body(
        "refuge",
        "Wyrefordshire Refuge and Advice",
        "Wyrefordshire Refuge",
        "voluntary",
        authority="no",
        membership="single",
        ico="ZA000118",
        identifiers=(("charity", "1999002"),),
    ),
    Body(
        "chamber",
        "Wyrefordshire Chamber of Commerce",
        "Wyrefordshire Chamber",
        "business_body",
        authority="no",
        membership="observer",
    ),
    Body(
        "hub",
        "Wyrefordshire Multi-Agency Safeguarding Hub",
        "Safeguarding Hub",
        "multi_agency_hub",
        status="arrangement",
        authority="no",
        membership="associate",
    ),
    Body(
        "youth",
        "Wyrefordshire Youth Justice Service",
        "Youth Justice Service",
        "other",
        status="unit",
        unit_of="county",
        membership="associate",
    ),
)
HUB_MEMBERS = ("county", "police", "mental", "acute")
