"""The certificates that this register sealed with and trusts, as they are kept; needs no PDF library."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from register.evidence.found import Ours
from register.evidence.models import CertificateRole, SealCertificate


def trusted(at: datetime) -> Ours:
    """Every certificate that the register ever sealed with, and what stands behind them, as of an instant."""
    kept: dict[str, list[bytes]] = {role: [] for role in CertificateRole.values}
    for role, der in SealCertificate.objects.order_by("pk").values_list("role", "der"):
        kept[role].append(bytes(der))
    return Ours(
        seals=kept[CertificateRole.SEAL],
        issuers=kept[CertificateRole.ISSUER],
        timestamps=kept[CertificateRole.TIMESTAMP],
        at=at,
    )


def marks_of(ours: Ours) -> list[bytes]:
    """What a seal of ours leaves in a file, in small hexadecimal: two parts of the certificate that sealed.

    A seal lies in the file as plain hexadecimal with its certificate in it; one changed byte spoils
    one of the two parts at most.
    """
    marks = []
    for der in ours.seals:
        certificate = x509.load_der_x509_certificate(der)
        key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        marks += [key.hex().encode(), certificate.signature.hex().encode()]
    return marks
