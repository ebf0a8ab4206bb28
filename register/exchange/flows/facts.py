"""What a row says of a flow, value by value, under the names by which the register keeps them.

The names: `flow.<column>`, `provider.<column>` and `recipient.<column>` for the law at an end, `items`
for the data items. Words without a home are extras, by heading. `spelt` gives the one spelling in which
what a sheet said and what the register holds are compared.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from agreements.flows.models import Flow, FlowItem, FlowSide, Onward
from register.exchange.facts import plain
from register.exchange.flow_vocabulary import FLOW_FIELDS, LAWS
from register.exchange.flows.law import read_law
from register.exchange.flows.meanings import read_code, read_codes, says_no, says_yes, volume_of
from register.exchange.flows.rows import FlowRow, pieces_of
from register.exchange.meanings import read_duration
from register.exchange.rows import Problem
from register.lists.labels import labels

# Column of the flow, and the list of its codes; the second may hold several.
_ONE = {
    "identifiability": ("identifiability", "identifiability"),
    "use": ("use_kind", "use_kind"),
    "direction": ("direction", "direction"),
    "frequency": ("frequency", "frequency"),
    "format": ("data_format", "data_format"),
    "volume": ("volume", "volume"),
    "disposal": ("disposal", "disposal"),
    "outside": ("outside_uk", "transfer_outside_uk"),
    "consent": ("consent_model", "consent_model"),
    "confidentiality": ("cldc_basis", "cldc_basis"),
    "opt_out": ("opt_out", "national_data_opt_out"),
}
_SEVERAL = {
    "method": ("transfer_modes", "transfer_mode"),
    "security": ("controls", "control"),
    "subjects": ("data_subjects", "data_subject"),
}
_WORDS = {
    "purpose": "purpose",
    "necessity": "necessity",
    "storage": "storage",
    "access": "access",
    "system": "system",
    "dpia": "dpia_reference",
    "notice": "privacy_notice",
}
_SIDES = {"provider_law": ("provider",), "recipient_law": ("recipient",),
          "legal_power": ("provider", "recipient")}  # fmt: skip
_POWERS = {"statutory", "court_order"}
_FROM = re.compile(
    r"(?:for )?(.{2,60}?)\s+(?:from|after|following|since)\s+(?:the )?(.+)",
    re.IGNORECASE | re.DOTALL,
)
_SHOWN = 60


@dataclass
class FlowSaid:
    """The values of one row by name, the words without a home by heading, and what is to be said."""

    values: dict[str, Any] = field(default_factory=dict)
    extras: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def facts_of(row: FlowRow) -> FlowSaid:
    """Read what a row says of its flow."""
    said = FlowSaid(extras=dict(row.extras))
    title = row.title
    said.values["flow.title"] = title if len(title) <= 200 else f"{title[:199]}…"
    if len(title) > 200:
        said.extras[FLOW_FIELDS["title"]] = title
    for name, (column, list_code) in _ONE.items():
        _take_code(row, said, name, column, list_code)
    for name, (column, list_code) in _SEVERAL.items():
        _take_codes(row, said, name, column, list_code)
    for name, column in _WORDS.items():
        _take_words(row, said, name, column)
    _take_law(row, said)
    _take_retention(row, said)
    _take_onward(row, said)
    _take_items(row, said)
    return said


def label(name: str) -> str:
    """The name of a value in people's words."""
    if name == "items":
        return "Data items"
    model, _, column = name.partition(".")
    kind = Flow if model == "flow" else FlowSide
    words = str(kind._meta.get_field(column).verbose_name)
    words = words[:1].upper() + words[1:]
    return words if model == "flow" else f"{words} ({model})"


def spelt(value: object) -> str:
    """A value in one spelling; long ones as their digest."""
    if isinstance(value, list):
        rows = [sorted((k, spelt(v)) for k, v in item.items() if v) for item in value]
        return plain(json.dumps(rows, ensure_ascii=False))
    return plain(" ".join(value) if isinstance(value, tuple) else value)


def _take_code(row: FlowRow, said: FlowSaid, name: str, column: str, list_code: str) -> None:
    text = row.text(name)
    if not text:
        return
    if name == "outside" and says_no(text):
        code, rest = "none", ""
    elif name == "volume" and (band := volume_of(text)):
        code, rest = band, ""
    else:
        code, rest = read_code(list_code, text)
    if name == "frequency" and not code:
        # "System access" says how, where the sheet asks how often.
        modes, rest = read_codes("transfer_mode", text)
        _add(said, "flow.transfer_modes", modes)
    if code:
        said.values[f"flow.{column}"] = code
    if name == "confidentiality" and code in _POWERS:
        said.values["flow.cldc_power"], rest = text[:300], "" if len(text) <= 300 else text
    _keep(row, said, name, rest)


def _take_codes(row: FlowRow, said: FlowSaid, name: str, column: str, list_code: str) -> None:
    if text := row.text(name):
        codes, rest = read_codes(list_code, text)
        _add(said, f"flow.{column}", codes)
        _keep(row, said, name, rest)


def _take_words(row: FlowRow, said: FlowSaid, name: str, column: str) -> None:
    text = row.text(name)
    most = Flow._meta.get_field(column).max_length
    if text and most and len(text) > most:
        _keep(row, said, name, text)
    elif text:
        said.values[f"flow.{column}"] = text if not most else " ".join(text.split())


def _take_law(row: FlowRow, said: FlowSaid) -> None:
    for name in LAWS:
        for heading, text in row.told.get(name, ()):
            law = read_law(text)
            for side in _SIDES[name]:
                if law.lawful_basis:
                    said.values.setdefault(f"{side}.lawful_basis", law.lawful_basis[0])
                _add(said, f"{side}.article9", law.article9)
                _add(said, f"{side}.schedule1", law.schedule1)
            # Who gives needs the power to give; the words stay, for a section says more than its Act.
            side = _SIDES[name][0]
            _add(said, f"{side}.gateways", law.gateways)
            if not law.is_whole:
                note = f"{heading}: {text}" if len(row.told[name]) > 1 else text
                held = said.values.get(f"{side}.gateway_note")
                said.values[f"{side}.gateway_note"] = f"{held}\n{note}" if held else note


def _take_retention(row: FlowRow, said: FlowSaid) -> None:
    text = " ".join(row.text("retention").split())
    if not text:
        return
    found = _FROM.fullmatch(text)
    if found and read_duration(found[1]).known and len(found[2]) <= 200:
        said.values["flow.retention_period"] = found[1]
        said.values["flow.retention_trigger"] = found[2]
    elif read_duration(text).known:
        said.values["flow.retention_period"] = read_duration(text).words[:60]
    elif re.search(r"schedule|policy", text, re.IGNORECASE) and len(text) <= 200:
        said.values["flow.retention_reference"] = text
    elif len(text) <= 60:
        said.values["flow.retention_period"] = text
    else:
        _keep(row, said, "retention", row.text("retention"))


def _take_onward(row: FlowRow, said: FlowSaid) -> None:
    text = row.text("onward")
    if not text:
        return
    if says_no(text) or re.match(r"no\b|not (?:permitted|allowed|shared)", text, re.IGNORECASE):
        kind = Onward.NO
    elif re.search(r"consent|permission|approval|agreement of", text, re.IGNORECASE):
        kind = Onward.ASK
    elif re.search(r"by law|statut|legal(?:ly)? (?:requir|obli)", text, re.IGNORECASE):
        kind = Onward.LAW
    elif says_yes(text):
        return _keep(row, said, "onward", text)
    else:
        kind = Onward.NAMED
    said.values["flow.onward"] = kind.value
    if not says_no(text):
        said.values["flow.onward_to"] = text


def _take_items(row: FlowRow, said: FlowSaid) -> None:
    names = pieces_of(row.text("data"))
    codes, rest = read_codes("data_category", row.text("category"))
    _keep(row, said, "category", rest)
    special = _special(row, said)
    if not codes and row.category:
        codes = (row.category,)
    if len(names) > 1 and 1 < len(codes) != len(names):
        pairs = [(name, "") for name in names] + [("", code) for code in codes]
    elif len(codes) > 1:
        pairs = list(zip([*names, *[""] * len(codes)], codes, strict=False))
    else:
        pairs = [(name, codes[0] if codes else "") for name in names or [""]]
    items = [
        _item(row, said, name or _wording(code), code, special)
        for name, code in pairs
        if name or code
    ]
    if items:
        said.values["items"] = items


def _special(row: FlowRow, said: FlowSaid) -> tuple[str, ...]:
    text = row.text("special")
    if (
        not text
        or says_no(text)
        or re.fullmatch(r"\W*non?t?\W?\s*sensitive\W*", text, re.IGNORECASE)
    ):
        return ()
    codes, rest = read_codes("special_category", text)
    if not codes and row.category == "health" and re.search(r"sensitive|yes", text, re.IGNORECASE):
        return ("health",)
    _keep(row, said, "special", rest)
    return codes


def _item(
    row: FlowRow, said: FlowSaid, name: str, category: str, special: tuple[str, ...]
) -> dict[str, Any]:
    most = FlowItem._meta.get_field("name").max_length or 0
    name = " ".join(name.split())
    if len(name) > most:
        said.extras[row.heading("data") or FLOW_FIELDS["data"]] = row.text("data")
        name = f"{name[: most - 1]}…"
    return {"name": name, "category": category, "special": special}


def _wording(code: str) -> str:
    return labels("data_category").get(code, code)


def _add(said: FlowSaid, name: str, codes: tuple[str, ...]) -> None:
    if codes:
        said.values[name] = tuple(dict.fromkeys((*said.values.get(name, ()), *codes)))


def _keep(row: FlowRow, said: FlowSaid, name: str, rest: str) -> None:
    if not rest:
        return
    heading = row.heading(name)
    said.extras[heading] = rest
    shown = rest if len(rest) <= _SHOWN else f"{rest[: _SHOWN - 1]}…"
    sentence = (
        f"“{FLOW_FIELDS[name]}” has no answer in the register for “{shown}”; the words are kept."
    )
    said.problems.append(Problem(heading, sentence))
