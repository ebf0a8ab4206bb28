"""Without a key that holds nothing is called sealed, and everything that looks says why in words."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pkcs11
import pytest
from asn1crypto import keys as private_keys
from asn1crypto import tsp, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.core.management import call_command
from django.test import Client
from pkcs11.util.x509 import decode_x509_certificate
from pyhanko.sign.timestamps import DummyTimeStamper

from register.core.dates import now, pretend
from register.evidence import signers
from register.evidence.demonstration import PASSPHRASE, make_key
from register.evidence.found import Ours
from register.evidence.jobs import look_for_unsealed, seal_versions
from register.evidence.keys import NoKey, require_key, why_nothing_is_sealed
from register.evidence.models import Seal, Sealing
from register.evidence.pades import seal as seal_pdf
from register.evidence.reading import read
from register.evidence.timestamps import NoTimeStamp
from tests.register.evidence.conftest import agreement, cast_with_managers, data_of

SOFT_TOKEN = "/usr/lib/softhsm/libsofthsm2.so"
UNSEALED = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj
"""


def a_pdf() -> bytes:
    """A PDF of one page with a table of its objects, as the library for seals wants it."""
    offsets = [UNSEALED.index(f"{n} 0 obj".encode()) for n in (1, 2, 3)]
    rows = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    table = f"xref\n0 4\n0000000000 65535 f \n{rows}trailer<</Root 1 0 R/Size 4>>\n"
    return UNSEALED + table.encode() + f"startxref\n{len(UNSEALED)}\n%%EOF\n".encode()


def sealed() -> tuple[bytes, Ours]:
    """A PDF sealed with the key that the settings name, and what trusts it."""
    with signers.open_signer() as signer:
        pdf = seal_pdf(
            a_pdf(), about="A", where="https://r.example", signer=signer,
            timestamper=signers.timestamper(),
        )  # fmt: skip
        ours = Ours(
            seals=[signer.signing_cert.dump()],
            issuers=[each.dump() for each in signers.chain_of(signer)],
            timestamps=[each.dump() for each in signers.timestamp_roots()],
            at=now(),
        )
    return pdf, ours


def key_path():
    return data_of("ours") / "seal" / "demonstration.p12"


def test_a_demonstration_seals_with_a_key_that_says_what_it_is():
    assert why_nothing_is_sealed() == ""
    pdf, ours = sealed()
    assert read(io.BytesIO(pdf), ours).is_untouched
    root = (data_of("ours") / "seal" / "demonstration-root.pem").read_bytes()
    name = certificates.load_pem_x509_certificate(root).subject.rfc4514_string()
    assert "Demonstration root\\, not for real use" in name
    assert key_path().stat().st_mode & 0o077 == 0


def test_set_up_makes_the_key_once(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert make_key()
    first = (tmp_path / "seal" / "demonstration.p12").read_bytes()
    assert not make_key()
    assert (tmp_path / "seal" / "demonstration.p12").read_bytes() == first


def test_production_without_a_key_says_so_and_takes_no_demonstration(settings):
    settings.PRODUCTION = True
    assert "has no key for seals" in why_nothing_is_sealed()
    settings.SEAL_KEY_FILE = str(key_path())
    settings.SEAL_KEY_PASSPHRASE = PASSPHRASE
    assert "made for a demonstration" in why_nothing_is_sealed()


@pytest.mark.django_db
def test_production_without_a_key_seals_nothing_and_everybody_sees_it(settings, caplog):
    version = agreement(cast := cast_with_managers())
    settings.PRODUCTION = True

    assert seal_versions() == 0
    look_for_unsealed()

    assert not Seal.objects.exists()
    work = Sealing.objects.get(version=version)
    assert (work.tries, work.done_at) == (0, None)
    assert "has no key for seals" in caplog.text
    assert "has no key for seals" in Client().get("/healthz").json()["seals"]
    client = Client()
    client.force_login(cast.office, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(version.get_absolute_url()).text
    assert "This version is not sealed. The register has no key for seals" in page
    settings.PRODUCTION = False
    assert seal_versions() == 1


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"SEAL_KEY_FILE": "/nowhere/seal.p12"}, "cannot be read"),
        ({"SEAL_KEY_FILE": "{key}", "SEAL_KEY_PASSPHRASE": "wrong"}, "cannot be opened"),
        ({"SEAL_KEY_FILE": __file__}, "cannot be opened"),
        ({"SEAL_PKCS11_MODULE": "/nowhere.so"}, "sets SEAL_PKCS11_TOKEN"),
        (
            {"SEAL_PKCS11_MODULE": "/nowhere.so", "SEAL_PKCS11_TOKEN": "t", "SEAL_PKCS11_KEY": "k",
             "SEAL_PKCS11_PIN": "1234"},
            "a file that is not there",
        ),
    ],
)  # fmt: skip
def test_a_key_that_cannot_be_used_says_why(settings, facts, words):
    for name, value in facts.items():
        setattr(settings, name, value.replace("{key}", str(key_path())))
    with pytest.raises(NoKey, match=words):
        require_key()


def test_a_certificate_that_ran_out_seals_no_more():
    with pretend(now() + timedelta(days=3651)):
        assert "ran out on" in why_nothing_is_sealed()


def test_a_seal_holds_after_its_certificate_ran_out():
    pdf, ours = sealed()
    with pretend(now() + timedelta(days=5000)):
        assert read(io.BytesIO(pdf), ours).is_untouched


@pytest.fixture
def soft_token(settings, tmp_path, monkeypatch):
    """A token in software that holds the register's key and certificate under the label `seal`."""
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm2.conf").write_text(f"directories.tokendir = {tmp_path}/tokens\n")
    key, certificate, [root] = pkcs12.load_key_and_certificates(
        key_path().read_bytes(), PASSPHRASE.encode()
    )
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    plain = serialization.NoEncryption()
    (tmp_path / "key.pem").write_bytes(key.private_bytes(pem, form, plain))
    (tmp_path / "root.pem").write_bytes(root.public_bytes(pem))
    for words in (
        ["--init-token", "--free", "--label", "register", "--pin", "1234", "--so-pin", "5678"],
        ["--import", str(tmp_path / "key.pem"), "--id", "01", "--token", "register", "--label",
         "seal", "--pin", "1234"],
    ):  # fmt: skip
        subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)
    _put(certificate.public_bytes(serialization.Encoding.DER))
    settings.SEAL_PKCS11_MODULE, settings.SEAL_PKCS11_TOKEN = SOFT_TOKEN, "register"
    settings.SEAL_PKCS11_KEY, settings.SEAL_PKCS11_PIN = "seal", "1234"
    settings.SEAL_CHAIN_FILE = str(tmp_path / "root.pem")


def _put(certificate: bytes) -> None:
    """Put a certificate into the token, beside its key."""
    kept = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "seal"}
    token = pkcs11.lib(SOFT_TOKEN).get_token(token_label="register")
    with token.open(rw=True, user_pin="1234") as session:
        session.create_object(decode_x509_certificate(certificate) | kept)


@pytest.mark.skipif(not shutil.which("softhsm2-util"), reason="needs the package softhsm2")
def test_a_key_in_a_token_seals_as_one_in_a_file(soft_token, settings):
    pdf, ours = sealed()
    assert read(io.BytesIO(pdf), ours).is_untouched
    settings.SEAL_PKCS11_PIN = "9999"
    with pytest.raises(NoKey, match="could not be opened with the label, key and PIN"):
        sealed()


@pytest.fixture
def stamps(settings, tmp_path):
    """A time stamp server on this machine, and its certificate among those that are trusted."""
    key = rsa.generate_private_key(65537, 2048)
    name = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, "Time stamps")])
    usage = certificates.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = (
        certificates.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(now() - timedelta(days=1)).not_valid_after(now() + timedelta(days=9))
        .add_extension(usage, True).sign(key, hashes.SHA256())
    )  # fmt: skip
    (tmp_path / "tsa.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    der, pkcs8 = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
    stamper = DummyTimeStamper(
        x509.Certificate.load(certificate.public_bytes(der)),
        private_keys.PrivateKeyInfo.load(
            key.private_bytes(der, pkcs8, serialization.NoEncryption())
        ),
    )
    server = HTTPServer(("127.0.0.1", 0), _answering(stamper))
    Thread(target=server.serve_forever, daemon=True).start()
    settings.SEAL_TIMESTAMP_URL = f"http://127.0.0.1:{server.server_port}/"
    settings.SEAL_TIMESTAMP_ROOT_FILE = str(tmp_path / "tsa.pem")
    yield server
    server.shutdown()
    server.server_close()


def _answering(stamper):
    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            answer = stamper.request_tsa_response(tsp.TimeStampReq.load(asked)).dump()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *words):
            pass

    return Answers


def test_a_time_stamp_stands_in_the_seal_where_a_server_is_set(stamps):
    pdf, ours = sealed()
    assert read(io.BytesIO(pdf), ours).is_untouched
    nobody = Ours(ours.seals, ours.issuers, [], ours.at)
    assert not read(io.BytesIO(pdf), nobody).is_untouched


def test_a_time_stamp_server_that_is_away_leaves_it_unsealed(settings):
    settings.SEAL_TIMESTAMP_URL = "http://127.0.0.1:9/"
    settings.SEAL_TIMESTAMP_ROOT_FILE = str(data_of("ours") / "seal" / "demonstration-root.pem")
    with pytest.raises(NoTimeStamp):
        sealed()


@pytest.mark.django_db
def test_set_up_in_production_warns_in_words(settings, capsys, tmp_path, owner):
    settings.PRODUCTION = True
    settings.DATA_DIR = tmp_path
    call_command("prepare")
    assert "Warning: The register has no key for seals" in capsys.readouterr().err
    assert not (tmp_path / "seal").exists()
