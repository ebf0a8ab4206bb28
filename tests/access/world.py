"""One thing of every kind, so that every address has something to lead to."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.requests.services import emergencies, requests
from charters.models import Principle
from register.core.codes import short_code
from register.core.dates import now, today
from register.core.ripple import Cause, Touch
from register.documents.models import Clause
from register.documents.services import attachments, content, drafting, facts, moving, notes
from register.exchange import taking_in as importing
from register.exchange.files import services as signed_files
from register.lists.models import Item
from register.printing import services as printing
from register.signing import services as signing
from register.tasks.services import open_tasks
from tests import make, people
from tests.access.advice_world import AdviceThings
from tests.access.approval_world import ApprovalThings
from tests.access.chasing_world import ChasingThings
from tests.access.consultation_world import ConsultationThings
from tests.access.dashboard_world import DashboardThings
from tests.access.endings_world import ConcernThings, EndingThings
from tests.access.flows_world import FlowThings
from tests.access.packs_world import PackThings
from tests.access.pdf import PDF
from tests.access.records_world import RecordThings
from tests.access.reviews_world import ReviewThings
from tests.access.risks_world import RiskThings
from tests.access.succession_world import SuccessionThings
from tests.access.worklist_world import WorklistThings

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
        self.between_bodies()
        # By room: what answers for the addresses of a room of its own.
        self.rooms = {
            "approval": ApprovalThings(self),
            "chasing": ChasingThings(self),
            "risks": RiskThings(self),
            "flows": FlowThings(self),
            "advice": AdviceThings(self),
            "consultation": ConsultationThings(self),
            "concerns": ConcernThings(self),
            "endings": EndingThings(self),
            "worklist": WorklistThings(self),
            "packs": PackThings(self),
            "reviews": ReviewThings(self),
            "dashboard": DashboardThings(self),
            "succession": SuccessionThings(self),
            "records": RecordThings(self),
        }

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
        place = self.cast.partnership.pk
        touch = Touch("document", document.pk, document.reference, "", "", 1, place)
        self.task = open_tasks(by=by, cause=Cause("law", "x", "It changed."), touches=[touch])[0]
        self.imported = importing.take_in(
            by=by, partnership=self.cast.partnership, file=SimpleUploadedFile("a.csv", REGISTER)
        )
        fields = {0: "reference", 1: "title", 2: "parties"}
        importing.choose_columns(by=by, row=self.imported, kind="entries", sheet="", fields=fields)
        with NamedTemporaryFile(suffix=".zip") as copy:
            with ZipFile(copy, "w") as packed:
                packed.writestr(f"{document.reference}.pdf", PDF)
            copy.flush()
            self.bundle = signed_files.take_in(
                by=by, partnership=self.cast.partnership, path=Path(copy.name), name="signed.zip"
            )

    def between_bodies(self) -> None:
        """A request of the police to the council, decided, and what the council gave in an emergency."""
        said = {"by": "system:test", "partnership": self.cast.partnership}
        self.request = requests.record_request(
            **said, asking=self.police, deciding=self.council, requester_name="Ola Falodun",
            requester_post="Sergeant", received_on=today(), case_reference="OP/1",
            data_requested="Dates of contact.", purpose="To find a missing child.",
        )  # fmt: skip
        self.share = emergencies.record_share(
            **said, giver=self.council, receiver=self.police, shared_at=now(),
            case_reference="OP/2", data_shared="An address.", necessity="Danger that night.",
            decider_name="Joan Pell", decider_post="Director",
        )  # fmt: skip

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
        if room in self.rooms:
            return self.rooms[room].argument(page, parameter)
        if parameter == "ref":
            is_draft = page in DRAFT_PAGES or page.endswith(("clause", "item", "party"))
            return (self.draft if is_draft else self.issued).document.reference
        if parameter == "slug":
            is_community = "communit" in page and page != "add_community"
            return self.community.slug if is_community else self.cast.partnership.slug
        fixed = {"number": 1, "tier": 1, "row": 999_999, "form": "csv", "fact": "retention",
                 "figure": "signed",
                 "what": "flows", "key": "section-purpose",
                 "first_flow": UUID(int=0), "second_flow": UUID(int=0)}  # fmt: skip
        if parameter in fixed:
            return fixed[parameter]
        if parameter == "when":
            # Nobody waits for a PDF here: before its first day there is none.
            return "2020-01-01" if page in ("pdf", "paper") else today().isoformat()
        if parameter == "text_code":
            return short_code(self.issued.body_sha256)
        if name == "documents:set_rule" and parameter == "code":
            return "D6"
        if parameter == "code":
            return "post_kind" if room == "lists" else "principles"
        return self._key(room, page)

    def _key(self, room: str, page: str) -> int:
        if room == "requests":
            return (self.share if "emergency" in page or page == "review" else self.request).pk
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
        if room == "reports":
            return self.police.pk if "partner" in page else self.task.pk
        if room == "exchange":
            return self.bundle.pk if "bundle" in page else self.imported.pk
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
