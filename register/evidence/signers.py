"""Opens the key that seals, and names the certificates behind it. Only the worker imports this."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asn1crypto import pem, x509
from django.conf import settings
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.signers import Signer, SimpleSigner

from register.evidence.keys import NoKey, file_of_key, is_token, require_key, require_running
from register.evidence.timestamps import TimeStampServer

try:
    from pkcs11.exceptions import PKCS11Error
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
except ImportError:  # a machine without python-pkcs11 seals with a file
    PKCS11Signer = None  # type: ignore[assignment,misc]

NO_LIBRARY = "The token for seals needs the package python-pkcs11: the administrator installs it."
NO_TOKEN = (
    "The token for seals could not be opened with the label, key and PIN that are set: "
    "the administrator sees to it."
)
NO_PEM = "The file {name} cannot be read as PEM certificates: the administrator sees to it."


@contextmanager
def open_signer() -> Iterator[Signer]:
    """The signer with the key that is set; NoKey, saying why, where it cannot be opened."""
    require_key()
    if not is_token():
        yield _from_file()
        return
    if PKCS11Signer is None:
        raise NoKey(NO_LIBRARY)
    with _session() as session:
        signer = PKCS11Signer(session, cert_label=settings.SEAL_PKCS11_KEY, ca_chain=_chain())
        certificate = _certificate_in(signer)
        require_running(certificate.not_valid_after)
        # Many tokens sign by elliptic curves only what was hashed for them.
        signer.use_raw_mechanism = certificate.public_key.algorithm == "ec"
        yield signer


def timestamper() -> TimeStampServer | None:
    """The time stamp server, where one is set."""
    url = settings.SEAL_TIMESTAMP_URL
    return TimeStampServer(url) if url else None


def chain_of(signer: Signer) -> list[x509.Certificate]:
    """The certificates behind the one that seals."""
    own = signer.signing_cert
    return [each for each in signer.cert_registry if each.sha256 != own.sha256]


def timestamp_roots() -> list[x509.Certificate]:
    """The certificates that time stamps are checked against."""
    name = "SEAL_TIMESTAMP_ROOT_FILE"
    return _pem(settings.SEAL_TIMESTAMP_ROOT_FILE, name) if settings.SEAL_TIMESTAMP_URL else []


def _from_file() -> Signer:
    given = file_of_key()
    packed, secret = given.path.read_bytes(), given.passphrase.encode() or None
    return SimpleSigner.load_pkcs12_data(packed, _chain(), passphrase=secret)


@contextmanager
def _session():
    try:
        session = open_pkcs11_session(
            settings.SEAL_PKCS11_MODULE,
            token_criteria=TokenCriteria(label=settings.SEAL_PKCS11_TOKEN),
            user_pin=settings.SEAL_PKCS11_PIN,
        )
    except (PKCS11Error, RuntimeError) as error:
        raise NoKey(NO_TOKEN) from error
    with session:
        yield session


def _certificate_in(signer) -> x509.Certificate:
    try:
        return signer.signing_cert
    except PKCS11Error as error:
        raise NoKey(NO_TOKEN) from error


def _chain() -> list[x509.Certificate]:
    return _pem(settings.SEAL_CHAIN_FILE, "SEAL_CHAIN_FILE") if settings.SEAL_CHAIN_FILE else []


def _pem(path: str, name: str) -> list[x509.Certificate]:
    try:
        content = Path(path).read_bytes()
        return [x509.Certificate.load(der) for _, _, der in pem.unarmor(content, multiple=True)]
    except (OSError, ValueError) as error:
        raise NoKey(NO_PEM.format(name=name)) from error
