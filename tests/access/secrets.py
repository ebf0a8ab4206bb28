"""Entries that some may not know of, each told by words that stand nowhere else in the register.

The lead of all of them is the council or, for the entry of the other partnership, its own council; the
police are the neighbour who is party to none but the open one, whose next draft they are not asked about.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from agreements.flows.models import Asset, Flow, PartyGroup
from agreements.flows.services import assets, flows, groups
from agreements.requests.services import emergencies, requests
from agreements.risks.services import contracts, dpias, links, risks
from register.consultation.services import commenting
from register.core.dates import now, today
from register.core.ripple import Cause, Touch
from register.directory.models import Organisation
from register.documents.lifecycle import State
from register.documents.models import Document, Version
from register.documents.services import attachments, content, drafting, facts, moving, notes
from register.documents.services.checking import check_documents
from register.tasks.services import open_tasks
from tests import make, make_flows
from tests.access.pdf import PDF
from tests.access.world import World

TEST = "system:test"


@dataclass
class Secret:
    """One thing that is kept from somebody: its words, its addresses, the keys of its rows."""

    words: list[str] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)
    keys: set[int] = field(default_factory=set)
    uuids: list = field(default_factory=list)
    flows: list[tuple] = field(default_factory=list)


class Secrets(World):
    """The world of the access table, with what is kept from some of its people."""

    def __init__(self) -> None:
        super().__init__()
        place = self.cast.partnership
        self.trust = make.member(place, "Wyrefordshire Hospitals").organisation
        make.appoint(make.post(self.trust))
        self.elsewhere = self._elsewhere()
        self.secrets = {
            "restricted": self._restricted(),
            "named": self._named(),
            "draft": self._draft(),
            "revision": self._revision(),
            "discarded": self._discarded(),
            "elsewhere": self._elsewhere_entry(),
            "requests": self._requests(),
        }
        check_documents(list(Document.objects.values_list("pk", flat=True)))

    def kept_from(self, who: str) -> list[Secret]:
        """What somebody of the cast may not know of."""
        ours = ("restricted", "named", "draft", "revision", "discarded", "requests")
        kept = {
            "nobody": (*ours, "elsewhere"),
            "outsider": ours,
            "off_b": (*ours, "elsewhere"),
            "sig_b": (*ours, "elsewhere"),
            "office": ("elsewhere",),
            "admin": ("elsewhere",),
            "auditor": ("elsewhere",),
        }
        return [self.secrets[each] for each in kept[who]]

    def _restricted(self) -> Secret:
        document = self._entry("Quokka", self.council, self.trust, state=State.IN_FORCE)
        document = facts.change_facts(
            by=TEST, document=document, row_version=document.row_version, is_restricted=True
        )
        return self._around("Quokka", document)

    def _named(self) -> Secret:
        document = self._entry("Wombat", self.trust, self.council, state=State.IN_FORCE)
        document = facts.change_facts(
            by=TEST, document=document, row_version=document.row_version, visibility="named"
        )
        facts.name_readers(by=TEST, document=document, people=[self.cast.mgr_a.person])
        return self._around("Wombat", document)

    def _draft(self) -> Secret:
        document = self._entry("Numbat", self.council, self.police, state=State.DRAFT)
        return self._around("Numbat", document)

    def _revision(self) -> Secret:
        """An agreement that the police are bound by, and its next draft, which they do not know."""
        document = make_flows.agreement_with(
            self.cast.partnership, self.council, self.police, state=State.IN_FORCE,
            lead=self.council, title="Hearth checks", flows=[self._told("Fires", self.police)],
        )  # fmt: skip
        self.open = document
        version = drafting.revise(by=TEST, document=document)
        drafting.change_version(
            by=TEST, version=version, row_version=version.row_version, title="Bandicoot title"
        )
        content.add_party(by=TEST, version=version, organisation=self.trust)
        self._fill("Bandicoot", version, self.council, self.trust)
        return Secret(words=["Bandicoot"])

    def _discarded(self) -> Secret:
        document = self._entry("Dunnart", self.council, self.police, state=State.DRAFT)
        moving.discard(by=TEST, version=document.newest, reason="Dunnart reason")
        return Secret(words=["Dunnart"], refs=[document.reference])

    def _elsewhere(self) -> Organisation:
        outsider = self.cast.outsider
        return outsider.person.appointments.filter(membership__isnull=False).get().membership

    def _elsewhere_entry(self) -> Secret:
        place, body = self.elsewhere.partnership, self.elsewhere.organisation
        make.appoint(make.post(body))
        other = make.member(place, "Northmere Fire").organisation
        make.appoint(make.post(other))
        document = self._entry(
            "Potoroo", body, other, state=State.IN_FORCE, partnership=place, title="Potoroo title"
        )
        return self._around("Potoroo", document)

    def _requests(self) -> Secret:
        said = {"by": TEST, "partnership": self.cast.partnership}
        asked = requests.record_request(
            **said, asking=self.trust, deciding=self.council, requester_name="Ola Bilby",
            requester_post="Bilby nurse", received_on=today(), case_reference="BILBY/1",
            data_requested="Bilby data.", purpose="Bilby purpose.",
        )  # fmt: skip
        share = emergencies.record_share(
            **said, giver=self.council, receiver=self.trust, shared_at=now(),
            case_reference="BILBY/2", data_shared="Bilby address.", necessity="Bilby danger.",
            decider_name="Joan Bilby", decider_post="Bilby director",
        )  # fmt: skip
        return Secret(words=["Bilby"], keys={asked.pk, share.pk})

    def _told(self, title: str, taker, giver=None) -> dict:
        return {"title": title, "providers": giver or self.council, "recipients": taker}

    def _entry(self, word: str, giver, taker, *, state, partnership=None, **said) -> Document:
        said.setdefault("title", f"{word} title")
        document = make.agreement(
            partnership or self.cast.partnership, giver, taker, lead=giver, **said
        )
        self._fill(word, document.newest, giver, taker)
        make.walk(document.newest, state)
        return Document.objects.get(pk=document.pk)

    def _fill(self, word: str, version: Version, giver, taker) -> None:
        """Words in everything that a draft can hold."""
        content.add_clause(
            by=TEST, version=version, heading=f"{word} clause", text=f"<p>{word}</p>"
        )
        # A body's assets are its own record, which its neighbours may read; who uses them is not.
        asset = assets.add_asset(
            by=TEST, organisation=giver, name=f"System {Asset.objects.count()}"
        )
        content.add_item(
            by=TEST, version=version, model=PartyGroup, name=f"{word} group", who_may_join=word
        )
        flow = make_flows.flow(
            version, giver, taker, title=f"{word} flow", categories=("contact", "health"),
            purpose=f"{word} purpose", system=f"{word} system", onward="named", onward_to=f"{word} onward",
            s251_reference=f"{word} CAG", s251_expires_on=today(), asset=asset,
            law={"gateways": ("cda_1998_s115",), "law_named": f"{word} law"},
        )  # fmt: skip
        flows.add_data_item(
            by=TEST, flow=flow, name=f"{word} item", category="health", originator=f"{word} source"
        )
        risks.add_risk(by=TEST, version=version, title=f"{word} risk", likelihood=4, impact=4)
        commenting.comment(by=TEST, version=version, part="whole", text=f"{word} comment")

    def _around(self, word: str, document: Document) -> Secret:
        """Words in everything that a document can have about it, and all of its addresses."""
        place, version = document.partnership, document.newest
        lead = document.lead
        partner = version.party_rows.exclude(organisation=lead).first().organisation
        facts.add_external_reference(by=TEST, document=document, value=f"{word}-X")
        note = notes.write_note(
            by=TEST, document=document, text=f"{word} note", follow_up_on=today()
        )
        file = attachments.attach(
            by=TEST, document=document, content=PDF, name=f"{word}.pdf", kind="signed_copy"
        )
        dpia = dpias.make_dpia(
            by=TEST, partnership=place, owner=lead, title=f"{word} assessment", controllers=[]
        )
        dpia_link = links.link_dpia(by=TEST, dpia=dpia, document=document)
        if place == self.cast.partnership:
            # Records that neighbours read serve what they may not know of, too.
            things = self.rooms["risks"]
            links.link_dpia(by=TEST, dpia=things.dpia, document=document)
            links.link_contract(by=TEST, contract=things.contract, document=document)
        contract = contracts.make_contract(
            by=TEST, partnership=place, title=f"{word} contract", controllers=[lead],
            processor=make.organisation(f"Supplier of {len(word)}{document.pk} Ltd"),
        )  # fmt: skip
        contract_link = links.link_contract(by=TEST, contract=contract, document=document)
        group = PartyGroup.objects.get(version=version)
        member = groups.join_group(
            by=TEST, document=document, group=group.lineage, organisation=partner,
            form_signatory=f"{word} signer", content=PDF, name=f"{word}-form.pdf",
        )  # fmt: skip
        touch = Touch("document", document.pk, f"{document} {version.title}", "", word, 3, place.pk)
        cause = Cause("law", f"x-{word}", f"{word} changed.", document_id=document.pk)
        task = open_tasks(by=TEST, cause=cause, touches=[touch])[0]
        rows = [note, file, dpia_link, contract_link, member, task, group, document, version, dpia]
        rows += [contract, *version.party_rows.all(), *version.slots.all()]
        lineages = list(Flow.objects.filter(version=version).values_list("lineage", flat=True))
        return Secret(
            words=[word, document.reference],
            refs=[document.reference, dpia.reference, contract.reference],
            keys={row.pk for row in rows},
            uuids=[*lineages, group.lineage],
            flows=[(document.reference, lineage) for lineage in lineages],
        )
