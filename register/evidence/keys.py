"""The key that seals: a PKCS#12 file, a token behind PKCS#11, or one made for a demonstration.

This module knows where the key is and whether it can be used, and needs no PDF library: pages and
`/healthz` ask it. `signers.py` opens the key itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings

from register.core.dates import now, words
from register.evidence.demonstration import PASSPHRASE, ROOT_NAME, key_file

NO_KEY = (
    "The register has no key for seals, so no PDF is sealed. The administrator sets SEAL_KEY_FILE "
    "or SEAL_PKCS11_MODULE."
)
DEMONSTRATION_IN_PRODUCTION = (
    "The key for seals was made for a demonstration: production does not seal with it. "
    "The administrator sets SEAL_KEY_FILE to a real one."
)


class NoKey(Exception):
    """Nothing can be sealed; `sentence` says why and who mends it."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class KeyFile:
    """A PKCS#12 file with the key and certificate that seal, and what opens it."""

    path: Path
    passphrase: str


def is_token() -> bool:
    """Whether the key lies in a token behind PKCS#11."""
    return bool(settings.SEAL_PKCS11_MODULE)


def file_of_key() -> KeyFile:
    """The file that holds the key; NoKey where none is set."""
    if settings.SEAL_KEY_FILE:
        return KeyFile(Path(settings.SEAL_KEY_FILE), settings.SEAL_KEY_PASSPHRASE)
    if settings.PRODUCTION or not key_file().exists():
        raise NoKey(NO_KEY)
    return KeyFile(key_file(), PASSPHRASE)


def why_nothing_is_sealed() -> str:
    """Why nothing can be sealed today, in a sentence; empty where the key can be used."""
    try:
        require_key()
    except NoKey as missing:
        return missing.sentence
    return ""


def require_key() -> None:
    """Raise NoKey, saying why, unless there is a key whose certificate holds today."""
    if is_token():
        _require_token()
        return
    given = file_of_key()
    certificate = _certificate_of(given)
    if settings.PRODUCTION and _is_demonstration(certificate):
        raise NoKey(DEMONSTRATION_IN_PRODUCTION)
    require_running(certificate.not_valid_after_utc)


def require_running(until) -> None:
    """Raise NoKey when a certificate that runs out at an instant has run out."""
    if until <= now():
        raise NoKey(
            f"The certificate of the key for seals ran out on {words(until.date())}: "
            "the administrator sets a newer one."
        )


def _require_token() -> None:
    names = ("SEAL_PKCS11_TOKEN", "SEAL_PKCS11_KEY", "SEAL_PKCS11_PIN")
    if missing := [name for name in names if not getattr(settings, name)]:
        raise NoKey(f"The token for seals is not whole: the administrator sets {missing[0]}.")
    if not Path(settings.SEAL_PKCS11_MODULE).exists():
        raise NoKey("SEAL_PKCS11_MODULE names a file that is not there: the administrator sets it.")


def _certificate_of(given: KeyFile) -> x509.Certificate:
    try:
        changed = given.path.stat().st_mtime_ns
        return _read(given.path, changed, given.passphrase)
    except OSError as error:
        raise NoKey(
            "The file of the key for seals cannot be read: the administrator sees to it."
        ) from error
    except ValueError as error:
        raise NoKey(
            "The file of the key for seals cannot be opened with the passphrase that is set: "
            "the administrator sees to both."
        ) from error


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, passphrase: str) -> x509.Certificate:
    """The certificate of a key file; read again only when the file has changed."""
    secret = passphrase.encode() or None
    key, certificate, _ = pkcs12.load_key_and_certificates(path.read_bytes(), secret)
    if key is None or certificate is None:
        raise ValueError("No key in it.")
    return certificate


def _is_demonstration(certificate: x509.Certificate) -> bool:
    return ROOT_NAME in certificate.issuer.rfc4514_string().replace("\\,", ",")
