"""Turns a version's canonical body and its frame into the page that is laid out.

The body is what was signed; the frame is what stands around it on the day of printing: state, mark,
document control, signatures, who prints.
"""

from pathlib import Path

from django.template import Context, Engine

from register.core.text import strip
from register.printing import words
from register.printing.drawings import address_of
from register.printing.fields import markup, section
from register.printing.limits import within
from register.printing.signature_page import certificate, signatures

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
ENGINE = Engine(dirs=[str(TEMPLATES)], autoescape=True)
OPENING_WORDS = 110


def document_page(body: dict, frame: dict) -> str:
    """The whole page of one version."""
    context = {"documents": [_document(body, frame, "d1")]}
    return _page("print/document.html", context, body, frame)


def pack_page(items: list[tuple[dict, dict]], title: str, printed: str) -> str:
    """The whole page of a pack: cover, contents, register table, then each document."""
    documents = [_document(body, frame, f"d{n}") for n, (body, frame) in enumerate(items, 1)]
    markings = sorted({one["marking"] for one in documents if one["marking"]})
    context = {
        "documents": documents,
        "title": title,
        "printed": printed,
        "count": str(len(documents)),
        "marking": words.shortened(" / ".join(markings), 60),
        "edge_title": words.shortened(title, 90),
        "partnership": {"name": _one_or_none(one["partnership"]["name"] for one in documents)},
    }
    return _page("print/pack.html", context, {"title": title}, items[0][1] if items else {})


def printed_words(frame: dict) -> str:
    """ "Printed 21 November 2026 at 9:32am by Ada Okafor"; of the one that is sealed, when that was."""
    when, who = words.moment_words(frame.get("printed_at")), frame.get("printed_by")
    if frame.get("is_sealed"):
        return "Sealed by the register" + (f" {when}" if when else "")
    as_at = f"As at {frame['as_at']}. " if frame.get("as_at") else ""
    return f"{as_at}Printed" + (f" {when}" if when else "") + (f" by {who}" if who else "")


def file_stem(body: dict) -> str:
    """ "WY-A-0042-v3": the safe beginning of a file name."""
    reference = "".join(
        c if c.isascii() and (c.isalnum() or c in "-_.") else "-"
        for c in body.get("reference") or "document"
    )
    return f"{reference.strip('.-') or 'document'}-v{body.get('version') or 1}"


def metadata_title(body: dict) -> str:
    """ "WY-A-0042 version 3: Hospital discharge"."""
    if not body.get("reference"):
        return body.get("title") or "Document"
    return f"{body['reference']} version {body.get('version', 1)}: {body.get('title', '')}"


def _page(template: str, context: dict, body: dict, frame: dict) -> str:
    head = {
        "title": metadata_title(body),
        "author": (body.get("partnership") or {}).get("name", ""),
        "created": frame.get("printed_at") or "",
    }
    scope = Context({**context, "head": head}, use_l10n=False, use_tz=False)
    return ENGINE.get_template(template).render(scope)


def _document(body: dict, frame: dict, anchor: str) -> dict:
    sections = [section(one, f"{anchor}-s{n}") for n, one in enumerate(body.get("sections", []))]
    sections = [one for one in sections if one["fields"]]
    clauses = _clauses(body.get("clauses") or [], anchor)
    control = frame.get("control") or {}
    return {
        "anchor": anchor,
        "partnership": body.get("partnership") or {"name": ""},
        "tier_word": body.get("tier_word") or "Document",
        "kind": body.get("kind") or "",
        "title": within(body.get("title") or "Untitled", "The title"),
        "reference": body.get("reference") or "",
        "version": str(body.get("version") or 1),
        "label": body.get("label") or "",
        "marking": body.get("marking") or "",
        "status": words.status_words(frame.get("status") or "draft"),
        "mark": frame.get("mark") or "",
        "mark_words": frame.get("mark_words") or words.MARKS.get(frame.get("mark") or "", ""),
        "parents": [_parent(one) for one in body.get("parents") or []],
        "outside_framework": body.get("outside_framework") or "",
        "commencement": words.commencement_words(body.get("commencement")),
        "in_force_on": words.day_words(control.get("in_force_on")),
        "review_on": words.day_words(control.get("review_on")),
        "ends_on": words.day_words(control.get("ends_on")),
        "control": _control(control),
        "parties": [_party(one) for one in body.get("parties") or []],
        "sections": [one for one in sections if not one["is_schedule"]],
        "schedules": _numbered_schedules([one for one in sections if one["is_schedule"]]),
        "clauses": clauses,
        "has_contents": bool(clauses or sections or body.get("governing_file")),
        "has_terms": bool(clauses) and not clauses[0]["heading"],
        "governing_file": _file(body["governing_file"]) if body.get("governing_file") else None,
        "files": [_file(one) for one in body.get("files") or []],
        "signatures": signatures(body, frame),
        "certificate": certificate(frame.get("certificate")),
        "sha": frame.get("text_sha256") or "",
        "is_sealed": bool(frame.get("is_sealed")),
        "code": frame.get("code") or "",
        "qr": address_of(frame),
        "verify_at": words.place_words(frame.get("verify_url")),
        "printed": printed_words(frame),
        "edge": _edge(body, frame),
        "headings_only": bool(frame.get("headings_only")),
    }


def _edge(body: dict, frame: dict) -> dict:
    """What stands in the head and foot of each page, never longer than its place."""
    return {
        "title": words.shortened(body.get("title") or "Untitled", 76),
        "partnership": words.shortened((body.get("partnership") or {}).get("name") or "", 56),
        "tier_word": words.shortened(body.get("tier_word") or "Document", 30),
        "reference": words.shortened(body.get("reference") or "", 40),
        "marking": words.shortened(body.get("marking") or "", 40),
        "mark": words.shortened(frame.get("mark") or "", 40),
        "printed": words.shortened(printed_words(frame), 90),
        "code": frame.get("code_words")
        or words.code_words(frame.get("code") or "", frame.get("status") or "draft"),
    }


def _parent(parent: dict) -> dict:
    return {
        "role": "Also under" if parent.get("role") == "further" else "Made under",
        "text": f"{parent.get('tier_word', '')} {parent.get('reference', '')} "
        f"version {parent.get('version', '')}: {parent.get('title', '')}",
        "state": words.status_words(parent.get("state") or "").lower(),
    }


def _control(control: dict) -> dict:
    people = [
        ("Owner", control.get("owner")),
        ("Lead", control.get("lead")),
        ("Contact", control.get("contact")),
        ("Drawn up by", control.get("drawn_up_by")),
    ]
    return {
        "people": [(label, value) for label, value in people if value],
        "versions": [
            {
                **{key: str(one.get(key) or "") for key in ("number", "label", "dates", "changes")},
                "state": words.status_words(str(one.get("state") or "")),
            }
            for one in control.get("versions") or []
        ],
    }


def _party(party: dict) -> dict:
    reason = party.get("only_this_reason") or ""
    role = party.get("role") or ""
    return {
        "name": within(party.get("name") or "", "A party's name"),
        "short_name": party.get("short_name") or "",
        "part": words.PARTS.get(party.get("part") or "party", party.get("part")),
        "role": role[:1].upper() + role[1:],
        "only_this": reason,
    }


def _numbered_schedules(schedules: list[dict]) -> list[dict]:
    return [{**one, "number": str(n)} for n, one in enumerate(schedules, 1)]


def _clauses(clauses: list[dict], anchor: str) -> list[dict]:
    found = []
    for n, clause in enumerate(clauses):
        number = clause.get("number") or ""
        where = f"Clause {number}" if number else "A clause"
        text = markup(clause.get("text"), where)
        level = min(max(int(clause.get("level") or 1), 1), 3)
        marker = clause.get("marker") or "number"
        found.append(
            {
                "anchor": f"{anchor}-c{n}",
                "level": str(level),
                "marker": marker,
                "number": "•" if marker == "bullet" else number,
                "heading": within(clause.get("heading") or "", where),
                "text": text,
                "opening": words.shortened(strip(text), OPENING_WORDS),
            }
        )
    return found


def _file(file: dict) -> dict:
    return {
        "name": file.get("name") or "",
        "sha256": file.get("sha256") or "",
        "size": words.size_words(file.get("size")),
        "media_type": file.get("media_type") or "",
    }


def _one_or_none(names) -> str:
    distinct = sorted(set(names))
    return distinct[0] if len(distinct) == 1 else ""
