"""The columns of a schedule of flows, and the headings under which offices keep them."""

# What a sheet of flows can hold, in the words of `--map`.
FLOW_FIELDS = {
    "flow": "Number of the flow",
    "reference": "Reference of the agreement",
    "title": "Name of the flow",
    "provider": "Provider",
    "recipient": "Recipient",
    "data": "Information shared",
    "category": "Categories of data",
    "subjects": "People in the data",
    "identifiability": "How far people can be identified",
    "special": "Special category or sensitive",
    "purpose": "Purpose",
    "necessity": "Why it is needed",
    "use": "Used for",
    "direction": "Direction",
    "legal_power": "Legal power or basis",
    "provider_law": "Lawful basis of the provider",
    "recipient_law": "Lawful basis of the recipient",
    "confidentiality": "Common law duty of confidentiality",
    "opt_out": "National data opt-out",
    "consent": "Consent",
    "frequency": "How often",
    "method": "How it moves",
    "system": "System",
    "format": "Format",
    "volume": "How much at a time",
    "security": "Security",
    "storage": "Where it is kept",
    "access": "Who may see it",
    "retention": "Retention",
    "disposal": "Disposal",
    "outside": "Transfer outside the UK",
    "onward": "Onward sharing",
    "dpia": "Impact assessment",
    "notice": "Privacy notice",
}
ENDS = ("provider", "recipient")
LAWS = ("legal_power", "provider_law", "recipient_law")
# Fields that only a sheet of flows has: one of them in `--map` says what the sheet is.
ONLY_FLOWS = frozenset(
    ("flow", "provider", "recipient", "category", "subjects", "identifiability", "provider_law",
     "recipient_law", "frequency", "direction", "opt_out", "necessity", "use")
)  # fmt: skip
# Of these several columns may speak; of any other field the first column counts.
MANY_FLOWS = frozenset((*ENDS, *LAWS, "data", "category", "special", "subjects", "security"))

_KNOWN = {
    "flow": "rowid|row id|flow id|flow ref|flow reference|flow no|flow number|data flow id"
    "|data flow ref|data flow reference|flow",
    "reference": "reference|reference number|ref|agreement ref|agreement reference|agreement no"
    "|agreement number|agreement id|isa ref|isa reference|isa number|dsa ref|dsa reference|dsa number"
    "|nic number|register reference|our reference|reference of the agreement|sharing agreement ref"
    "|agreement|isa|dsa",
    "title": "name of the flow|flow name|flow title|name of flow|data flow|data flow name"
    "|information flow|title of flow|flow description|description of flow",
    "provider": "provider|providers|data provider|provider s|from|from organisation|from whom|sender"
    "|sending organisation|disclosing organisation|discloser|disclosing body|supplier|data supplier"
    "|providing organisation|provided by|shared by|source organisation|sender s|sending partner",
    "recipient": "recipient|recipients|data recipient|recipient s|to|to organisation|to whom|receiver"
    "|receiving organisation|receiving body|recipient organisation|organisation name|shared with"
    "|received by|destination organisation|receiver s|receiving partner|customer",
    "data": "data|data shared|data items|data item|data fields|information|information shared"
    "|data set|dataset|data sets|datasets|data to be shared|information to be shared|what is shared"
    "|type of data provided|what data|personal data|data elements|data description|dataset name",
    "category": "category|categories|category of data|categories of data|data category"
    "|data categories|type of data|types of data|categories of personal data|information category",
    "subjects": "data subject|data subjects|people|people in the data|who it is about|subjects"
    "|categories of data subjects|about whom|categories of individuals|individuals",
    "identifiability": "identifiability|identifiable|how far people can be identified"
    "|data provided to customer|level of identifiability|anonymised|personal or anonymised"
    "|identifiable or anonymised|form of data",
    "special": "special category|special categories|special category data|sensitive"
    "|sensitive or non sensitive|sensitivity|special categories of data|is it special category",
    "purpose": "purpose|purposes|purpose of flow|purpose of sharing|why|reason|reason for sharing"
    "|objective|purpose of the flow|purpose of processing",
    "necessity": "necessity|why needed|why it is needed|why is it needed|justification|needed because"
    "|reason needed",
    "use": "use|used for|kind of use|type of use|use of data|processing type",
    "direction": "direction|direction of flow|flow direction|one way or two way",
    "legal_power": "legal basis|lawful basis|legal power|legal gateway|gateway|legal gateways|article 6"
    "|article 9|legal basis for provision of data|lawful basis article 6|article 6 condition"
    "|article 6 lawful basis|article 9 condition|power to share|condition|legislation"
    "|legal power or basis|schedule 1 condition|lawful basis for sharing|conditions",
    "provider_law": "lawful basis of the provider|provider lawful basis|provider s lawful basis"
    "|sender lawful basis|lawful basis provider|legal basis provider|provider legal basis",
    "recipient_law": "lawful basis of the recipient|recipient lawful basis"
    "|recipient s lawful basis|receiver lawful basis|lawful basis recipient|recipient legal basis",
    "confidentiality": "common law duty of confidentiality|common law|confidentiality|cldc"
    "|duty of confidentiality|common law duty of confidence|duty of confidence",
    "opt_out": "national data opt out|opt out|opt outs|patient opt outs applied|ndoo|opt out applied"
    "|patient opt out|national data opt out applied",
    "consent": "consent|consent model|consent needed|is consent sought",
    "frequency": "frequency|how often|frequency of transfer|frequency of flow|frequency of sharing"
    "|regularity|when|timing",
    "method": "method|how|how it moves|transfer method|method of transfer|means of transfer"
    "|mode of transfer|how is it sent|how transferred|how shared|transfer mechanism|method of sharing"
    "|sharing method|transfer mode|mechanism|how sent|medium",
    "system": "system|systems|it system|system used|case system",
    "format": "format|data format|file format|format of data",
    "volume": "volume|how much|number of records|size|how much at a time|records",
    "security": "security|controls|security controls|security measures|safeguards"
    "|technical measures|security in transit|encryption",
    "storage": "storage|where stored|where it is kept|storage location|stored where|how stored"
    "|where is it stored",
    "access": "access|who has access|who may see it|access controls|who can access",
    "retention": "retention|retention period|how long|how long kept|kept for|retention schedule"
    "|retention and disposal",
    "disposal": "disposal|disposal method|destruction|deletion|method of disposal|how disposed",
    "outside": "transfer outside the uk|outside uk|outside the uk|international transfer"
    "|international transfers|transfers outside the uk|restricted transfer|overseas transfer",
    "onward": "onward sharing|onward|onward disclosure|onward transfer|shared onward",
    "dpia": "dpia|dpia reference|dpia ref|impact assessment|data protection impact assessment",
    "notice": "privacy notice|fair processing notice|privacy notice link|privacy information",
}
FLOW_HEADINGS = {name: field for field, names in _KNOWN.items() for name in names.split("|")}

# Headings that say: this is a schedule of flows, and not a register of agreements.
_MARKS = (
    "flow id|flow ref|flow reference|flow no|flow number|data flow id|data flow ref|flow name"
    "|data flow reference|flow title|name of flow|name of the flow|data flow|data flow name"
    "|information flow|direction of flow|type of data provided|provider|providers|data provider"
    "|from organisation|sender|sending organisation|disclosing organisation|providing organisation"
    "|recipient|recipients|recipient organisation|to organisation|receiver|receiving organisation"
    "|from|to|from whom|to whom|data recipient|frequency of flow|purpose of flow"
)
MARKS = frozenset(_MARKS.split("|"))
# Published lists of flows, known by their headings alone.
PUBLISHED = ({"nic number", "organisation name", "type of data provided"},)
# These stand for days in a register of agreements, so that the cells decide.
DAYS_OR_BODIES = frozenset(("from", "to"))

# Registers whose publisher gives the information that they list: the name to look for.
PUBLISHERS = {"nhs-release-register": "NHS Digital"}
# Registers that list nothing but one kind of data: its category in the list of categories.
CATEGORIES = {"nhs-release-register": "health"}
