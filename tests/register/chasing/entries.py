"""More entries out for signature in the same county, for tests of lists and of many at once."""

from __future__ import annotations

from register.documents.models import Version
from register.signing import services as signing
from tests import make_documents as make
from tests import signing_world as world


def another(out: world.Signing, round_: signing.Round | None = None, **facts) -> world.Signing:
    """One more agreement of the same bodies, out for signature to the same people."""
    county = out.county
    document = make.agreement(county.partnership, county.council, county.police, **facts)
    version: Version = document.newest
    for short in ("council", "police"):
        make.slot(version, county.bodies[short], county.posts[short, "senior_officer"])
    version = signing.send(
        by=county.users["office"], version=version, round_=round_ or signing.Round(),
        despite="Made for a test.",
    )  # fmt: skip
    return world.Signing(county, version)
