"""How each question about a flow is asked: its words, its hint, and how it is answered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """The words of a question and how it is answered; `list_code` where one code is chosen.

    `look` is one of line, area, radios, ticks, select, day, tick. `is_guided` shows what each choice
    means and where it comes from beside it.
    """

    label: str
    hint: str = ""
    look: str = "line"
    list_code: str = ""
    is_guided: bool = False


def _area(label: str, hint: str = "") -> Wording:
    return Wording(label, hint, "area")


def _one(label: str, list_code: str, hint: str = "") -> Wording:
    return Wording(label, hint, "radios", list_code, is_guided=True)


def _select(label: str, list_code: str, hint: str = "") -> Wording:
    return Wording(label, hint, "select", list_code)


def _ticks(label: str, list_code: str, hint: str = "", *, guided: bool = False) -> Wording:
    return Wording(label, hint, "ticks", list_code, guided)


_WHAT = {
    "title": Wording(
        "Name of the flow", "As people would speak of it, such as discharge notices to the council"
    ),
    "identifiability": _one(
        "What kind of information is it?",
        "identifiability",
        "Where it is anonymous or not about people, what was said about people and the law is cleared",
    ),
    "direction": _one("In which direction does it go?", "direction"),
    "use_kind": _one("What is it used for?", "use_kind"),
    "purpose_of": Wording("Purpose of the protocol", "One of its general purposes", "select"),
    "purpose": _area(
        "Purpose in more words", "What the recipient does with it, in a sentence or two"
    ),
    "necessity": _area(
        "Why is this much needed and no less?",
        "Why the purpose cannot be reached without it, or with less",
    ),
    "asset": Wording("Where does it come from?", "", "select"),
}
_DATA = {
    "data_subjects": _ticks("Whom is it about?", "data_subject"),
    "excludes": _ticks(
        "What must not be sent?", "data_category", "Tick only what the parties have ruled out"
    ),
    "excludes_note": Wording("Why must it not be sent?"),
    "name": Wording("Item", "Such as the name, the address, or the reason for the referral"),
    "category": _select("Category", "data_category"),
    "needed_because": _area("Needed because"),
    "special": _ticks(
        "Special categories in it", "special_category", "Beyond what the category means by itself"
    ),
    "originator": Wording("Comes from", "Where somebody else than the provider first recorded it"),
    "third_party_rule": Wording("Rule for information from third parties"),
    "format_example": Wording("Format or example"),
    "quality_rule": Wording("Quality rule", "Such as checked within the last month"),
}
_LAW = {
    "regime": _one(
        "Which regime is this end under?",
        "regime",
        "A change clears the answers that belong to the other regime",
    ),
    "controller_role": _one("In which role?", "controller_role"),
    "lawful_basis": _one("Lawful basis", "lawful_basis"),
    "annex1_condition": _one("Recognised legitimate interest", "annex1_condition"),
    "law_named": Wording(
        "Which law lays it down?", "The Act and section of the obligation, the task or the function"
    ),
    "balancing_test": Wording("Where is the balancing test?", "Reference or web address"),
    "article9": _ticks("Conditions for special category data", "article9_condition", guided=True),
    "schedule1": _ticks("Schedule 1 conditions", "schedule1_condition", guided=True),
    "policy_document": Wording(
        "Appropriate policy document", "Reference or web address: a chosen condition requires one"
    ),
    "part3_basis": _one("Basis of the law enforcement processing", "part3_basis"),
    "part3_purposes": _ticks("Law enforcement purposes", "part3_purpose", guided=True),
    "schedule8": _ticks("Conditions for sensitive processing", "schedule8_condition", guided=True),
    "person_classes": Wording(
        "Classes of person",
        "Suspects, people convicted, victims, witnesses: kept apart (section 38)",
    ),
    "marks_opinion": Wording("Fact and opinion are told apart (section 38)", look="tick"),
    "is_logged": Wording("Processing is logged (section 62)", look="tick"),
    "authorising_law": Wording(
        "Which law authorises the use at the other end?",
        "Data collected for law enforcement goes to another use only where law authorises it "
        "(section 36(4))",
    ),
    "gateways": _ticks(
        "Legal gateways",
        "legal_gateway",
        "Law that requires or allows it to go from one body to the other",
        guided=True,
    ),
    "gateway_note": _area(
        "How does the law allow it?",
        "Which function the gateway serves and its limits. Where a statutory bar touches the data, "
        "such as on benefits: which provision lets it be disclosed all the same",
    ),
}
_CONFIDENTIALITY = {
    "cldc_basis": _one("Why does confidentiality not stand in the way?", "cldc_basis"),
    "cldc_power": Wording("Law, order or decision relied on", "Who decided, where a person did"),
    "s251_reference": Wording("Reference of the section 251 support", "Such as 20/CAG/0123"),
    "s251_expires_on": Wording("The support ends on", look="day"),
    "consent_model": _one("Are people asked?", "consent_model"),
    "refusals": _area("What happens when somebody refuses?"),
    "override_grounds": _ticks(
        "On which grounds may a refusal be overridden?", "override_ground", guided=True
    ),
    "opt_out": _one(
        "National data opt-out",
        "national_data_opt_out",
        "England only: leave it open for Wales, Scotland and Northern Ireland",
    ),
}
_TRANSFER = {
    "transfer_modes": _ticks("How does it move?", "transfer_mode"),
    "controls": _ticks("What protects it?", "control"),
    "system": Wording("System", "The system that it moves through or is seen in"),
    "frequency": _select("How often?", "frequency"),
    "volume": _select("How much at a time?", "volume", "Records or people"),
    "data_format": _select("In which format?", "data_format"),
    "outside_uk": _one(
        "Does personal data leave the United Kingdom?",
        "transfer_outside_uk",
        "It does where a supplier of a party keeps it abroad, or can see it from there",
    ),
    "outside_country": Wording("To which country?"),
    "outside_reference": Wording(
        "Where is the data protection test?", "The transfer risk assessment: reference or address"
    ),
}
_AFTERWARDS = {
    "storage": _area("Where is it kept after it has moved?"),
    "access": _area("Who may see it there?"),
    "retention_trigger": Wording(
        "Kept from", "The event that starts the clock: the case is closed"
    ),
    "retention_period": Wording("Kept for", "Such as 6 years"),
    "retention_reference": Wording("Retention schedule", "Its name and line"),
    "disposal": _select("What happens to it at the end?", "disposal"),
    "disposal_proof": _select("How is that shown to the provider?", "disposal_proof"),
    "accuracy": _area("How is accuracy kept?"),
    "corrections_to": Wording("Who is told of corrections?"),
    "onward": Wording("May it be passed on?", look="radios"),
    "onward_to": _area("To whom, and on what terms?"),
}
_PUBLIC = {
    "dpia_reference": Wording("Impact assessment", "Its reference"),
    "privacy_notice": Wording("Privacy notice", "Web address, or where people are told"),
    "plain_purpose": _area(
        "Purpose, in plain words for the public", "As you would say it to the person concerned"
    ),
    "plain_retention": _area("How long, in plain words for the public"),
}
WORDINGS: dict[str, Wording] = (
    _WHAT | _DATA | _LAW | _CONFIDENTIALITY | _TRANSFER | _AFTERWARDS | _PUBLIC
)
# Asked of an item of data in other words than of the flow.
OF_ITEMS: dict[str, Wording] = {
    "identifiability": _select(
        "How far can people be identified by it?",
        "identifiability",
        "Where it differs from the flow",
    ),
}
