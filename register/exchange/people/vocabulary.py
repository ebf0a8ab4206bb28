"""The columns of a list of people and posts, and the headings under which offices keep them."""

# What such a list can hold, in the words of `--map`.
POST_FIELDS = {
    "post_body": "Body of the post",
    "body_number": "Number of the body in any list",
    "post_title": "Title of the post",
    "post_kind": "Kind of post",
    "holder": "Holder of the post",
    "first_name": "First name of the holder",
    "last_name": "Last name of the holder",
    "holder_of": "Holder of the post that the heading names",
    "holder_email": "E-mail of the holder",
    "holder_phone": "Telephone of the holder",
    "mailbox": "Mailbox of the post",
    "held_from": "In post from",
    "held_until": "In post until",
    "capacity": "Capacity: holder, acting, shared or deputy",
    "acting": "Acting: yes or no",
    "deputy": "Deputy: yes or no, or the name of a deputy",
}
MANY_POST = frozenset(("holder_of",))
POST_DAYS = {"held_from": False, "held_until": True}

_KNOWN = {
    "post_body": "organisation|organisation name|body|partner|partner organisation|agency|employer"
    "|council|name of organisation|name of body|organization|trust|body name",
    "body_number": "ods code|ods|organisation code|gss code|body number|organisation number",
    "post_title": "post|post title|job title|role|position|title of post|title of the post"
    "|designation|job|post name",
    "post_kind": "kind of post|post kind|type of post|post type|role type|kind of role",
    "holder": "holder|post holder|postholder|name of holder|name of post holder|held by|full name"
    "|person|officer|contact name|name of officer|representative|lead name|signatory name|named person",
    "first_name": "first name|forename|given name|firstname",
    "last_name": "last name|surname|family name|lastname",
    "holder_email": "email|e mail|email address|e mail address|contact email|work email|holder email",
    "holder_phone": "phone|telephone|tel|mobile|telephone number|phone number|contact number"
    "|work phone",
    "mailbox": "mailbox|shared mailbox|generic email|team email|post mailbox|role email"
    "|generic mailbox",
    "held_from": "in post from|in post since|appointed|date appointed|appointed on|held from|since"
    "|appointment date",
    "held_until": "in post until|held until|left|leaving date|date left|left on|until",
    "capacity": "capacity|basis|basis of appointment|appointment type|acting or deputy",
    "acting": "acting|is acting|interim|acting up",
    "deputy": "deputy|is deputy|deputising|deputy name|name of deputy",
}
POST_HEADINGS = {name: field for field, names in _KNOWN.items() for name in names.split("|")}
# Headings that count only once a table is known to list people.
COMMON_HEADINGS = {
    "name": "holder", "from": "held_from", "start": "held_from", "start date": "held_from",
    "to": "held_until", "end": "held_until", "end date": "held_until", "kind": "post_kind",
    "type": "post_kind", "title": "post_title", "contact": "holder",
}  # fmt: skip

# In this order; the first that is found counts.
KIND_WORDS = (
    (r"caldicott", "caldicott_guardian"),
    (r"\bsiro\b|senior information risk", "siro"),
    (r"\bdpo\b|data protection officer", "dpo"),
    (r"\biaa\b|asset administrator", "iaa"),
    (r"\biao\b|asset owner", "iao"),
    (r"information governance|\big\b|information (?:management )?lead|data protection lead",
     "information_lead"),
    (r"information security|cyber", "security_lead"),
    (r"chief exec|chief constable|chief officer|chief fire|\bceo\b|managing director|principal"
     r"|head ?teacher", "chief_executive"),
    (r"accountable", "accountable_lead"),
    (r"designated person|single point of contact|\bspoc\b", "designated_person"),
    (r"monitoring officer|solicitor|head of legal|legal", "legal_adviser"),
    (r"records manag", "records_manager"),
    (r"ethics", "ethics_chair"),
    (r"complaint", "complaints_contact"),
    (r"operational manager|service manager|team manager", "operational_manager"),
    (r"executive lead|operational lead", "executive_lead"),
    (r"director", "director"),
    (r"senior officer|nominated officer", "senior_officer"),
)  # fmt: skip
# A body has one such post, whatever it is called there.
ONE_A_BODY = frozenset(("caldicott_guardian", "siro", "dpo", "chief_executive"))
CAPACITIES = (
    (r"deput", "deputy"),
    (r"acting|interim|temporary|cover", "acting"),
    (r"shared|joint|job share", "shared"),
    (r"holder|substantive|permanent|full|lead", "holder"),
)
VACANT = r"vacant|vacancy|tb[ca]|to be (?:confirmed|appointed)|none|n/?a|nobody|not appointed|[-\u2013?]+"
YES = frozenset(("y", "yes", "true", "x", "1", "✓", "acting", "deputy"))
NO = frozenset(("n", "no", "false", "0", "", "-", "none"))
# What no list of staff should hold; such a column is not read.
PRIVATE = r"date of birth|\bdob\b|home address|national insurance|\bni number|nhs number|next of kin|salary"
