"""Bodies and frames to print: the fullest and the emptiest of each tier, with real long names."""

import hashlib
import json

from register.core.codes import short_code

LONG = "Cambridgeshire and Peterborough Combined Authority, Police and Crime Commissioner and Fire Authority"
WELSH = "Ymddiriedolaeth Iechyd Dŵr-y-Felin a Llŷr, Bwrdd Gwasanaethau Cyhoeddus Ynys Môn"
NHS = "Nottinghamshire Healthcare NHS Foundation Trust (Rampton and Wathwood Hospitals Division)"
SIGNER = "Dr Siân Gwenllian Llŷr ap Dafydd-Featherstonehaugh OBE"
POST = "Deputy Director of Information Governance, Caldicott Guardian and Senior Information Risk Owner"
STATEMENT = (
    "I have the authority of my organisation to agree to this document on its behalf. I have read "
    "it, or been advised on it by somebody who has, and my organisation will keep to it."
)
TIERS = {1: "Charter", 2: "Protocol", 3: "Operational agreement"}
PROSE = (
    "<p>The disclosing partner sends only the information listed in the schedule of flows, by the "
    "channel named there and to the role named there, and records each disclosure on the day it is "
    'made. See <a href="https://www.example.org.uk/guidance">the guidance</a>.</p>'
)
CLAUSES = [
    (1, "number", "1", "Parties and contacts", ""),
    (2, "number", "1.1", "Scope", PROSE),
    (3, "number", "1.1.1", "", PROSE),
    (3, "number", "1.1.2", "", PROSE),
    (2, "number", "1.2", "", "<p>Each partner keeps:</p>"),
    (2, "letter", "(a)", "", "<p>a record of what it sent, to whom and on what day;</p>"),
    (2, "letter", "(b)", "", "<p>the reason, where it decided not to send it; and</p>"),
    (3, "bullet", "", "", "<p>the name of the officer who decided.</p>"),
    (1, "number", "2", "Retention and disposal", "<p>Kept for six years, then destroyed.</p>"),
    (2, "number", "2.1", "Records kept by others", PROSE),
    (3, "number", "2.1.1", "", "<ul><li>One<ul><li>Deeper</li></ul></li><li>Two</li></ul>" + PROSE),
    (
        3,
        "number",
        "2.1.2",
        "",
        "<table><tr><th>What</th><th>Years</th></tr><tr><td>Referral</td><td>8</td></tr></table>",
    ),
]


def clause(level, marker, number, heading, text):
    return {
        "lineage": "",
        "level": level,
        "marker": marker,
        "number": number,
        "heading": heading,
        "text": text,
    }


def emptiest(tier=3):
    """The least that a version can hold."""
    return {
        "format": 1, "partnership": {"name": "", "area": ""}, "tier": tier,
        "tier_word": TIERS[tier], "kind": "", "reference": f"WY-{'CPA'[tier - 1]}-0001",
        "title": "A", "version": 1, "label": "", "marking": "", "parents": [],
        "outside_framework": "", "commencement": {"on": None, "condition": "", "words": ""},
        "parties": [], "sections": [], "clauses": [], "slots": [], "governing_file": None,
        "files": [],
    }  # fmt: skip


def fullest(tier=3):
    """A version with something in every place, and the longest names we know of."""
    parties = [
        (LONG, "party"),
        (WELSH, "party"),
        (NHS, "observer"),
        ("Wyrefordshire County Council", "party"),
    ]
    return emptiest(tier) | {
        "partnership": {"name": "Wyrefordshire and the Marches Public Services Partnership",
                        "area": "Wyrefordshire"},
        "kind": "Systematic sharing", "reference": f"WY-{'CPA'[tier - 1]}-0042", "version": 3,
        "title": "Hospital discharge to adult social care: what is shared between the ward, the "
        "council and the voluntary sector from admission to the first review at home",
        "label": "Third issue", "marking": "OFFICIAL-SENSITIVE",
        "parents": [] if tier == 1 else [
            {"role": "main", "tier": tier - 1, "tier_word": TIERS[tier - 1],
             "reference": "WY-P-0002", "title": "Adults who need care and support", "version": 2,
             "state": "in force"},
            {"role": "further", "tier": 2, "tier_word": "Protocol", "reference": "WY-P-0003",
             "title": "Safer streets", "version": 1, "state": "under review"}],
        "outside_framework": "No protocol covers housing support yet." if tier == 3 else "",
        "commencement": {"on": "2026-12-01", "condition": "all", "words": "when every slot is signed"},
        "parties": [
            {"lineage": "", "name": name, "short_name": "", "part": part,
             "role": "separate controller",
             "only_this_reason": "A supplier that has not joined the framework." if name == NHS else ""}
            for name, part in parties],
        "sections": _sections(tier),
        "clauses": [clause(*one) for one in CLAUSES],
        "slots": [{"organisation": name, "post": "Caldicott Guardian", "required": True}
                  for name, part in parties if part == "party"],
        "files": [{"name": "Data protection impact assessment.pdf", "sha256": "ab" * 32, "size": 1400000}],
    }  # fmt: skip


def _sections(tier):
    items = [
        {"number": str(n), "heading": heading, "text": PROSE, "note": f"<p>We {means}.</p>"}
        for n, (heading, means) in enumerate(
            [("People first", "ask what the person wants"), ("No surprises", "tell people")], 1
        )
    ]
    rows = [
        [
            f"{n}",
            LONG,
            "Wyrefordshire County Council",
            "NHS number, name, address, discharge date and a summary of needs",
            "Secure mail",
        ]
        for n in range(1, 31)
    ]
    return [
        {"code": "purpose", "heading": "Purpose and benefit", "fields": [
            {"code": "purpose", "label": "Purpose", "kind": "html", "value": PROSE * 2},
            {"code": "kind", "label": "Retention", "kind": "text", "value": "Eight years"},
            {"code": "note", "label": "Security", "kind": "text", "value": "Line one\nLine two"},
            {"code": "empty", "label": "Nothing here", "kind": "html", "value": ""}]},
        {"code": "principles", "heading": "Principles" if tier == 1 else "Commitments", "fields": [
            {"code": "principles", "label": "Principles", "kind": "items", "value": items},
            {"code": "initiatives", "label": "Initiatives", "kind": "items", "value": [
                {"number": "A", "heading": "Every child safe", "text": PROSE, "note": ""}]}]},
        {"code": "flows", "heading": "Information flows", "fields": [
            {"code": "flows", "label": "Flows", "kind": "table", "value": {
                "columns": ["No.", "From", "To", "What", "How"], "rows": rows}}]},
    ]  # fmt: skip


def frame(body, **changes):
    """What stands around a body on the day of printing."""
    text_sha256 = hashlib.sha256(canonical(body)).hexdigest()
    code = short_code(text_sha256)
    return {
        "status": "signing", "mark": "OUT FOR SIGNATURE",
        "control": {
            "owner": "Wyrefordshire County Council", "lead": "Ada Okafor, Information Governance Manager",
            "contact": "information.governance@wyrefordshire.example, 01632 960 001",
            "drawn_up_by": "Ada Okafor", "review_on": "2027-12-01", "in_force_on": "2026-12-01",
            "ends_on": "",
            "versions": [
                {"number": 1, "label": "", "state": "superseded", "dates": "1 May 2024 to 30 June 2025",
                 "changes": "First issue"},
                {"number": 3, "label": "Third issue", "state": "signing", "dates": "",
                 "changes": "Retention changed from 8 to 6 years; housing support added"}],
        },
        "signatures": [
            {"organisation": LONG, "post": "Caldicott Guardian", "person": "Siân Llŷr ap Dafydd",
             "on": "2026-11-20", "how": "On paper; the scan is kept with the register",
             "on_behalf_of": "Chief Constable of Wyrefordshire", "state": "signed"},
            {"organisation": WELSH, "post": "Caldicott Guardian", "person": "Owain Hughes",
             "on": "2026-11-20", "how": "On paper", "on_behalf_of": "", "state": "refused"},
            {"organisation": "Wyrefordshire County Council", "post": "Caldicott Guardian",
             "required": True, "state": "open", "how": ""}],
        "text_sha256": text_sha256, "code": code,
        "verify_url": f"https://register.wyrefordshire.example/verify/{code}/",
        "printed_at": "2026-11-21T09:32:00+00:00", "printed_by": "Ada Okafor",
        "headings_only": False, **changes,
    }  # fmt: skip


def sealed_frame(body, signatories=3):
    """The frame of the print that is sealed: every kind of row, the longest names, a certificate."""
    text_sha256 = hashlib.sha256(canonical(body)).hexdigest()
    names = [LONG, WELSH, NHS]
    rows = [_certified(n, names[n % 3]) for n in range(signatories)]
    places = [_place(n, names[n % 3]) for n in range(signatories)]
    certificate = {
        "reference": body["reference"], "title": body["title"], "version": body["version"],
        "document_id": 12, "version_id": 34, "frozen_at": "2026-11-18T08:00:00+00:00",
        "text_sha256": text_sha256, "ledger_number": 123456, "ledger_sha256": "cd" * 32, "rows": rows,
    }  # fmt: skip
    return frame(
        body, status="in_force", mark="", signatures=places, certificate=certificate,
        is_sealed=True, printed_by="The register",
    )  # fmt: skip


def _place(n, organisation):
    place = {
        "organisation": organisation, "post": POST, "person": SIGNER, "required": True,
        "at": "2026-11-20T17:30:00+00:00", "on": "2026-11-20", "how": "Signed online",
        "capacity": "Deputy for the post", "on_behalf_of": "", "state": "signed", "earlier": [],
    }  # fmt: skip
    before = {
        "person": SIGNER,
        "on": "2026-11-19",
        "at": "",
        "how": "Signature withdrawn",
        "state": "withdrawn",
    }
    kinds = [
        {},
        {"earlier": [before, {**before, "how": "Signed online", "state": "signed"}]},
        {"state": "refused", "how": "Refused to sign", "capacity": ""},
        {"how": "Carried over from the version before", "at": ""},
        {
            "how": "Signed on behalf of a senior officer",
            "on_behalf_of": "Chief Constable of Wyrefordshire",
        },
        {"state": "withdrawn", "how": "Signature withdrawn", "voided_on": "2026-11-20"},
    ]
    return place | kinds[n % len(kinds)]


def _certified(n, organisation):
    return {
        "number": 400 + n, "person": SIGNER, "post": POST, "body": organisation,
        "capacity": "Deputy for the post", "on_behalf_of": "Chief Constable of Wyrefordshire" if n % 2 else "",
        "what": "Signed online", "signed_on": "2026-11-20", "utc": "2026-11-20 17:30:00 UTC",
        "local": "20 November 2026, 17:30:00 GMT (Europe/London)",
        "method": "Signed in with a password and a second factor", "strength": "password and second factor",
        "by_hand": n % 5 == 4, "statement": STATEMENT, "statement_sha256": "ef" * 32,
        "other_text_sha256": "12" * 32 if n % 7 == 3 else "",
    }  # fmt: skip


def bare_frame(**changes):
    return {
        "status": "draft",
        "mark": "DRAFT",
        "printed_at": "2026-11-21T09:32:00+00:00",
        **changes,
    }


def canonical(body):
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
