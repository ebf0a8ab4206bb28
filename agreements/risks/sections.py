"""What a version says of security and risks: signed with it, shown on its page, printed as a table."""

from __future__ import annotations

from agreements.risks.levels import QUESTIONS, Question, level_of
from agreements.risks.models import Risk, RiskAnswers
from register.core import dates
from register.documents.models import Version
from register.documents.tasks import COMPLETE, IN_PROGRESS, OPTIONAL, MoreTask
from register.lists.labels import label, labels

COLUMNS = [
    "Risk",
    "Why, and with what effect",
    "Before",
    "What is done, and by whom",
    "After",
    "What is left is accepted",
]


def sections_of(version: Version) -> list[dict]:
    """The sections on security and risks of an agreement version that says something of them."""
    if version.document.tier != 3:
        return []
    answers = RiskAnswers.objects.filter(version=version).first()
    risks = list(Risk.objects.filter(version=version))
    found = [_security(answers)] if answers is not None else []
    return [*found, _risks(risks)] if risks else found


def security_status(version: Version) -> str:
    """How far the questions about security of a draft are answered."""
    row = RiskAnswers.objects.filter(version=version).first()
    if row is None:
        return OPTIONAL
    return COMPLETE if level_of(row.answers).code else IN_PROGRESS


def risks_status(version: Version) -> str:
    """How far the risks of a draft are: complete once nothing high is left that nobody accepted."""
    rows = list(Risk.objects.filter(version=version))
    if not rows:
        return OPTIONAL
    return IN_PROGRESS if any(row.must_be_accepted for row in rows) else COMPLETE


TASKS = (
    MoreTask(
        "security_level",
        "Security questions",
        "risks:answers",
        security_status,
        "Storage, transit, access and processing give the required security level",
    ),
    MoreTask(
        "risks",
        "Risks",
        "risks:risks",
        risks_status,
        "What may go wrong, what is done about it, and who accepts what is left",
    ),
)


def controls_words(codes) -> str:
    """Controls in words with commas between them; "None" for none."""
    known = labels("control")
    return ", ".join(known.get(code, code) for code in codes) or "None"


def _security(row: RiskAnswers) -> dict:
    rows = [[question.label, _answer(question, row)] for question in QUESTIONS]
    rows.append(["Controls in place", controls_words(row.controls)])
    fields = [
        {"code": "level", "label": "Level", "kind": "text", "value": level_of(row.answers).says},
        {
            "code": "answers",
            "label": "Answers about security",
            "kind": "table",
            "value": {"columns": ["Question", "Answer"], "rows": rows},
        },
    ]
    return {"code": "security_level", "heading": "Security level", "fields": fields}


def _answer(question: Question, row: RiskAnswers) -> str:
    choice = question.chosen(getattr(row, question.code))
    return choice.label if choice else "Not answered"


def _risks(rows: list[Risk]) -> dict:
    value = {"columns": COLUMNS, "rows": [_cells(row) for row in rows]}
    field = {"code": "risks", "label": "Risks", "kind": "table", "value": value}
    return {"code": "risks", "heading": "Risks", "fields": [field]}


def _cells(row: Risk) -> list[str]:
    treatment = label("risk_treatment", row.treatment) if row.treatment else ""
    done = ": ".join(part for part in (treatment, row.treatment_text) if part)
    return [
        row.title,
        " ".join(part for part in (row.cause, row.consequence) if part),
        _rated(row.inherent, row.likelihood, row.impact),
        " ".join(part for part in (done, f"({row.owner})" if row.owner else "") if part),
        _rated(row.final, row.likelihood_after, row.impact_after) if row.final else "Not said",
        _accepted(row),
    ]


def _accepted(row: Risk) -> str:
    if row.accepted_by:
        return f"{row.accepted_by}, {dates.words(row.accepted_on)}"
    return "By nobody yet" if row.must_be_accepted else "Needs nobody"


def _rated(rating, likelihood, impact) -> str:
    # Held together, so that a narrow column of print does not break the sum.
    return f"{rating}: {likelihood}\u00a0×\u00a0{impact}"
