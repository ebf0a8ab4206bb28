"""What mends the entries of a clean-up list together: each entry by the service of its own page."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError

from agreements.models import Agreement
from agreements.services import place_agreement
from register.cleanup import forms
from register.dashboard.bulk.kind import SAME, Batch, Kind
from register.directory.models import Organisation
from register.documents.models import Document, Part, Party
from register.documents.services import amending, facts

NONE = "None"


def _standing(batch: Batch, document: Document) -> str:
    return "Confirmed" if document.is_confirmed else "As recorded, unconfirmed"


def _confirm(*, by, batch: Batch, document: Document, row_version: int) -> int | str:
    if document.is_confirmed:
        return SAME
    facts.confirm_many(by=by, documents=[document])
    return 0


def _protocol_now(batch: Batch, document: Document) -> str:
    row = Agreement.objects.filter(document=document).select_related("protocol").first()
    if row is None:
        return NONE
    return (
        str(row.protocol) if row.protocol else "Outside the framework" if row.is_outside else NONE
    )


def _protocol_after(batch: Batch, document: Document) -> str:
    return str(_chosen_protocol(batch))


def _chosen_protocol(batch: Batch) -> Document:
    return Document.objects.select_related("partnership").get(pk=batch.values["protocol"])


def _no_agreements(keys: list[int]) -> set[int]:
    found = Agreement.objects.filter(document__in=keys).order_by()
    return set(keys) - set(found.values_list("document_id", flat=True))


def _place(*, by, batch: Batch, document: Document, row_version: int) -> int | str:
    row = Agreement.objects.filter(document=document).first()
    if row is None:
        raise ValidationError("Only agreements stand under a protocol.")
    if row.protocol_id == batch.values["protocol"]:
        return SAME
    further = [link.protocol for link in row.further_protocols.select_related("protocol")]
    place_agreement(
        by=by, document=document, row_version=row.row_version, protocol=_chosen_protocol(batch),
        further=tuple(other for other in further if other.pk != batch.values["protocol"]),
    )  # fmt: skip
    return 0


def _parties_now(batch: Batch, document: Document) -> str:
    shown = document.shown
    rows = Party.objects.filter(version=shown, part=Part.PARTY).select_related("organisation")
    return ", ".join(row.organisation.called for row in rows.order_by("position", "pk")) or NONE


def _parties_after(batch: Batch, document: Document) -> str:
    now, body = _parties_now(batch, document), _chosen_body(batch)
    return body.called if now == NONE else now if body.called in now else f"{now}, {body.called}"


def _chosen_body(batch: Batch) -> Organisation:
    return Organisation.objects.get(pk=batch.values["party"])


def _name_party(*, by, batch: Batch, document: Document, row_version: int) -> int | str:
    if (shown := document.shown) is None:
        raise ValidationError("It has no version that could name a party.")
    made = amending.name_parties(by=by, parties=[(shown, [(_chosen_body(batch), "")])])
    return 0 if made else SAME


MENDING = (
    Kind("confirm", "Confirm {}", "confirmed", _standing, lambda batch, document: "Confirmed",
         _confirm, heading="Status"),
    Kind("protocol", "Put {} under a protocol", "placed", _protocol_now, _protocol_after, _place,
         heading="Protocol",
         form=lambda by, partnerships: partial(
             forms.ProtocolForm, by=by, partnerships=partnerships
         ),
         left_out=_no_agreements, why="only agreements stand under a protocol"),
    Kind("party", "Name a party of {}", "party named", _parties_now, _parties_after, _name_party,
         heading="Parties",
         form=lambda by, partnerships: partial(forms.PartyForm, partnerships=partnerships)),
)  # fmt: skip
WORDS = {
    "confirm": "Confirm",
    "protocol": "Put under a protocol",
    "party": "Name a party",
}
