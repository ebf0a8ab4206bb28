"""The spreadsheets that an export holds for people: one for each noun, in words instead of codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from agreements.flows.models import Flow, FlowItem, FlowParty
from register.core.dates import LONDON
from register.core.sheets_out import Value
from register.directory.models import Appointment, Membership, Organisation, Person, Post
from register.documents.models import Document, Party, Version
from register.everything.history_sheet import HISTORY_HEADINGS, history_rows
from register.ledger.words import plain_text
from register.lists.labels import label
from register.reviews.models import Review
from register.signing.models import Signature, Slot

READ = 2_000
TIERS = {1: "Charter", 2: "Protocol", 3: "Agreement"}
# Columns whose codes stand in a reference list, by model and column.
LISTS: dict[tuple[type[models.Model], str], str] = {
    (Document, "marking"): "marking",
    (Party, "role"): "controller_role",
    (Flow, "direction"): "direction",
    (Flow, "identifiability"): "identifiability",
    (Flow, "use_kind"): "use_kind",
    (Flow, "frequency"): "frequency",
    (Flow, "outside_uk"): "transfer_outside_uk",
    (FlowItem, "category"): "data_category",
    (Organisation, "kind"): "organisation_kind",
    (Post, "kind"): "post_kind",
    (Review, "outcome"): "review_outcome",
}


@dataclass(frozen=True)
class Sheet:
    """One spreadsheet: its name, its headings, and what reads its rows a few at a time."""

    name: str
    headings: tuple[str, ...]
    rows: Callable[[], Iterator[Sequence[Value]]]


def _sheet(name: str, model: type[models.Model], columns: dict[str, str], *order: str) -> Sheet:
    """A sheet of a table: `columns` are the headings, each with the way to its field."""
    words = [_words_for(model, path) for path in columns.values()]

    def rows() -> Iterator[Sequence[Value]]:
        found: models.QuerySet = models.QuerySet(model)
        found = found.order_by(*order, "pk").values_list(*columns.values())
        for values in found.iterator(READ):
            yield [say(value) for say, value in zip(words, values, strict=True)]

    return Sheet(name, tuple(columns), rows)


def _words_for(model: type[models.Model], path: str) -> Callable[[Any], Value]:
    field: Any = None
    for step in path.split("__"):
        model = field.related_model if field is not None else model
        field = model._meta.get_field(step)
    if (model, field.name) == (Document, "tier"):
        return lambda tier: TIERS.get(tier, tier)
    if list_code := LISTS.get((model, field.name)):
        return lambda code: label(list_code, code) if code else ""
    if in_words := getattr(field, "in_words", None):
        return lambda value: in_words(value) if value else ""
    if field.choices:
        named = dict(field.flatchoices)
        return lambda value: str(named.get(value, value if value is not None else ""))
    if isinstance(field, models.TextField):
        return lambda text: plain_text(text or "")
    return _plain


def _plain(value: Any) -> Value:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(LONDON):%Y-%m-%d %H:%M}"
    if value is None or isinstance(value, str | int | float | dt.date):
        return value
    return str(value)


SHEETS = (
    _sheet(
        "entries", Document,
        {"Reference": "reference", "Partnership": "partnership__name", "Tier": "tier",
         "Lead body": "lead__legal_name", "Owner": "owner__name", "Next review": "review_on",
         "Review, in words": "review_words", "Visibility": "visibility", "Marking": "marking",
         "Restricted": "is_restricted", "Came from": "provenance", "Kept by": "kept_by",
         "Source": "source", "Confirmed": "is_confirmed", "Archived on": "archived_on"},
        "reference",
    ),
    _sheet(
        "versions", Version,
        {"Reference": "document__reference", "Version": "number", "Title": "title",
         "Kind": "kind", "State": "state", "In force from": "in_force_on", "Ends on": "ends_on",
         "Ended on": "ended_on", "Why it ended": "end_reason", "Issued": "issued_at",
         "Changes": "changes", "Governing file": "governing_file_name",
         "SHA-256 of its text": "body_sha256"},
        "document__reference", "number",
    ),
    _sheet(
        "parties", Party,
        {"Reference": "version__document__reference", "Version": "version__number",
         "Body": "organisation__legal_name", "Part": "part", "Role": "role",
         "Name as signed": "name_as_signed", "Bound by this only because": "only_this_reason"},
        "version__document__reference", "version__number", "position",
    ),
    _sheet(
        "places-to-sign", Slot,
        {"Reference": "version__document__reference", "Version": "version__number",
         "Body": "organisation__legal_name", "Post": "post__title", "Post, in words": "post_words",
         "Needed": "is_required", "Old register, by": "old_register_words",
         "Old register, on": "old_register_on", "Voided": "voided_at", "Why": "void_reason"},
        "version__document__reference", "version__number", "position",
    ),
    _sheet(
        "signatures", Signature,
        {"Reference": "slot__version__document__reference", "Version": "slot__version__number",
         "What happened": "kind", "Person": "person_name", "Post": "post_title",
         "Body": "body_name", "Capacity": "capacity", "On behalf of": "on_behalf_of",
         "How": "method", "Signed on": "signed_on", "Recorded": "recorded_at",
         "Ground": "reason_class", "Reason": "reason", "SHA-256 of the text": "body_sha256"},
        "slot__version__document__reference", "slot__version__number", "slot__position",
    ),
    _sheet(
        "flows", Flow,
        {"Reference": "version__document__reference", "Version": "version__number",
         "Flow": "title", "Direction": "direction", "Identifiability": "identifiability",
         "Used for": "use_kind", "Purpose": "purpose", "Necessity": "necessity",
         "People in the data": "data_subjects", "How it moves": "transfer_modes",
         "Controls": "controls", "System": "system", "How often": "frequency",
         "Outside the UK": "outside_uk", "Retention": "retention_period"},
        "version__document__reference", "version__number", "position",
    ),
    _sheet(
        "ends-of-flows", FlowParty,
        {"Reference": "version__document__reference", "Version": "version__number",
         "Flow": "flow__title", "End": "side", "Body": "organisation__legal_name",
         "Group": "group__name"},
        "version__document__reference", "version__number", "flow__position", "position",
    ),
    _sheet(
        "items-of-flows", FlowItem,
        {"Reference": "version__document__reference", "Version": "version__number",
         "Flow": "flow__title", "Item": "name", "Category": "category",
         "Needed because": "needed_because", "Special category": "special"},
        "version__document__reference", "version__number", "flow__position", "position",
    ),
    _sheet(
        "bodies", Organisation,
        {"Number": "id", "Name": "legal_name", "Short name": "short_name", "Kind": "kind",
         "Legal status": "legal_status", "Unit of": "unit_of__legal_name",
         "Public authority": "public_authority", "Part 3": "part3", "ICO number": "ico_number",
         "Mailbox": "mailbox", "Website": "website", "Confirmed": "is_confirmed",
         "From": "starts_on", "Until": "ends_on", "Merged into": "merged_into__legal_name"},
        "legal_name",
    ),
    _sheet(
        "memberships", Membership,
        {"Partnership": "partnership__name", "Body": "organisation__legal_name", "Kind": "kind",
         "From": "starts_on", "Until": "ends_on"},
        "partnership__name", "organisation__legal_name",
    ),
    _sheet(
        "people", Person,
        {"Number": "id", "Name": "name", "E-mail": "contact__email", "Phone": "contact__phone",
         "Signs in as": "user__email", "May sign in": "user__is_active"},
        "name",
    ),
    _sheet(
        "posts", Post,
        {"Number": "id", "Body": "organisation__legal_name", "Kind": "kind", "Title": "title",
         "Mailbox": "mailbox", "Phone": "phone", "From": "starts_on", "Until": "ends_on"},
        "organisation__legal_name", "title",
    ),
    _sheet(
        "appointments", Appointment,
        {"Person": "person__name", "Post": "post__title", "Body": "post__organisation__legal_name",
         "Capacity": "capacity", "Role in the register": "role",
         "For body": "membership__organisation__legal_name", "For all of": "partnership__name",
         "From": "starts_on", "Until": "ends_on"},
        "person__name", "starts_on",
    ),
    _sheet(
        "reviews", Review,
        {"Reference": "document__reference", "Version": "version__number", "Opened": "opened_at",
         "By": "opened_by_name", "Because": "because", "Due": "due_on", "Findings": "findings",
         "Outcome": "outcome", "Reason": "outcome_reason", "Next review": "next_on",
         "Closed": "closed_at", "Closed by": "closed_by_name"},
        "document__reference", "opened_at",
    ),
    Sheet("history", HISTORY_HEADINGS, history_rows),
)  # fmt: skip
