"""The columns of a list of bodies, and the headings under which offices and publishers keep them."""

# What a list of bodies can hold, in the words of `--map`.
BODY_FIELDS = {
    "body_name": "Name of the body",
    "body_short": "Short name",
    "body_other": "Other name",
    "body_former": "Former name",
    "body_welsh": "Welsh name",
    "ods": "ODS code",
    "gss": "ONS (GSS) code",
    "former_gss": "Former ONS (GSS) code",
    "company": "Companies House number",
    "charity": "Charity number",
    "ico": "ICO registration",
    "urn": "URN",
    "ukprn": "UKPRN",
    "code": "Number in a list named by the heading",
    "body_kind": "Kind of body",
    "legal_status": "Legal status",
    "opened": "Opened",
    "closed": "Closed",
    "successor": "Successor",
    "website": "Web address",
    "member": "Member of the partnership",
}
MANY_BODY = frozenset(
    ("body_other", "body_former", "body_welsh", "former_gss", "code", "successor")
)
NAMES = {"body_other": "variant", "body_former": "former", "body_welsh": "welsh"}
BODY_DAYS = {"opened": False, "closed": True}
SCHEMES = {
    "ods": "ODS",
    "gss": "GSS",
    "former_gss": "GSS",
    "company": "Companies House",
    "charity": "Charity Commission",
    "urn": "URN",
    "ukprn": "UKPRN",
}

_KNOWN = {
    "body_name": "official name|legal name|body name|organisation|organisation name|body"
    "|name of organisation|name of body|name of the body|la name|council|council name|trust name"
    "|authority|authority name|force|force name|college name|school name|charity name|company name"
    "|registered name|organization|organization name|partner|partner organisation|provider name",
    "body_short": "short name|abbreviation|acronym|initials|short form|known as",
    "body_other": "nice name|also known as|aka|alt names|alternative name|alternative names|alias"
    "|aliases|other name|other names|trading name|trading names|trading as|variant|variants",
    "body_former": "former name|former names|previous name|previous names|old name|formerly"
    "|formerly known as|was",
    "body_welsh": "welsh name|name cy|official name cy|name in welsh|enw",
    "ods": "ods|ods code|nhs code|org code|organisation code|nacs code|ods number",
    "gss": "gss|gss code|ons code|ons|ons gss|ons gss code|la gss code|gss ons code",
    "former_gss": "former gss codes|former gss code|old gss code|former ons codes",
    "company": "companies house|companies house number|company number|company no|company reg no"
    "|company registration number|company registration|crn|registered company number",
    "charity": "charity|charity number|charity no|registered charity number|charity registration"
    "|charity commission number",
    "ico": "ico|ico number|ico registration|ico registration number|ico reg|ico ref"
    "|data protection registration|ico registration no|za number",
    "urn": "urn|unique reference number|school urn|dfe urn",
    "ukprn": "ukprn|uk provider reference number",
    "code": "local authority code|la code|local authority eng|principal local authority"
    "|local authority sct|local authority nir|police force|fire service eng"
    "|government organisation|clinical commissioning group|further education college uk"
    "|local custodian code",
    "body_kind": "kind of body|type of body|body type|organisation type|type of organisation|sector"
    "|local authority type name|local authority type|organisation kind|kind of organisation",
    "legal_status": "legal status|legal form|legal personality",
    "opened": "opened|open date|opening date|date opened|opened on|open|established",
    "closed": "closed|close|close date|closing date|date closed|closed on|dissolved|abolished"
    "|abolition date|dissolved on",
    "successor": "successor|successors|replaced by|succeeded by|superseded by|merged into"
    "|successor organisation|new organisation",
    "website": "website|web site|web address|url|homepage|web|site",
    "member": "member|membership|member of the partnership|partnership member|member kind",
}
BODY_HEADINGS = {name: field for field, names in _KNOWN.items() for name in names.split("|")}
# Headings that any list of anything may have: they count only in a list of bodies.
COMMON_HEADINGS = {
    "name": "body_name", "code": "code", "kind": "body_kind", "type": "body_kind",
    "category": "body_kind", "start date": "opened", "start": "opened", "from": "opened",
    "end date": "closed", "end": "closed", "to": "closed", "until": "closed",
}  # fmt: skip
# A sheet of agreements may have these too, so they tell nothing by themselves.
WEAK = frozenset(
    ("organisation", "organisation name", "council", "authority", "body", "organization", "sector",
     "organization name", "partner", "partner organisation", "open", "was", "site", "web", "url",
     "successor", "name of organisation", "member", "charity", "force", "organisation type",
     "charity number", "company number", "provider name")
)  # fmt: skip

# Lists that give a body the same number: the number of one finds what came in with the other.
SAME_LIST = {
    "clinical commissioning group": "ods",
    "local authority code": "local authority",
    "la code": "local authority",
    "local authority eng": "local authority",
    "local authority sct": "local authority",
    "local authority nir": "local authority",
    "principal local authority": "local authority",
}
# Boundaries move and the code with them: another code does not make another body.
MOVING = frozenset(("gss",))

# Kinds of local authority as the government's registers code them.
TYPE_CODES = {
    "cty": "county_council", "nmd": "district_council", "md": "unitary_council",
    "mtd": "unitary_council", "ua": "unitary_council", "lbo": "unitary_council",
    "cc": "unitary_council", "sco": "unitary_council", "wpa": "unitary_council",
    "nid": "unitary_council", "comb": "combined_authority", "sra": "combined_authority",
}  # fmt: skip
# In this order; the first that is found in the words of a list counts.
KIND_WORDS = (
    (r"combined authority|strategic regional|strategic authority", "combined_authority"),
    (r"town council|parish|community council", "parish_council"),
    (r"non metropolitan district|\bdistrict\b(?!.*(?:metropolitan|ni ))", "district_council"),
    (
        r"unitary|metropolitan|london borough|ni district|scottish|city corporation",
        "unitary_council",
    ),
    (r"\bcounty\b", "county_council"),
    (r"commissioner", "police_commissioner"),
    (r"police|constabulary", "police_force"),
    (r"fire", "fire_and_rescue"),
    (r"integrated care|\bicb\b", "integrated_care_board"),
    (r"general practice|gp practice|surgery", "gp_practice"),
    (r"\bccg\b|clinical commissioning|\bnhs\b(?!.*trust)|health board", "other_nhs"),
    (r"nhs.*trust|foundation trust|^trust$", "nhs_trust"),
    (r"universit", "university"),
    (r"school|academ", "school"),
    (r"college", "college"),
    (r"housing", "housing_provider"),
    (r"probation", "probation"),
    (r"prison|custody", "custody"),
    (r"charity|voluntary|community body|social enterprise", "voluntary"),
    (r"department|ministry|executive agency|central government", "central_government"),
    (r"supplier|private|company", "private_supplier"),
    (r"safeguarding", "safeguarding_partnership"),
    (r"community safety", "community_safety_partnership"),
    (r"\bhub\b|\bmash\b", "multi_agency_hub"),
    (r"regulator|inspectorate", "regulator"),
)
# What a name alone says for sure.
KIND_NAMES = (
    (r"nhs (?:foundation )?trust$|nhs ft$", "nhs_trust"),
    (r"\bccg$", "other_nhs"),
    (r"\bicb$", "integrated_care_board"),
    (r"\bpolice and crime commissioner\b", "police_commissioner"),
    (r"\b(?:constabulary|police)$", "police_force"),
    (r"\bfire(?: and rescue)?(?: service| authority)?$", "fire_and_rescue"),
    (r"\bcombined authority$", "combined_authority"),
    (r"^university of\b|\buniversity$", "university"),
    (r"\bcollege$|\bcollege of further education$", "college"),
)
STATUS_WORDS = (
    (r"legal person|corporat|company|charity|statutory body", "legal_person"),
    (r"office holder|corporation sole", "office_holder"),
    (r"arrangement|no(?:t a)? legal person|without legal", "arrangement"),
)
MEMBER_WORDS = {
    "full": "full", "full member": "full", "member": "full", "yes": "full", "y": "full",
    "x": "full", "true": "full", "associate": "associate", "associate member": "associate",
    "observer": "observer", "single": "single", "bound by single agreements only": "single",
}  # fmt: skip
NO_MEMBER = frozenset(("", "no", "n", "false", "none", "-", "not a member"))
