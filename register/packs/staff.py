"""The staff sheet of an agreement: who may share what with whom, how, what to explain, who to ring."""

from __future__ import annotations

from register.core.verdicts import YES, Verdict, no
from register.documents.models import Version
from register.packs.reading_body import (
    answers_of,
    column_of,
    ends_of,
    flows_of,
    is_two_way,
    law_of,
    plain,
    said,
)
from register.packs.sheets import office_line, posts_to_ring

AT_RISK = (
    "This is what the register holds, not a legal bar. If someone is at risk, share what is necessary "
    "and record it."
)
FOOT = "A copy on paper may since have been replaced: look the reference up before you rely on it."
NOBODY = "No post of a party has a telephone or a mailbox in the register."


def has_staff_sheet(version: Version) -> Verdict:
    """Whether a version says things that staff do: agreements do, charters and protocols do not."""
    if version.document.tier == 3:
        return YES
    return no("Only an operational agreement has a staff sheet: it says who shares what.")


def staff_sheet(version: Version, body: dict, frame: dict) -> dict:
    """What a staff sheet says besides its head, from the flows, the gateways and the contacts."""
    flows = flows_of(body)
    blocks = [
        {"heading": "What it is for", "text": said(body, "purpose")},
        *(_may_share(flow) for flow in flows),
        *([] if flows else [_without_flows(body)]),
        {"heading": "At first contact, explain", "items": _explain(body, flows)},
        {"heading": "At first contact, ask", "items": _ask(flows)},
        {"heading": "Keep it safe", "text": said(body, "security")},
        {"heading": "If something goes wrong", "text": said(body, "breach")},
        _ring(version, body),
        {"heading": "If someone is at risk", "text": AT_RISK},
    ]
    return {
        "kind": "Staff sheet",
        "blocks": [block for block in blocks if _says_something(block)],
        "foot": FOOT,
    }


def _may_share(flow: dict) -> dict:
    answers = answers_of(flow)
    rows = [
        ("Who to whom", ends_of(flow)),
        ("What", ", ".join(column_of(flow.get("items"), "Item", "Category"))),
        ("Must not be sent", answers.get("Must not be sent", "")),
        ("About whom", answers.get("People in the data", "")),
        ("What for", flow.get("purpose") or answers.get("In more words", "")),
        ("How", _joined(answers, "How it moves", "System", "Controls")),
        ("How often", flow.get("frequency") or ""),
        ("The law that allows it", _law(flow)),
        ("Confidential information", _joined(answers, "Basis in confidentiality",
                                             "Power or decision relied on")),
        ("Consent", answers.get("Consent", "")),
        ("If somebody refuses", _refusal(answers)),
        ("National data opt-out", answers.get("National data opt-out", "")),
        ("Passing it on", _joined(answers, "Onward sharing", "Onward to whom")),
        ("Kept", flow.get("retention") or ""),
    ]  # fmt: skip
    heading = f"You may share: {flow.get('title') or 'flow'}"
    return {"heading": heading, "rows": [[name, words] for name, words in rows if words]}


def _without_flows(body: dict) -> dict:
    rows = [
        ("Who", ", ".join(party["name"] for party in body.get("parties") or [])),
        ("What", said(body, "information")),
        ("How", said(body, "method")),
        ("The law that allows it", said(body, "legal_power")),
        ("Kept", said(body, "retention")),
    ]
    return {"heading": "You may share", "rows": [[name, words] for name, words in rows if words]}


def _explain(body: dict, flows: list[dict]) -> list[str]:
    """What a person is told before their information moves; each line once."""
    lines = []
    for flow in flows:
        ends = [*(flow.get("to") or []), *((flow.get("from") or []) if is_two_way(flow) else [])]
        answers, takers = answers_of(flow), ", ".join(dict.fromkeys(ends))
        if takers:
            lines.append(f"That what they tell you may be passed to {takers}.")
        if purpose := answers.get("Purpose in plain words"):
            lines.append(f"Why: {plain(purpose)}")
        if kept := answers.get("How long, in plain words"):
            lines.append(f"How long it is kept: {plain(kept)}")
        if notice := answers.get("Privacy notice"):
            lines.append(f"Where the privacy notice is: {notice}")
    if rights := said(body, "rights"):
        lines.append(f"Their rights: {rights}")
    return list(dict.fromkeys(lines))


def _ask(flows: list[dict]) -> list[str]:
    lines = ["Whether they understand it, and how they want to be reached."] if flows else []
    for flow in flows:
        answers, title = answers_of(flow), flow.get("title") or "this flow"
        if consent := answers.get("Consent"):
            lines.append(f"{title} - consent: {consent}.")
        if refusal := answers.get("When somebody refuses"):
            lines.append(f"{title} - if they refuse: {plain(refusal)}")
    return list(dict.fromkeys(lines))


def _ring(version: Version, body: dict) -> dict:
    rows = posts_to_ring(version)
    return {
        "heading": "Who to ring",
        "text": said(body, "contacts") or ("" if rows else NOBODY),
        "rows": [*rows, ["Partnership", office_line(version)]],
    }


def _refusal(answers: dict[str, str]) -> str:
    grounds = answers.get("Grounds to override a refusal", "")
    may = f"May be overridden on these grounds: {grounds}" if grounds else ""
    return "; ".join(filter(None, [answers.get("When somebody refuses", ""), may]))


def _law(flow: dict) -> str:
    said_of = [law_of(flow, name) for name in ("Legal gateways", "Lawful basis")]
    return "; ".join(filter(None, [*said_of, law_of(flow, "Law enforcement basis")]))


def _joined(answers: dict[str, str], *names: str) -> str:
    return "; ".join(filter(None, (answers.get(name, "") for name in names)))


def _says_something(block: dict) -> bool:
    return bool(block.get("text") or block.get("items") or block.get("rows"))
