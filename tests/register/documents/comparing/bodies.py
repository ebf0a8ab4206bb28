"""Canonical bodies to compare: four parties, two flows, clauses, and every other part filled."""

from __future__ import annotations

from copy import deepcopy

PARTIES = ("Wyre County Council", "Wyre Police", "Wyre Hospitals", "Wyre Fire")
SHORT = ("WCC", "Police", "Hospitals", "Fire")


def flow(number: int, provider: str, recipient: str, title: str) -> dict:
    """A flow from one body to another, named as bodies name them: short."""
    return {
        "lineage": f"flow-{number}",
        "number": number,
        "title": title,
        "from": [provider],
        "to": [recipient],
        "direction": "One way",
        "purpose": "Safeguarding",
        "frequency": "Daily",
        "basis": ["Public task", "Public task"],
        "retention": "6 years",
        "law": {
            "columns": ["", "Provider and recipient"],
            "rows": [["Regime", "UK GDPR"], ["Lawful basis", "Public task (Article 6(1)(e))"]],
        },
        "parts": [
            {"heading": "What moves", "answers": [["Direction", "One way"], ["Purpose", "Safeguarding"]]},
            {"heading": "How it moves", "answers": [["How often", "Daily"]]},
            {"heading": "Afterwards", "answers": [["Kept", "6 years"], ["Privacy notice", "/notice"]]},
        ],
        "items": {
            "columns": ["Item", "Category", "Needed because"],
            "rows": [["Name", "Contact", "to know who"], ["Date of birth", "Contact", "to tell apart"]],
        },
    }  # fmt: skip


def clause(number: int, heading: str, text: str, **more) -> dict:
    """A numbered clause of the first level."""
    return {
        "lineage": f"clause-{heading or number}", "level": 1, "marker": "number",
        "number": str(number), "heading": heading, "text": text, **more,
    }  # fmt: skip


def body(**parts) -> dict:
    """The body of an agreement with something in every part."""
    made = {
        "format": 1,
        "partnership": {"name": "Wyre Partnership", "area": "Wyre"},
        "tier": 3,
        "tier_word": "Agreement",
        "kind": "Sharing agreement",
        "reference": "WY-A-1",
        "title": "Safeguarding children",
        "version": 1,
        "label": "one",
        "marking": "OFFICIAL",
        "parents": [{"role": "main", "tier": 2, "tier_word": "Protocol", "reference": "WY-P-1",
                     "title": "Children", "version": 1, "state": "in_force"}],
        "outside_framework": "",
        "commencement": {"on": "2026-12-01", "condition": "all_slots",
                         "words": "when every slot is signed"},
        "parties": [
            {"lineage": f"party-{n}", "name": name, "short_name": short, "part": "party",
             "role": "Controller", "only_this_reason": ""}
            for n, (name, short) in enumerate(zip(PARTIES, SHORT, strict=True))
        ],
        "sections": _sections(),
        "clauses": [
            clause(1, "Scope", "<p>This agreement covers <strong>children</strong> in Wyre.</p>"),
            clause(2, "Access", "<p>Only named staff may read what is shared.</p>"),
            clause(3, "Review", "<p>It is reviewed every year.</p>"),
        ],
        "governing_file": {"name": "a.pdf", "sha256": "ab" * 32, "size": 10, "media_type": "pdf"},
        "files": [{"name": "b.pdf", "sha256": "cd" * 32, "size": 10, "media_type": "pdf"}],
        "slots": [{"organisation": name, "post": "Chief executive", "required": True}
                  for name in PARTIES],
    }  # fmt: skip
    return deepcopy(made | parts)


def _sections() -> list[dict]:
    def field(code, label, kind, value):
        return {"code": code, "label": label, "kind": kind, "value": value}

    flows = [flow(1, "WCC", "Police", "Referrals"), flow(2, "Hospitals", "Fire", "Home visits")]
    principles = [
        {"number": "1", "heading": "Share", "text": "<p>We share.</p>", "note": "<p>Always.</p>"},
        {"number": "2", "heading": "Protect", "text": "<p>We protect.</p>", "note": ""},
    ]
    risks = {"columns": ["Risk", "Before"], "rows": [["Loss", "High"], ["Misuse", "Low"]]}
    return [
        {"code": "purpose", "heading": "Purpose and benefit",
         "fields": [field("purpose", "Purpose", "html", "<p>To keep every child safe at home.</p>")]},
        {"code": "principles", "heading": "Principles",
         "fields": [field("principles", "Principles", "items", principles)]},
        {"code": "rights", "heading": "Rights and concerns",
         "fields": [field("contacts", "Contacts", "html", "<p>Ring 01234 567890.</p>")]},
        {"code": "security_level", "heading": "Security level",
         "fields": [field("level", "Level", "text", "Raised")]},
        {"code": "risks", "heading": "Risks", "fields": [field("risks", "Risks", "table", risks)]},
        {"code": "flows", "heading": "Information flows",
         "fields": [field("flows", "Information flows", "flows", flows)]},
    ]  # fmt: skip


def value_of(made: dict, section: str) -> object:
    """The value of the first field of a section, to be changed in place."""
    return next(row for row in made["sections"] if row["code"] == section)["fields"][0]["value"]


def flows_of(made: dict) -> list[dict]:
    """The flows of a body, to be changed in place."""
    return value_of(made, "flows")


def many_flows(count: int) -> dict:
    """A body with many flows among its parties."""
    made = body()
    flows_of(made)[:] = [
        flow(n, SHORT[n % 4], SHORT[(n + 1) % 4], f"Flow of kind {n}") for n in range(1, count + 1)
    ]
    return made
