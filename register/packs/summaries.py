"""The one-page summary: what an entry says, in plain words, on one side of paper whatever its length."""

from __future__ import annotations

from register.approval.summary import summary_of
from register.documents.models import Version
from register.packs.reading_body import answers_of, ends_of, flows_of, said
from register.packs.sheets import days_of, office_line

SIGNED = "signed"
FOOT = (
    "This is a summary and takes nothing away from the full text, which is what was signed. "
    "“…” means that the full text says more."
)
# What the short lines say already in one sentence, in more words where there is room.
MORE = {"What it is for": ("purpose", "shared_objective", "vision")}


def summary_sheet(version: Version, body: dict, frame: dict) -> dict:
    """What a one-page summary says of a version besides its head."""
    blocks = [*_lines(version, body), _parties(body), _flows(body), _signed(frame), _ask(version)]
    return {
        "kind": "One-page summary",
        "facts": [*_above(body), *days_of(version)],
        "blocks": [block for block in blocks if block],
        "foot": FOOT,
    }


def _lines(version: Version, body: dict) -> list[dict]:
    blocks, rows = [], []
    for heading, line in summary_of(version, body):
        if heading in MORE:
            blocks.append({"heading": heading, "text": said(body, *MORE[heading]) or line})
        elif heading not in ("Ends or is reviewed", "Who gives it to whom"):
            rows.append([heading, line])
    return [*blocks, *([{"heading": "In short", "rows": rows}] if rows else [])]


def _parties(body: dict) -> dict:
    names = [party["name"] for party in body.get("parties") or []]
    return {"heading": f"Who takes part ({len(names)})", "items": names} if names else {}


def _flows(body: dict) -> dict:
    flows = flows_of(body)
    lines = [_flow(flow) for flow in flows]
    return {"heading": f"What moves ({len(flows)})", "items": lines} if flows else {}


def _flow(flow: dict) -> str:
    how = answers_of(flow).get("How it moves", "")
    more = "; ".join(filter(None, [how, flow.get("frequency") or ""]))
    return f"{flow.get('title', '')}: {ends_of(flow)}{f' ({more})' if more else ''}"


def _signed(frame: dict) -> dict:
    places = [place for place in frame["signatures"] if not place.get("voided_on")]
    if not places:
        return {"heading": "Signatures", "text": "No place to sign is recorded."}
    waiting = [place["organisation"] for place in places if place["state"] != SIGNED]
    text = f"{len(places) - len(waiting)} of {len(places)} have signed."
    return {"heading": "Signatures", "text": text, "items": [f"Not signed: {w}" for w in waiting]}


def _ask(version: Version) -> dict:
    return {"heading": "Who to ask", "text": office_line(version)}


def _above(body: dict) -> list[list[str]]:
    return [
        ["Made under", f"{parent['tier_word']} {parent['reference']}: {parent['title']}"]
        for parent in body.get("parents") or []
    ][:3]
