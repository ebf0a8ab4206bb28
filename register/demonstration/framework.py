"""The charter of Wyrefordshire, its three communities and their protocols. All words are invented."""

CHARTER_TITLE = "Wyrefordshire Information Sharing Charter"
CHARTER = {
    "vision": "<p>People in Wyrefordshire get the right help early, because those who serve them know "
    "what they need to know.</p>",
    "goal": "<p>Safer homes, healthier lives and better chances for every child in the county.</p>",
    "commitment": "<p>We give our staff the information they need to make sound decisions.</p>",
    "default_premise": "<p>The duty to share is equal to the duty to protect. We share unless there is a "
    "<strong>legal or ethical reason</strong> not to.</p>",
    "purpose": "<p>To support services that meet the needs of people who live, learn and work in the "
    "county.</p>",
    "area_of_benefit": "<p>Residents, businesses and communities of Wyrefordshire.</p>",
}
PLANS = (
    ("Wyrefordshire Together: the county plan", "https://plan.demo.example/together"),
    ("Health and wellbeing strategy", "https://plan.demo.example/wellbeing"),
)
PRINCIPLES = (
    ("Start from sharing", "We begin with the duty to share and look for the lawful way to do it.",
     "A refusal names its legal or ethical ground."),
    ("Keep within the law", "We know the power and the basis on which each exchange rests.",
     "Every agreement names both before anybody signs it."),
    ("Share no more than is needed", "We pass on what the purpose needs, and nothing beside it.",
     "Each item that is shared has its reason."),
    ("Put people first", "We ask how an exchange will look to the person whom it is about.",
     "We tell people, in words they use, what happens to their information."),
    ("Be open", "We publish what we share, with whom and why, wherever that puts nobody at risk.",
     "The register is the public's to read."),
    ("Get it right", "We keep information accurate, and tell each recipient when we correct it.",
     "Corrections reach everybody within five working days."),
    ("Keep it safe", "We protect information on its way and where it rests.",
     "Safeguards match the harm that a loss could do."),
    ("Keep it no longer than needed", "We agree how long each recipient keeps what it was given.",
     "Disposal is recorded."),
    ("Help each other", "We support smaller partners to take part on equal terms.",
     "A sponsor is found for any body without its own officer."),
    ("Learn without blame", "When something goes wrong we put it right together and learn from it.",
     "Concerns are shared with partners within one working day."),
    ("Measure what it does", "We look at whether sharing has made a difference.",
     "Every agreement says how its benefit will be seen."),
    ("Answer for it", "A named senior officer in each body answers for this charter.",
     "Nominations are kept up to date in the register."),
)  # fmt: skip
INITIATIVES = (
    ("A", "Best start in life", ("children",)),
    ("B", "Every child in school and safe", ("children",)),
    ("C", "Care leavers and young carers", ("children",)),
    ("D", "Minds matter: young people's mental health", ("children", "health")),
    ("E", "Home from hospital", ("health",)),
    ("F", "Living well with a long illness", ("health",)),
    ("G", "Carers count", ("health",)),
    ("H", "Safe and warm homes", ("health", "safer")),
    ("I", "Ending domestic abuse", ("safer", "children")),
    ("J", "Turning lives around", ("safer",)),
    ("K", "Streets that feel safe", ("safer",)),
    ("L", "Ready for emergencies", ("safer", "health")),
)
CHARTER_CLAUSES = (
    (1, "number", "Introduction", "<p>This charter is the single basis on which its signatories "
     "share information, and on which protocols and agreements are written.</p>"),
    (1, "number", "The partnership", "<p>The partnership brings together the public bodies and "
     "charities that serve the county.</p>"),
    (2, "number", "What it does", ""),
    (3, "number", "", "<p>It keeps this charter and the register of everything made under it.</p>"),
    (3, "number", "", "<p>It follows what is delivered and whether it helped.</p>"),
    (3, "number", "", "<p>It keeps its priorities in touch with what communities say.</p>"),
    (2, "number", "Who belongs to it", "<p>Members sign this charter. Observers take part and do "
     "not sign.</p>"),
    (1, "number", "Three tiers", "<p>The framework has three tiers:</p>"),
    (2, "letter", "", "<p>this charter, signed by chief executives;</p>"),
    (2, "letter", "", "<p>a protocol for each information community, signed by its senior leads and "
     "Caldicott Guardians;</p>"),
    (2, "letter", "", "<p>operational agreements, signed by the managers who carry them out.</p>"),
    (1, "number", "What each signatory does", "<p>Each signatory:</p>"),
    (2, "bullet", "", "<p>names a senior officer who answers for this charter;</p>"),
    (2, "bullet", "", "<p>sees that staff know their responsibilities;</p>"),
    (2, "bullet", "", "<p>tells the people it serves what it shares and how to complain.</p>"),
    (1, "number", "Review", "<p>The partnership reviews this charter every three years, and sooner "
     "when the law or the membership changes.</p>"),
)  # fmt: skip

# Who stands in the charter without signing it.
BESIDE_THE_PARTIES = (
    ("ministry", "observer"),
    ("chamber", "observer"),
    ("university", "drafting_partner"),
)

# key: (name, shared objective, members)
COMMUNITIES = {
    "children": (
        "Children and Young People",
        "Every child in the county is safe, in good health and learning.",
        ("county", "police", "mental", "acute", "college", "schools", "icb"),
    ),
    "health": (
        "Healthier Communities and Older People",
        "People live well at home for longer, and come home from hospital without delay.",
        ("county", "eastmoor", "icb", "acute", "mental", "practice", "carers", "fire"),
    ),
    "safer": (
        "Safer and Stronger Communities",
        "Fewer people are harmed by crime, abuse or fire, and those who were harmed get help.",
        ("county", "halewick", "marshe", "eastmoor", "police", "fire", "housing"),
    ),
}
# key: (title, purposes)
PROTOCOLS = {
    "children": (
        "Children and Young People Protocol",
        ("Early help", "Safeguarding children", "Attendance and learning"),
    ),
    "health": (
        "Healthier Communities and Older People Protocol",
        ("Individual care", "Discharge and reablement", "Safe and warm homes"),
    ),
    "safer": (
        "Safer and Stronger Communities Protocol",
        ("Preventing crime and disorder", "Protecting victims", "Homelessness"),
    ),
}
PROTOCOL_TEXT = {
    "policy_context": "<p>This protocol carries out the charter for one information community.</p>",
    "scope": "<p>It covers every exchange between members of the community that serves the shared "
    "objective. It does not describe single exchanges: agreements do.</p>",
    "information_requirements": "<p>Members exchange what is needed to know who a person is, what "
    "help they have and what puts them at risk.</p>",
    "consent": "<p>Members explain what they collect and with whom they share it. An objection is "
    "respected unless the law, the public interest or somebody's vital interests override it; the "
    "ground is recorded.</p>",
    "legislation": "<p>Members rely on the duties and powers that each agreement names.</p>",
    "roles": "<p>Each member names a senior lead, an information lead and, where it holds health or "
    "care information, a Caldicott Guardian.</p>",
    "governance": "<p>The community meets twice a year and reviews this protocol every two years.</p>",
}
PROTOCOL_CLAUSES = (
    (1, "number", "Purpose of this protocol", "<p>It says in principle what the community shares "
     "and why.</p>"),
    (1, "number", "Information is shared", "<p>Members share:</p>"),
    (2, "letter", "", "<p>only for the purposes named here;</p>"),
    (2, "letter", "", "<p>only with bodies that have signed this protocol, or an agreement that "
     "says why they are bound by it alone.</p>"),
    (1, "number", "Quality", "<p>Members check what they hold, and tell every recipient of a "
     "correction.</p>"),
    (1, "number", "Concerns", "<p>A member that learns of a breach tells the others concerned "
     "within one working day.</p>"),
)  # fmt: skip
