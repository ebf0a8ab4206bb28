"""Makes the sealed PDF of a version that came into force: once, whole, and known by its hash."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from asn1crypto import x509
from django.conf import settings

from register.core.codes import short_code
from register.core.dates import now
from register.documents import files
from register.documents.models import Version, VersionBody
from register.evidence import signers
from register.evidence.found import Ours
from register.evidence.keys import NoKey
from register.evidence.models import CertificateRole, Seal, SealCertificate, Sealing
from register.evidence.pades import seal as seal_pdf
from register.evidence.reading import read
from register.evidence.services.taking_away import out_of_date, take_away
from register.evidence.timestamps import NoTimeStamp
from register.ledger.acts import act
from register.printing.bounded import render_version
from register.printing.framing import content_of, frame_of
from register.printing.layout import file_stem
from register.printing.refusals import PrintFailed

log = logging.getLogger(__name__)
BY = "system:seals"
PRINTED_BY = "the register, when it was sealed"
# After each failed try the next one waits so many minutes; the last wait is repeated for ever.
WAITS = (1, 5, 15, 60, 4 * 60, 24 * 60)
REDACTED_MEANWHILE = "Its text was redacted while it was being sealed. It is tried again."
TOO_LARGE = (
    "The PDF is larger than what /verify/ takes, so nobody could check it. Divide the entry, or have "
    "the administrator raise UPLOAD_LIMIT_MB."
)
UNSOUND = "The seal did not hold when it was checked, so it was thrown away. It is tried again."
NOT_MADE = "The seal could not be made. It is tried again; the log says more."


class NotSealed(Exception):
    """A version was not sealed; `sentence` says why."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Sealed:
    """Sealed bytes, which certificates stand behind them, when, and of which text."""

    pdf: bytes
    kind: str
    own: x509.Certificate
    issuers: list[x509.Certificate]
    timestamp_roots: list[x509.Certificate]
    at: datetime
    body_sha256: str


def make(work: Sealing) -> bool:
    """Seal the version of a claimed row of work. Whether it was sealed; why not is kept on the row.

    A version that was sealed before is left as it is. Nothing is kept of what fails.
    """
    version = Version.objects.select_related(
        "document__partnership", "document__owner", "document__lead", "body"
    ).get(pk=work.version_id)
    work.tries += 1
    try:
        if not Seal.objects.filter(version=version).exists():
            _keep(version, sealed_pdf_of(version))
    except (NotSealed, NoKey, PrintFailed, NoTimeStamp) as refusal:
        work.failure = refusal.sentence
    except Exception:
        # One version that cannot be sealed holds up no other.
        log.exception("Version %s could not be sealed.", version.pk)
        work.failure = NOT_MADE
    else:
        work.done_at, work.failure = now(), ""
    work.claimed_at = None
    work.due_at = now() + timedelta(minutes=WAITS[min(work.tries, len(WAITS)) - 1])
    work.save()
    return work.done_at is not None


def sealed_pdf_of(version: Version) -> Sealed:
    """The sealed PDF of a version from its canonical body, read again and found sound.

    Raises NotSealed, NoKey, PrintFailed or NoTimeStamp with a sentence, and whatever the library for
    seals raises.
    """
    with signers.open_signer() as signer:
        content = content_of(version)
        pdf = render_version(content, frame_of(version, printed_by=PRINTED_BY, is_sealed=True))
        at, stamper = now(), signers.timestamper()
        words = {"about": str(version), "where": _address(version)}
        made = Sealed(
            pdf=seal_pdf(pdf, signer=signer, timestamper=stamper, **words),
            kind="PAdES B-T" if stamper else "PAdES B-B",
            own=signer.signing_cert,
            issuers=signers.chain_of(signer),
            timestamp_roots=signers.timestamp_roots(),
            at=at,
            body_sha256=hashlib.sha256(content).hexdigest(),
        )
    if len(made.pdf) > settings.UPLOAD_LIMIT_BYTES:
        raise NotSealed(TOO_LARGE)
    _require_sound(made)
    return made


def _address(version: Version) -> str:
    return f"{settings.BASE_URL}/verify/{short_code(version.body_sha256)}/"


def _require_sound(made: Sealed) -> None:
    """The register reads its own seal as anybody's before it calls it one."""
    ours = Ours(
        seals=[made.own.dump()],
        issuers=[each.dump() for each in made.issuers],
        timestamps=[each.dump() for each in made.timestamp_roots],
        at=made.at,
    )
    found = read(BytesIO(made.pdf), ours)
    if not found.is_untouched:
        log.error("A seal did not hold when it was checked.")
        raise NotSealed(UNSOUND)


def _keep(version: Version, made: Sealed) -> None:
    with act(by=BY, verb="version.sealed", subject=version, quiet=True) as this:
        locked = Version.objects.select_for_update(of=("self",)).get(pk=version.pk)
        if Seal.objects.filter(version=locked).exists():
            return
        left = VersionBody.objects.values_list("redacted_sha256", "sha256").get(version=locked)
        if made.body_sha256 != (left[0] or left[1]):
            raise NotSealed(REDACTED_MEANWHILE)
        file = files.keep(made.pdf, files.PDF)
        this.detail.update(sha256=file.sha256, certificate=made.own.sha256.hex(), kind=made.kind)
        seal = Seal(
            version=locked,
            file=file,
            name=_name(version),
            kind=made.kind,
            certificate=_certificates(made),
            body_sha256=made.body_sha256,
            sealed_at=made.at,
        )
        seal.save()
    # A redaction that ended in the same moment did not see this seal.
    for late in out_of_date(Seal.objects.filter(pk=seal.pk)).select_related("version", "file"):
        take_away(late)


def _name(version: Version) -> str:
    """ "WY-A-0042-v3-sealed.pdf"."""
    stem = file_stem({"reference": version.document.reference, "version": version.number})
    return f"{stem}-sealed.pdf"


def _certificates(made: Sealed) -> SealCertificate:
    """Keep every certificate behind a seal; the one that sealed."""
    for role, certificates in (
        (CertificateRole.ISSUER, made.issuers),
        (CertificateRole.TIMESTAMP, made.timestamp_roots),
    ):
        for each in certificates:
            _certificate(each, role)
    return _certificate(made.own, CertificateRole.SEAL)


def _certificate(certificate: x509.Certificate, role: str) -> SealCertificate:
    return SealCertificate.objects.get_or_create(
        sha256=certificate.sha256.hex(),
        defaults={
            "role": role,
            "subject": _named(certificate.subject),
            "issuer": _named(certificate.issuer),
            "der": certificate.dump(),
            "runs_out_at": certificate.not_valid_after,
            "added_at": now(),
        },
    )[0]


def _named(name: x509.Name) -> str:
    """ "Register seal, Wyrefordshire partnership"; the whole name where it has neither of the two."""
    parts = [name.native.get(part) for part in ("common_name", "organization_name")]
    said = ", ".join(part for part in parts if isinstance(part, str))
    return (said or name.human_friendly)[:500]
