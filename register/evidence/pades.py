"""Seals a PDF by PAdES: one invisible certification signature after which nothing may be changed."""

from __future__ import annotations

from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer

from register.evidence.threads import in_own_thread
from register.evidence.timestamps import TimeStampServer

FIELD = "RegisterSeal"
REASON = "Sealed by the register: these are the words that came into force"


def seal(
    pdf: bytes, *, about: str, where: str, signer: Signer, timestamper: TimeStampServer | None
) -> bytes:
    """The sealed PDF. `about` names the version, `where` is the address at which anybody may check it."""
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        reason=REASON,
        location=about,
        contact_info=where,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    field = SigFieldSpec(FIELD, readable_field_name="Register seal")
    sealer = PdfSigner(metadata, signer, timestamper=timestamper, new_field_spec=field)
    return in_own_thread(sealer.sign_pdf, IncrementalPdfFileWriter(BytesIO(pdf))).getvalue()
