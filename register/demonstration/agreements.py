"""Fifteen operational agreements of Wyrefordshire, in every state. All words are invented."""

from typing import NamedTuple


class Sharing(NamedTuple):
    """An agreement of the demonstration: what it is, who is bound, and how far its life has come.

    `fate` is one of draft, consultation, signing, in_force, overdue, revised, review, suspended,
    ended, refused, recorded; `months` is how long ago it began.
    """

    title: str
    protocol: str  # empty when it stands outside the framework
    parties: tuple[str, ...]
    fate: str
    months: int
    kind: str
    purpose: str
    benefit: str
    information: str
    power: str
    retention: str
    further: tuple[str, ...] = ()
    outside_reason: str = ""


AGREEMENTS = (
    Sharing(
        "Safeguarding children and mental health services",
        "children",
        ("county", "mental", "police"),
        "in_force",
        14,
        "sharing",
        "To see early which children are at risk, and to agree who helps them.",
        "Children are seen by the right service within a week of the first concern.",
        "Name, date of birth, address, school, NHS number; concerns; services involved.",
        "Children Act 1989 sections 17 and 47; Children Act 2004 sections 10 and 11.",
        "Six years after the last entry, or until the child is 25.",
    ),
    Sharing(
        "Police and education services",
        "children",
        ("police", "college", "schools", "county"),
        "in_force",
        8,
        "sharing",
        "To tell schools before the next lesson that a child was at an incident of domestic abuse.",
        "Staff can look after a child who has had a bad night without asking questions.",
        "Child's name, date of birth, school, date and kind of incident.",
        "Domestic Abuse Act 2021 section 49A; common law policing powers.",
        "Until the end of the school year.",
        further=("safer",),
    ),
    Sharing(
        "School attendance and youth justice matching",
        "children",
        ("county", "schools", "police"),
        "draft",
        1,
        "sharing",
        "To find children who miss school and come to the notice of the police.",
        "Families are offered help before a child is charged with anything.",
        "Attendance, exclusions, contacts with the youth justice service.",
        "Crime and Disorder Act 1998 sections 37 to 39 and 115.",
        "One year after the last match.",
    ),
    Sharing(
        "Care leavers' accommodation and support",
        "children",
        ("county", "halewick", "housing"),
        "consultation",
        2,
        "sharing",
        "To plan a home and support with each young person before they leave care.",
        "No care leaver is homeless in their first year.",
        "Name, age, support needs, rent and tenancy.",
        "Children Act 1989 sections 23C and 27; Housing Act 1996 section 213.",
        "Until the young person is 26.",
    ),
    Sharing(
        "Young carers identified by practices and schools",
        "children",
        ("county", "schools", "carers"),
        "signing",
        3,
        "sharing",
        "To offer an assessment to each young carer as soon as somebody notices.",
        "Young carers get a break and keep up at school.",
        "Name, school, whom they care for, what help they want.",
        "Children and Families Act 2014 section 96; Care Act 2014 section 6.",
        "Two years after the last contact.",
        further=("health",),
    ),
    Sharing(
        "Hospital discharge to adult social care",
        "health",
        ("county", "acute", "icb", "carers"),
        "signing",
        4,
        "sharing",
        "To arrange care at home before a patient leaves hospital.",
        "People leave hospital on the day they are well enough.",
        "NHS number, name, address, needs, expected date of discharge.",
        "Care Act 2014 section 74; Health and Social Care Act 2012 section 251B.",
        "Eight years after the end of care.",
    ),
    Sharing(
        "Safe and well visits to patients with oxygen at home",
        "health",
        ("icb", "fire"),
        "in_force",
        20,
        "disclosure",
        "To let the fire service visit people who use oxygen at home.",
        "Fewer deaths by fire among people who cannot leave quickly.",
        "Name, address, telephone number, fact of home oxygen.",
        "Fire and Rescue Services Act 2004 section 6.",
        "Until the next visit, two years at most.",
    ),
    Sharing(
        "Carers' register for general practices",
        "health",
        ("practice", "carers", "county"),
        "review",
        26,
        "sharing",
        "To offer carers a health check and flexible appointments.",
        "Carers stay well themselves.",
        "Name, practice, whom they care for, with the carer's agreement.",
        "Care Act 2014 sections 6 and 10.",
        "While the person is a carer and one year after.",
    ),
    Sharing(
        "Care home infection alerts",
        "health",
        ("county", "eastmoor", "acute", "icb"),
        "overdue",
        30,
        "sharing",
        "To warn hospitals and care homes of an outbreak on the day it is known.",
        "Fewer residents fall ill.",
        "Care home, date, kind of infection, number of cases.",
        "Health Protection (Notification) Regulations 2010.",
        "One year.",
    ),
    Sharing(
        "Winter warmth: homes that are cold",
        "health",
        ("eastmoor", "county", "fire", "housing"),
        "refused",
        2,
        "sharing",
        "To offer insulation and heating to people whose homes are cold and whose health is poor.",
        "Fewer winter admissions.",
        "Address, energy rating, benefit status, referral by a nurse.",
        "Digital Economy Act 2017 sections 35 and 36.",
        "Two winters.",
    ),
    Sharing(
        "Multi-agency risk assessment conference on domestic abuse",
        "safer",
        ("police", "county", "halewick", "marshe", "refuge"),
        "revised",
        34,
        "sharing",
        "To plan safety for victims at high risk of serious harm.",
        "Victims are safe sooner, and tell their story once.",
        "Victim, children, perpetrator, incidents, risk, plan.",
        "Crime and Disorder Act 1998 section 115; Children Act 2004 section 11.",
        "Seven years after the last conference.",
        further=("children",),
    ),
    Sharing(
        "Integrated offender management cohort",
        "safer",
        ("police", "county", "housing"),
        "suspended",
        18,
        "sharing",
        "To help people who offend often to stop.",
        "Fewer victims of burglary and theft.",
        "Name, offences, housing, treatment attended.",
        "Offender Management Act 2007 section 14; Crime and Disorder Act 1998 section 115.",
        "Three years after leaving the cohort.",
    ),
    Sharing(
        "Homelessness: duty to refer",
        "safer",
        ("halewick", "marshe", "acute", "police"),
        "in_force",
        11,
        "disclosure",
        "To tell the housing team, with the person's agreement, that somebody may become homeless.",
        "Help starts eight weeks before a home is lost.",
        "Name, how to reach the person, reason for the referral.",
        "Housing Act 1996 section 213B.",
        "Two years after the case is closed.",
    ),
    Sharing(
        "Blue badge and council tax matching",
        "safer",
        ("county", "halewick", "marshe"),
        "ended",
        40,
        "sharing",
        "To find blue badges that are used after their holder has died.",
        "Parking spaces are free for those who need them.",
        "Name, address, badge number, date of death.",
        "Local Audit and Accountability Act 2014 Schedule 9.",
        "Six months after each match.",
    ),
    Sharing(
        "Flood warnings to people who cannot leave by themselves",
        "",
        ("county", "fire", "icb"),
        "recorded",
        60,
        "sharing",
        "To reach people who need help to leave when the river rises.",
        "Nobody is left behind.",
        "Name, address, what help is needed.",
        "Civil Contingencies Act 2004 Part 1.",
        "Until the person no longer needs help.",
        outside_reason="Written before the charter; to be brought under it at the next review.",
    ),
)
TEXT = {
    "benefit_for": "<p>Residents of the county, and the staff who help them.</p>",
    "necessity": "<p>No single party knows enough to reach this by itself, and asking people again "
    "and again would delay help.</p>",
    "method": "<p>By secure e-mail between named mailboxes, or in the shared case system.</p>",
    "areas": "<p>The whole county.</p>",
    "quality": "<p>The sender checks names and dates of birth; the recipient tells the sender of "
    "mistakes within five working days.</p>",
    "security": "<p>Access by role, with a second factor; nothing on removable media.</p>",
    "rights": "<p>Each party answers requests about what it holds, and passes on what concerns "
    "another within two working days. Complaints go to the party that the person knows.</p>",
    "breach": "<p>A party that learns of a loss tells the others within one working day.</p>",
    "termination": "<p>A party may leave with three months' notice. What it was given is returned "
    "or destroyed, and the others are told.</p>",
}
CLAUSES = (
    (1, "number", "What this agreement does", "<p>It sets out an exchange between its parties, and "
     "is read with the protocol and the charter above it.</p>"),
    (1, "number", "How information is shared", "<p>The parties share:</p>"),
    (2, "number", "", "<p>on referral, by the officers named in the schedule;</p>"),
    (2, "number", "", "<p>at weekly meetings, with a note of who was present.</p>"),
    (1, "number", "What is not allowed", "<p>A recipient does not:</p>"),
    (2, "letter", "", "<p>use what it was given for another purpose;</p>"),
    (2, "letter", "", "<p>pass it on without the sender's agreement, unless the law says so.</p>"),
    (1, "number", "Training", "<p>Staff who use this agreement are trained before they do.</p>"),
)  # fmt: skip
