"""The summary of a version as plain text, to be copied into an e-mail."""

from __future__ import annotations

import json

from django.conf import settings

from register.documents.lifecycle import State
from register.documents.models import Version
from register.packs.sheets import sheet_of
from register.packs.summaries import summary_sheet
from register.printing.framing import UNCONFIRMED, content_of, frame_of


def summary_text(version: Version) -> str:
    """What the one-page summary says, whole, without any layout but lines."""
    body, frame = json.loads(content_of(version)), frame_of(version, printed_by="")
    sheet = sheet_of("summary", version, body, frame, summary_sheet)
    parts = [
        _head(version, sheet),
        *(_block(block) for block in sheet["blocks"]),
        sheet["foot"],
        f"{settings.BASE_URL}{version.document.get_absolute_url()}",
        sheet["marking"],
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(version: Version, sheet: dict) -> str:
    status = State(version.state).label
    if sheet["mark"] == UNCONFIRMED:
        status = "As recorded, unconfirmed"
    lines = [sheet["marking"], sheet["title"], f"{sheet['reference']} version {sheet['version']}"]
    facts = [f"{name}: {said}" for name, said in [["Status", status], *sheet["facts"]]]
    return "\n".join(filter(None, [*lines, sheet["partnership"], *facts]))


def _block(block: dict) -> str:
    rows = [f"{name}: {said}" for name, said in block.get("rows", [])]
    items = [f"- {item}" for item in block.get("items", [])]
    heading = block.get("heading", "").upper()
    return "\n".join(filter(None, [heading, block.get("text", ""), *items, *rows]))
