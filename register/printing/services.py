"""Asking for prints, and making them: rows found by a query and claimed by one worker each."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet

from register.core.dates import LONDON, now
from register.documents.models import Version
from register.printing import papers
from register.printing.bounded import render_pack, render_version
from register.printing.framing import content_of, frame_of
from register.printing.layout import file_stem
from register.printing.models import PrintedVersion, PrintRequest, PrintState
from register.printing.refusals import PrintFailed

PACK_LIMIT = 50
ZIP = papers.ZIP
TRIES = 3
CLAIMED_FOR = timedelta(minutes=5)
KEPT_FOR = timedelta(days=7)


def ask(
    *, user, versions: list[Version], title: str = "", is_headings: bool = False,
    paper: str = "", about: int | None = None,
) -> PrintRequest:  # fmt: skip
    """Ask for a PDF of one version, or of up to 50 as a pack with a title.

    `paper` is the code of another kind of paper (register/printing/papers.py), and `about` the number
    of the record that it is made from. What is asked for is nobody else's business and changes
    nothing in the register: no act.
    """
    if not versions:
        raise ValidationError("Select an entry to print.")
    if len(versions) > PACK_LIMIT:
        raise ValidationError(f"A pack holds up to {PACK_LIMIT} entries: select fewer.")
    ending = papers.PAPERS[paper].ending if paper else papers.PDF
    with transaction.atomic():
        request = PrintRequest.objects.create(
            asked_by=user, title=title, is_headings=is_headings, asked_at=now(),
            paper=paper, about=about, ending=ending,
        )  # fmt: skip
        PrintedVersion.objects.bulk_create(
            PrintedVersion(request=request, version=version, position=place)
            for place, version in enumerate(versions)
        )
    return request


def due() -> QuerySet[PrintRequest]:
    """Prints that wait, and those whose worker has died."""
    stale = Q(state=PrintState.WORKING, claimed_at__lt=now() - CLAIMED_FOR)
    return PrintRequest.objects.filter(Q(state=PrintState.WAITING) | stale).order_by("asked_at")


def make(request: PrintRequest) -> bool:
    """Make a claimed print; a refusal of the layout is kept as its sentence. Whether it was made."""
    request.tries += 1
    # Noted before it is begun: what ends the worker each time is not begun for ever.
    PrintRequest.objects.filter(pk=request.pk).update(tries=request.tries)
    try:
        if request.tries > TRIES:
            raise PrintFailed("Its making was broken off three times. Tell the administrator.")
        pdf, request.name = file_of(request)
    except PrintFailed as refusal:
        request.state, request.failure = PrintState.FAILED, refusal.sentence
    else:
        if default_storage.exists(request.path):
            default_storage.delete(request.path)
        default_storage.save(request.path, ContentFile(pdf))
        request.state, request.size = PrintState.DONE, len(pdf)
    request.ended_at = now()
    request.save()
    return request.state == PrintState.DONE


def file_of(request: PrintRequest) -> tuple[bytes, str]:
    """The file of a request and its name; raises PrintFailed with a sentence."""
    if not request.paper:
        return pdf_of(request)
    if (paper := papers.PAPERS.get(request.paper)) is None:
        raise PrintFailed("This kind of print is not made any more. Ask for another.")
    return paper.make(request)


def versions_of(request: PrintRequest) -> list[Version]:
    """The versions of a request in their order, with what a frame needs; PrintFailed for none."""
    items = request.items.select_related(
        "version__document__partnership", "version__document__owner", "version__document__lead"
    )
    if found := [item.version for item in items]:
        return found
    raise PrintFailed("What was to be printed is not there any more.")


def printed_by(request: PrintRequest) -> str:
    """The name of who asked, as it stands in the foot of a page."""
    return getattr(getattr(request.asked_by, "person", None), "name", request.asked_by.email)


def pdf_of(request: PrintRequest) -> tuple[bytes, str]:
    """The PDF of a request and its file name; raises PrintFailed with a sentence."""
    by = printed_by(request)
    pairs = [
        (
            content_of(version),
            frame_of(version, printed_by=by, headings_only=request.is_headings),
        )
        for version in versions_of(request)
    ]
    if request.is_pack:
        return render_pack(pairs, request.title), f"pack-{now():%Y-%m-%d}.pdf"
    return render_version(*pairs[0]), name_of(pairs[0])


def name_of(pair: tuple[bytes, dict], paper: str = "") -> str:
    """The file name of a version's print, such as WY-A-0042-v3-in-force-2026-11-21.pdf.

    Another kind of paper is named before the date: WY-A-0042-v3-in-force-summary-2026-11-21.pdf.
    """
    content, frame = pair
    state = str(frame["status"]).replace("_", "-")
    kind = f"-{paper}" if paper else ""
    day = datetime.fromisoformat(frame["printed_at"]).astimezone(LONDON).date()
    return f"{file_stem(json.loads(content))}-{state}{kind}-{day.isoformat()}.pdf"


def clear_old() -> int:
    """Throw away prints that are a week old; they can be made again. Returns how many."""
    old = list(PrintRequest.objects.filter(asked_at__lt=now() - KEPT_FOR)[:500])
    for request in old:
        default_storage.delete(request.path)
        request.delete()
    return len(old)


def forget_prints_of(document_id: int) -> int:
    """Throw away the prints that hold a document, after a redaction. Returns how many."""
    found = PrintRequest.objects.filter(items__version__document_id=document_id).distinct()
    for request in found:
        default_storage.delete(request.path)
        request.delete()
    return len(found)
