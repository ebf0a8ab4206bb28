"""Rounds out for signature in the running demonstration: `python -m tests.journeys.signing_rounds`.

Run beside the site with its settings; prints, as JSON, for each journey the address of who is asked.
"""

from __future__ import annotations

import json
import sys

import django

django.setup()

from register.accounts.models import User  # noqa: E402
from register.core.dates import add_months, today  # noqa: E402
from register.directory.models import Partnership, Post  # noqa: E402
from register.directory.services.people import add_person  # noqa: E402
from register.documents.models import Version  # noqa: E402
from register.documents.services import drafting  # noqa: E402
from register.documents.services.facts import change_facts  # noqa: E402
from register.signing import services as signing  # noqa: E402
from tests import make, make_flows  # noqa: E402

TEST = "system:test"
NAMES = ("known", "fresh", "decline", "back", "pass", "behalf", "two", "keys", "looks")


class Rounds:
    """Two bodies in the demonstration partnership; each journey has a signatory of its own."""

    def __init__(self) -> None:
        self.office = User.objects.get(email="officer@demo.example")
        self.place = Partnership.objects.get(appointments__person=self.office.person)
        self.ours = make.member(self.place, "Marshe County Council").organisation
        self.theirs = make.member(self.place, "Marshe Hospitals Trust").organisation
        self.their_post = make.post(self.theirs, title="Medical director")
        make.appoint(
            self.their_post, add_person(by=TEST, name="Ivo Hale", email="ivo@trust.example")
        )

    def send(self, name: str) -> str:
        """Send what a journey needs, two agreements for the one with two; the address of who is asked."""
        address = f"{name}@marshe.example"
        post = make.post(self.ours, kind="caldicott_guardian", title="Caldicott Guardian")
        make.appoint(post, add_person(by=TEST, name=f"Una {name.title()}", email=address))
        if name == "pass":
            dawn = add_person(by=TEST, name="Dawn Deputy", email="dawn@marshe.example")
            make.appoint(make.post(self.ours, kind="siro", title="Risk owner"), dawn)
        sent = self._out(self._draft(f"Early help for children ({name})", post))
        if name == "two":
            self._out(self._draft("Safe homes", post))
        if name == "looks":
            self._revise(sent)
        return address

    def _draft(self, title: str, post: Post) -> Version:
        document = make.agreement(self.place, self.ours, self.theirs, title=title)
        change_facts(
            by=self.office, document=document, row_version=document.row_version,
            review_on=add_months(today(), 12),
        )  # fmt: skip
        version = document.newest
        make_flows.flow(
            version, self.ours, self.theirs, title="Children who need early help",
            categories=("contact", "case_notes"), retention_period="3 years",
            retention_trigger="the last contact",
        )  # fmt: skip
        make.slot(version, self.ours, post)
        make.slot(version, self.theirs, self.their_post)
        return version

    def _revise(self, version: Version) -> None:
        make.sign_all(version)
        draft = drafting.revise(by=self.office, document=version.document)
        drafting.change_version(
            by=self.office, version=draft, row_version=draft.row_version, title=f"{version.title}, again",
            changes="The title says that it goes on.",
        )  # fmt: skip
        self._out(Version.objects.get(pk=draft.pk), carry=False)

    def _out(self, version: Version, *, carry: bool = True) -> Version:
        round_ = signing.Round(sign_by=add_months(today(), 1), carry=carry)
        return signing.send(
            by=self.office, version=version, round_=round_, despite="For a journey."
        )


if __name__ == "__main__":
    rounds = Rounds()
    json.dump({name: rounds.send(name) for name in NAMES}, sys.stdout)
