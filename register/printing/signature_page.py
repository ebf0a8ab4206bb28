"""The signature page and the certificate of completion, from a frame's plain values to words."""

from register.printing import words
from register.printing.limits import within


def signatures(body: dict, frame: dict) -> list[dict]:
    """One block for each place to sign: those the frame tells of, or the body's where it tells none."""
    told = frame["signatures"] if "signatures" in frame else body.get("slots") or []
    return [_signature(one) for one in told]


def certificate(told: dict | None) -> dict | None:
    """The certificate of completion in words; None for a print that is not sealed."""
    if not told:
        return None
    number = told.get("ledger_number") or 0
    return {
        "document": f"{told.get('reference', '')} version {told.get('version', '')}: "
        f"{within(told.get('title') or '', 'The title')}",
        "records": f"document {told.get('document_id', '')}, version {told.get('version_id', '')}",
        "frozen": words.utc_words(told.get("frozen_at")),
        "text_sha256": told.get("text_sha256") or "",
        "ledger": f"entry {number:,}" if number else "no entry yet",
        "ledger_sha256": told.get("ledger_sha256") or "",
        "rows": [_certified(one) for one in told.get("rows") or []],
        "claims": words.CLAIMS,
    }


def _signature(told: dict) -> dict:
    state = told.get("state") or ""
    row = _row(told)
    return {
        **row,
        "how": row["how"] if row["how"] != row["state"] else "",
        "post": told.get("post") or "",
        "organisation": within(told.get("organisation") or "", "The name of a body"),
        "is_open": state not in words.SIGNED,
        "optional": told.get("required") is False,
        "joined": bool(told.get("is_accession")),
        "voided": words.day_words(told.get("voided_on")),
        "earlier": [_row(one) for one in told.get("earlier") or []],
    }


def _row(told: dict) -> dict:
    return {
        "person": told.get("person") or "",
        "capacity": told.get("capacity") or "",
        "on_behalf_of": told.get("on_behalf_of") or "",
        "on": words.moment_words(told.get("at")) or words.day_words(told.get("on")),
        "how": told.get("how") or "",
        "state": words.SIGNED.get(told.get("state") or "", ""),
    }


def _certified(told: dict) -> dict:
    who = ", ".join(filter(None, [told.get("post"), told.get("body")]))
    day = words.day_words(told.get("signed_on"))
    utc, local = told.get("utc") or "", told.get("local") or ""
    return {
        "person": told.get("person") or "",
        "number": str(told.get("number") or ""),
        "who": within(who, "The name of a body"),
        "capacity": told.get("capacity") or "",
        "on_behalf_of": told.get("on_behalf_of") or "",
        "what": told.get("what") or "",
        "on": f"dated {day}, recorded {utc}" if told.get("by_hand") else utc,
        "local": local,
        "method": told.get("method") or "",
        "strength": told.get("strength") or "",
        "statement": within(told.get("statement") or "", "A statement"),
        "statement_sha256": told.get("statement_sha256") or "",
        "other_text_sha256": told.get("other_text_sha256") or "",
    }
