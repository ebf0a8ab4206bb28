"""Links by which parties give proofs without an account: random, kept as hashes, made when mailed."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.urls import reverse

from register.core.dates import now
from register.endings.models import Proof, ProofLink

KIND = "ending_proof"


def mint(pk: int) -> str | None:
    """The address at which a party gives its proof, for a message about to go; None once it is given."""
    proof = Proof.objects.outstanding().filter(pk=pk).first()
    if proof is None:
        return None
    token = secrets.token_urlsafe(32)
    ProofLink.objects.create(proof=proof, token_sha256=hashed(token), made_at=now())
    return f"{settings.BASE_URL}{reverse('endings:give', args=[token])}"


def proof_of(token: str) -> Proof | None:
    """The proof that a token asks for; None for one that is unknown, given or not needed any more."""
    rows = Proof.objects.outstanding().filter(links__token_sha256=hashed(token))
    return rows.select_related("organisation", "ending__version", "ending__document").first()


def end_links(proof: Proof) -> None:
    """Let the links of a proof die."""
    ProofLink.objects.filter(proof=proof).delete()


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
