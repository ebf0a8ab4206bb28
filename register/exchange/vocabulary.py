"""The fields of a register, and the headings under which offices and publishers keep them."""

EXTRA = "extra"  # kept beside the entry under its heading
LEFT_OUT = "left_out"  # not read at all

# What a register can hold, in the words of `--map`.
FIELDS = {
    "reference": "Reference",
    "title": "Title",
    "kind": "Kind or tier",
    "parent": "Framework or protocol above it",
    "community": "Information community",
    "purpose": "Purpose",
    "benefits": "Benefits",
    "legal_power": "Legal power or basis",
    "data": "Information shared",
    "controllers": "Controllers",
    "processors": "Processors",
    "lead": "Lead organisation",
    "parties": "Other organisations",
    "method": "How it is shared",
    "retention": "Retention",
    "start": "Start date",
    "end": "End date",
    "review": "Review date",
    "dated": "Date of the document",
    "signed_by": "Signed by",
    "signed_on": "Date signed",
    "status": "Status",
    "version": "Version",
    "owner": "Owner",
    "contact": "Contact",
    "areas": "Area",
    "notes": "Notes",
    "signs": "A body’s column: signed, a date or blank",
}
BODIES = ("controllers", "processors", "lead", "parties")
DATES = {"start": False, "end": True, "review": True, "dated": False, "signed_on": False}
# Fields that several columns may fill; of any other field the first column counts.
_MANY = "legal_power data notes contact parties controllers processors areas signs"
MANY = frozenset(_MANY.split())
# What makes a title's table a register and not a list of names.
TELLING = frozenset(FIELDS) - {
    "reference", "title", "start", "end", "status", "areas", "notes", "contact", "owner", "dated",
}  # fmt: skip
# Headings that any list of anything may have.
WEAK_TITLES = frozenset(("name", "official name"))

_KNOWN = {
    "reference": "reference|ref|ref no|ref number|reference number|reference no|unique reference"
    "|unique id|id|no|number|agreement reference|agreement number|agreement id|agreement ref"
    "|isa ref|isa reference|isa number|isa no|dsa ref|dsa reference|dsa number|isp ref|isp reference"
    "|register number|nic number|project id|protocol reference|document reference|code|our reference"
    "|register reference|information sharing agreement 0001",
    "title": "title|name|title of agreement|agreement title|agreement name|name of agreement|isa title"
    "|isa name|dsa title|dsa name|name of isa|name of dsa|isp title|isp name|name of isp|title of isa"
    "|name of protocol|protocol name|protocol title|document title|document name|project title"
    "|project name|title as published|name of document|name of data sharing agreement"
    "|data sharing agreement|information sharing agreement|information sharing protocol|agreement"
    "|name of information sharing agreement|name of the agreement|sharing agreement|official name"
    "|title of document|title of protocol|title of isp|data sharing agreement name",
    "kind": "kind|tier|type|agreement type|type of agreement|document type|type of document"
    "|tier or kind|tier or kind as labelled|category|level|isa type|dsa type",
    "parent": "parent|parent framework|parent protocol|framework|overarching protocol|protocol"
    "|overarching agreement|main protocol|parent agreement|charter|under which protocol"
    "|umbrella agreement",
    "community": "community|information community|theme|programme|workstream",
    "purpose": "purpose|purpose s|purposes|purpose of sharing|purpose of agreement|aim|aims|objective"
    "|objectives|description|summary|lay summary|objective for processing|purpose of the agreement"
    "|reason for sharing|why|brief description|purpose of data sharing|purpose of processing"
    "|description of sharing|what is it for|purpose of information sharing|scope",
    "benefits": "benefits|benefit|expected benefits|expected measurable benefits|benefits of sharing"
    "|public benefit statement|information sharing benefits|anticipated benefits",
    "legal_power": "legal power|legal powers|legal basis|lawful basis|legal gateway|gateway|gateways"
    "|legal power disclosure|legal basis for sharing|lawful basis for sharing|statutory power"
    "|legal basis for provision of data|legal basis for provision of data under article 6"
    "|lawful conditions for provision of data under article 9|article 6|article 9|condition"
    "|article 6 condition|article 9 condition|article 6 lawful basis|legislation|power to share"
    "|article 6 lawful basis for processing personal data|lawful basis article 6"
    "|article 9 condition for processing special category data|lawful basis for processing"
    "|legal gateways|schedule 1 condition",
    "data": "data|data shared|information shared|information disclosed|disclosed information"
    "|datasets|dataset|dataset s name|dataset name|data sets|type of data provided|data items"
    "|data to be shared|information to be shared|categories of data|categories of personal data"
    "|personal data|type of data|data types|data categories|what is shared|what data",
    "controllers": "controllers|controller|data controllers|data controller|controller names"
    "|joint controllers|controller s|data controller s|joint data controllers",
    "processors": "processors|processor|data processors|data processor|processor names|recipients"
    "|processors recipients|recipient|processor s|data processor s",
    "lead": "lead|lead organisation|lead owner|lead partner|lead body|lead agency|lead authority"
    "|lead applicant organisation name|lead org|host organisation|owning organisation"
    "|lead organization|responsible organisation|originating organisation|main contact organisation",
    "parties": "parties|partners|other organisations|other partners|partner organisations"
    "|partner organisation|partner|organisation|organisations|organisation name|organisations involved"
    "|bodies|body|signatories|signatory organisations|parties involved|partner agencies|agencies"
    "|other parties|with whom|shared with|sharing with|organisation s|partner s|participants"
    "|parties to the agreement|other organisations involved|who with|organizations|organization"
    "|signatory organisation|agencies involved|partners involved|name of organisation",
    "method": "method|information sharing method|method of transfer|how shared|transfer method"
    "|how is it shared|sharing method|method of sharing|means of transfer|how",
    "retention": "retention|retention period|retention schedule|how long kept|retention time"
    "|retention and disposal",
    "start": "start|start date|from|commencement|commencement date|date from|effective date"
    "|valid from|project start date|date in force|effective from|live date|date live|go live date"
    "|date of commencement|start of agreement|agreement start date",
    "end": "end|end date|expiry|expiry date|expires|to|date to|termination date|valid to|until"
    "|project end date|expiration date|date of expiry|end of agreement|agreement end date|finish date"
    "|closing date",
    "review": "review|review date|date of review|next review|next review date|review due|due for review"
    "|review due date|date for review|review by|date of next review|reviewed|date review due"
    "|review period|to be reviewed|review on|renewal date",
    "dated": "dated|date|date of agreement|agreement date|document date|date of document",
    "signed_by": "signed by|signatory|name of signatory|signatory name|authorised by|approved by"
    "|signed off by",
    "signed_on": "signed|signed on|date signed|date of signature|signature date|signed date"
    "|date of signing|date signed off|signed off|date approved|approval date",
    "status": "status|current status|state|agreement status|isa status|dsa status|position|live",
    "version": "version|version no|version number|ver|issue|version no of agreement",
    "owner": "owner|agreement owner|document owner|information asset owner|iao|lead officer|author"
    "|responsible officer|service owner|isa owner|owner name|lead contact",
    "contact": "contact|contacts|contact details|contact email|e mail|email|contact name"
    "|contact officer|key contact|main contact|email address",
    "areas": "area|areas|area names|geographical area|locality|region|district",
    "notes": "notes|note|comments|comment|remarks|additional information|further information",
}
HEADINGS = {name: field for field, names in _KNOWN.items() for name in names.split("|")}

# Registers known by their headings. The name is the source of the references in them, so that the
# same register sent as another file, or in two halves, is known again.
FAMILIES = {
    "digital-economy-act": (
        {"reference", "title", "legal power", "information disclosed", "controllers", "method"},
        {"information sharing agreement 0001", "legal power disclosure", "disclosed information"},
    ),
    "nhs-release-register": (
        {"reference number", "organisation", "organisation type", "opt outs", "datasets"},
        {"reference number", "organisation", "objective for processing", "yielded benefits"},
        {"nic number", "organisation name", "type of data provided"},
    ),
    "hdr-uk": ({"project id", "project title", "lay summary"},),
}
