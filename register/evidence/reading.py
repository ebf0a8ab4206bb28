"""Reads the seals in a PDF. What strangers send is read in the bounded child process only.

It asks nobody on the network, and trusts the certificates that it is given and no others.
"""

from __future__ import annotations

from typing import BinaryIO

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from register.evidence.found import Ours, Read, SealFound
from register.evidence.threads import in_own_thread

MOST_SEALS = 10


def read(pdf: BinaryIO, ours: Ours) -> Read:
    """The seals in a PDF; what cannot be read is said in `problem` and never raised."""
    found = Read()
    try:
        reader = PdfFileReader(pdf, strict=False)
        if reader.encrypted:
            found.problem = "encrypted"
            return found
        for signature in reader.embedded_signatures[:MOST_SEALS]:
            found.seals.append(_judged(signature, ours))
    except Exception as error:
        # Whatever a stranger's file makes the library raise means the same: it cannot be read.
        found.problem = type(error).__name__
    return found


def _judged(signature, ours: Ours) -> SealFound:
    certificate = signature.signer_cert
    subject = str(certificate.subject.human_friendly)[:300]
    if certificate.dump() not in ours.seals:
        return SealFound(subject, is_ours=False)
    try:
        status = in_own_thread(
            validate_pdf_signature,
            signature,
            signer_validation_context=_trusting(ours.issuers or ours.seals, ours),
            ts_validation_context=_trusting(ours.timestamps, ours),
        )
    except Exception:
        return SealFound(subject, is_ours=True)
    # pyHanko and pdfsig both call a seal valid after which something was appended.
    is_whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return SealFound(
        subject=subject,
        is_ours=True,
        is_intact=bool(status.intact and status.valid),
        is_whole_file=is_whole,
        is_sound=bool(status.bottom_line and is_whole),
    )


def _trusting(roots: list[bytes], ours: Ours) -> ValidationContext:
    return ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in roots],
        moment=ours.at,
        allow_fetching=False,
    )
