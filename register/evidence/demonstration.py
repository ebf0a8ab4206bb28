"""A key for demonstrations and tests, made at set-up: it seals as a real one does, and proves nothing."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from register.core.dates import now

ROOT_NAME = "Demonstration root, not for real use"
SEAL_NAME = "Register seal (demonstration)"
PASSPHRASE = "demonstration"
ROOT_DAYS, SEAL_DAYS = 7300, 3650


def key_file() -> Path:
    """Where the demonstration's key lies; a PKCS#12 file beside the root that people may look at."""
    return Path(settings.DATA_DIR) / "seal" / "demonstration.p12"


def make_key(path: Path | None = None, *, name: str = SEAL_NAME) -> bool:
    """Make a root and a key that seals, unless they are there; whether they were made.

    EC P-256. The root's certificate is written beside the key as `demonstration-root.pem`.
    """
    path = path or key_file()
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = _root(root_key)
    key = ec.generate_private_key(ec.SECP256R1())
    seal = _seal(key, root, root_key, name)
    opens = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    packed = pkcs12.serialize_key_and_certificates(b"seal", key, seal, [root], opens)
    (path.parent / "demonstration-root.pem").write_bytes(
        root.public_bytes(serialization.Encoding.PEM)
    )
    _write_private(path, packed)
    return True


def _root(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    me = _name(ROOT_NAME)
    return (
        _certificate(me, me, key.public_key(), ROOT_DAYS)
        .add_extension(x509.BasicConstraints(True, 0), True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .sign(key, hashes.SHA256())
    )


def _seal(key, root: x509.Certificate, root_key, name: str) -> x509.Certificate:
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    return (
        _certificate(_name(name), root.subject, key.public_key(), SEAL_DAYS)
        .add_extension(x509.BasicConstraints(False, None), True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(issuer, False)
        .sign(root_key, hashes.SHA256())
    )


def _certificate(subject, issuer, public_key, days: int) -> x509.CertificateBuilder:
    at = now()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=days))
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "GB"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Demonstration partnership"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _usage(**on: bool) -> x509.KeyUsage:
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
             "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{name: on.get(name, False) for name in names})


def _write_private(path: Path, content: bytes) -> None:
    """Whole or not at all, and readable by nobody else."""
    part = path.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    part.rename(path)
