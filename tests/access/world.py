"""One thing of every kind, so that every address has something to lead to."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from charters.models import Principle
from register.documents.models import Clause
from register.documents.services import attachments, content, drafting, facts, moving, notes
from register.exchange import services as importing
from register.lists.models import Item
from register.printing import services as printing
from register.signing import services as signing
from tests import make, people

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>"
    b"endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
REGISTER = b"Reference,Title,Partners\n1,Hearth checks,Wyrefordshire Police\n2,,\n"


class World:
    """A charter out for signature that all partners may read, and a draft that the council leads."""

    def __init__(self) -> None:
        self.cast = people.cast()
        self.council = self.cast.council.organisation
        self.police = self.cast.police.organisation
        self.issued = self._charter()
        self.draft = self._charter()
        self.rows()
        self.directory()

    def _charter(self):
        by, place = self.cast.office, self.cast.partnership
        version = drafting.start(
            by=by, partnership=place, tier=1, title="A charter", lead=self.council, owner=by.person
        )
        content.add_party(by=by, version=version, organisation=self.police)
        content.add_item(
            by=by, version=version, model=Principle, heading="Share", text="<p>We share.</p>"
        )
        for body, post in (
            (self.council, self.cast.council_post),
            (self.police, self.cast.police_post),
        ):
            signing.add_slot(by=by, version=version, organisation=body, post=post)
        return version

    def rows(self) -> None:
        """What hangs on the two documents."""
        by = self.cast.office
        self.clause = content.add_clause(by=by, version=self.draft, heading="One")
        content.add_clause(by=by, version=self.draft, heading="Two")
        self.item = Principle.objects.get(version=self.draft)
        self.party = self.draft.party_rows.get(organisation=self.police)
        self.issued = moving.send_for_signature(by=by, version=self.issued)
        self.slot = self.issued.slots.first()
        document = self.issued.document
        self.note = notes.write_note(by=by, document=document, text="Rang.")
        self.file = attachments.attach(
            by=by, document=document, content=PDF, name="a.pdf", kind="signed_copy"
        )
        self.reference = facts.add_external_reference(by=by, document=document, value="X-1")
        self.print = printing.ask(user=by, versions=[self.issued])
        self.imported = importing.receive_upload(
            by=by, partnership=self.cast.partnership, file=SimpleUploadedFile("a.csv", REGISTER)
        )

    def directory(self) -> None:
        """What the directory's addresses lead to."""
        place = self.cast.partnership
        self.community = make.community(place, self.council, name="Children")
        self.community_member = self.community.members.first()
        self.name = self.council.names.model
        self.list_item = Item.objects.of("post_kind").first()
        assert Clause.objects.filter(version=self.draft).count() == 2

    def arguments(self, name: str, parameters: list[str]) -> dict:
        """What to put into the address of a page; a number that leads nowhere where nothing fits."""
        return {each: self._argument(name, each) for each in parameters}

    def _argument(self, name: str, parameter: str):
        room, _, page = name.partition(":")
        if parameter == "ref":
            is_draft = page in DRAFT_PAGES or page.endswith(("clause", "item", "party"))
            return (self.draft if is_draft else self.issued).document.reference
        if parameter == "slug":
            is_community = "communit" in page and page != "add_community"
            return self.community.slug if is_community else self.cast.partnership.slug
        fixed = {"number": 1, "tier": 1, "row": 999_999, "form": "csv"}
        if parameter in fixed:
            return fixed[parameter]
        if parameter == "code":
            return "post_kind" if room == "lists" else "principles"
        return self._key(room, page)

    def _key(self, room: str, page: str) -> int:
        for words, thing in (
            ("clause", self.clause),
            ("item", self.list_item if room == "lists" else self.item),
            ("party", self.party),
            ("note", self.note),
            ("follow_up", self.note),
            ("file", self.file),
            ("take_off", self.file),
            ("reference", self.reference),
            ("leave_community", self.community_member),
            ("membership", self.cast.police),
            ("appointment", self.cast.police_post.appointments.first()),
            ("fill_post", self.cast.police_post),
            ("change_post", self.cast.police_post),
            ("end_post", self.cast.police_post),
            ("person", self.cast.sig_b.person),
            ("contact", self.cast.sig_b.person),
            ("login", self.cast.sig_b.person),
        ):
            if words in page and not page.endswith("_body"):
                return thing.pk
        if room == "signing":
            return self.slot.pk
        if room == "printing":
            return self.print.pk
        if room == "exchange":
            return self.imported.pk
        return self.police.pk if room in {"directory", "documents"} else 999_999


DRAFT_PAGES = {
    "draft",
    "check",
    "title",
    "place",
    "commencement",
    "parties",
    "clauses",
    "govern_by_file",
    "write_clauses",
    "paste_clauses",
    "section",
    "open-consultation",
    "discard",
    "slots",
    "propose",
    "add",
}
