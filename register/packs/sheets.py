"""What every sheet about a version shares: its head, who may be asked, and the making of its PDF."""

from __future__ import annotations

import json
from collections.abc import Callable

from register.core.dates import today, words
from register.directory.models import Post
from register.documents.bound import records_bound
from register.documents.models import Version
from register.printing.bounded import render
from register.printing.framing import content_of, frame_of
from register.printing.models import PrintRequest
from register.printing.services import name_of, printed_by, versions_of

# Posts that staff may ring about an agreement, in this order.
RUNG = ("operational_manager", "information_lead", "designated_person", "dpo", "caldicott_guardian")

Fill = Callable[[Version, dict, dict], dict]


def sheet_maker(
    form: str, file_word: str, fill: Fill
) -> Callable[[PrintRequest], tuple[bytes, str]]:
    """What makes the sheet of a form for a request: `fill` adds to the head what is its own."""

    def make(request: PrintRequest) -> tuple[bytes, str]:
        version = versions_of(request)[0]
        content, frame = content_of(version), frame_of(version, printed_by=printed_by(request))
        sheet = sheet_of(form, version, json.loads(content), frame, fill)
        return render({"sheet": sheet}), name_of((content, frame), file_word)

    return make


def sheet_of(form: str, version: Version, body: dict, frame: dict, fill: Fill) -> dict:
    """The values of a sheet as `register/printing/sheets.py` lays them out."""
    head = {
        "form": form,
        "title": body["title"],
        "partnership": body["partnership"]["name"],
        "reference": body["reference"],
        "version": body["version"],
        "marking": body.get("marking") or "",
        "facts": days_of(version),
        **{name: frame[name] for name in ("status", "mark", "printed_at", "printed_by")},
    }
    return head | fill(version, body, frame)


def office_line(version: Version) -> str:
    """The partnership office and how to reach it, in one line."""
    place = version.document.partnership
    reach = [place.office_phone, place.office_email]
    return ", ".join(filter(None, [place.office_name or "The partnership office", *reach]))


def posts_to_ring(version: Version) -> list[list[str]]:
    """Of each party the posts that staff may ring: body and post, with telephone and mailbox.

    Posts, not people: a sheet on a wall outlives who holds the post. Those that say no way to be
    reached are left out.
    """
    posts = Post.objects.filter(organisation_id__in=records_bound(version), kind__in=RUNG)
    found = [
        post
        for post in posts.current(today()).select_related("organisation")
        if post.phone or post.mailbox
    ]
    found.sort(key=lambda post: (post.organisation.legal_name, RUNG.index(post.kind), post.pk))
    return [[post.organisation.legal_name, ": ".join([post.title, _reach(post)])] for post in found]


def days_of(version: Version) -> list[list[str]]:
    """The days that matter of a version, as pairs of words: in force from, to be reviewed by, ends."""
    document = version.document
    days = [
        ("In force from", version.in_force_on),
        ("Look at it again by", document.review_on),
        ("Ended on" if version.ended_on else "Ends on", version.ended_on or version.ends_on),
    ]
    return [[name, words(day)] for name, day in days if day]


def _reach(post: Post) -> str:
    return ", ".join(filter(None, [post.phone, post.mailbox]))
