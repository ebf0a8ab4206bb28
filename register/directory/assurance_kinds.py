"""What is asked about each fact of assurance: which answers, which words, which dates."""

from __future__ import annotations

from dataclasses import dataclass, field

from register.directory.models.assurance import FactKind
from register.lists.labels import item, labels

BREACH_STANDINGS = {
    "tested": "Written and tested",
    "written": "Written, not tested",
    "none": "None",
}
BREACH_GRADES = {"tested": "good", "written": "partial"}


@dataclass(frozen=True)
class Asked:
    """The questions of one kind of fact: labels by column, and which of them must be answered.

    `list_code` names the reference list of its standings, `standings` gives them where there is no list.
    `needs` are the columns that must be filled whatever is answered, `needs_for` those that one
    standing needs besides.
    """

    kind: FactKind
    columns: dict[str, str]
    list_code: str = ""
    standings: dict[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    needs_for: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hint: str = ""

    @property
    def heading(self) -> str:
        """The name of the fact."""
        return str(self.kind.label)

    @property
    def in_sentence(self) -> str:
        """The name of the fact within a sentence: names keep their capital letter."""
        name = self.heading
        is_name = name[1:2].isupper() or self.kind in _NAMES
        return name if is_name else name[:1].lower() + name[1:]

    @property
    def known_standings(self) -> dict[str, str]:
        """Every standing with its wording, ended ones too."""
        return labels(self.list_code) if self.list_code else self.standings

    def grade_of(self, value: str) -> str:
        """Whether a standing gives assurance: “good”, “partial”, or neither, which is empty."""
        if not self.list_code:
            return BREACH_GRADES.get(value, "")
        row = item(self.list_code, value)
        if row is None:
            return ""
        facts = row.all_facts()
        return "good" if facts.get("is_good") else "partial" if facts.get("is_partial") else ""

    def words_of(self, value: str) -> str:
        """The wording of a standing."""
        return self.known_standings.get(value, value)


_NAMES = {FactKind.DSPT, FactKind.CYBER_ESSENTIALS, FactKind.PSN, FactKind.FRAMEWORK}
_CERTIFICATE = ("expires_on", "reference")
_REGISTRATION = ("ico_number", "ico_expires_on")

KINDS: dict[str, Asked] = {
    asked.kind.value: asked
    for asked in (
        Asked(
            FactKind.ICO,
            {
                "value": "Standing",
                "ico_number": "Registration number",
                "ico_expires_on": "Registration ends",
                "words": "Why it is exempt or not registered",
            },
            list_code="ico_registration",
            needs=("value",),
            needs_for={
                **dict.fromkeys(("registered", "tier_1", "tier_2", "tier_3"), _REGISTRATION),
                "exempt": ("words",),
                "not_registered": ("words",),
            },
            hint="The Data Protection (Charges and Information) Regulations 2018",
        ),
        Asked(
            FactKind.DSPT,
            {
                "value": "Standing",
                "reference": "Version or year",
                "dated_on": "Published on",
                "expires_on": "Valid until",
                "words": "Plan, or why it does not apply",
            },
            list_code="dspt_status",
            needs=("value",),
            needs_for={
                "standards_met": ("reference", "dated_on"),
                "standards_exceeded": ("reference", "dated_on"),
                "approaching_standards": ("words",),
                "not_applicable": ("words",),
            },
            hint="NHS England publishes each body's toolkit by its ODS code",
        ),
        Asked(
            FactKind.CYBER_ESSENTIALS,
            {
                "value": "Standing",
                "reference": "Certificate number",
                "dated_on": "Certified on",
                "expires_on": "Certificate ends",
                "words": "What it covers",
            },
            list_code="cyber_essentials",
            needs=("value",),
            needs_for={
                "cyber_essentials": _CERTIFICATE,
                "cyber_essentials_plus": _CERTIFICATE,
            },
            hint="A certificate is valid for 12 months",
        ),
        Asked(
            FactKind.ISO_27001,
            {
                "reference": "Certificate number",
                "words": "Scope of the certificate",
                "dated_on": "Certified on",
                "expires_on": "Certificate ends",
            },
            needs=("reference", "words", "expires_on"),
        ),
        Asked(
            FactKind.PSN,
            {
                "reference": "Certificate number",
                "dated_on": "Certified on",
                "expires_on": "Certificate ends",
            },
            needs=_CERTIFICATE,
        ),
        Asked(
            FactKind.FRAMEWORK,
            {
                "reference": "Framework and its version",
                "words": "Score or outcome",
                "dated_on": "Assessed on",
                "expires_on": "Valid until",
            },
            needs=("reference", "words", "dated_on"),
            hint="For example CAF 4.0",
        ),
        Asked(
            FactKind.SCREENING,
            {
                "value": "Who is screened",
                "words": "What the screening is",
                "dated_on": "As of",
            },
            list_code="staff_screening",
            needs=("value",),
            needs_for={"all": ("words",), "some": ("words",)},
        ),
        Asked(
            FactKind.TRAINING,
            {
                "value": "Who is trained",
                "percent": "Share of staff, in per cent",
                "dated_on": "As of",
                "words": "What the training is",
            },
            list_code="staff_training",
            needs=("value", "dated_on"),
            needs_for={"share": ("percent",)},
        ),
        Asked(
            FactKind.POLICY,
            {"reference": "Reference or web address", "dated_on": "Dated"},
            needs=("reference", "dated_on"),
            hint="Data Protection Act 2018, section 42 and Schedule 1, Part 4",
        ),
        Asked(
            FactKind.RETENTION,
            {"reference": "Reference or web address", "dated_on": "Dated"},
            needs=("reference",),
        ),
        Asked(
            FactKind.BREACH,
            {"value": "Standing", "dated_on": "Last tested on", "words": "What the test was"},
            standings=BREACH_STANDINGS,
            needs=("value",),
            needs_for={"tested": ("dated_on",)},
        ),
        Asked(
            FactKind.COMPLAINTS,
            {"reference": "Web, e-mail or postal address"},
            needs=("reference",),
            hint="Data Protection Act 2018, section 164A: how people make a complaint to the body",
        ),
        Asked(
            FactKind.NO_DPO,
            {"words": "Why none is needed", "dated_on": "Decided on"},
            needs=("words",),
            hint="UK GDPR, Article 37(1)",
        ),
    )
}
