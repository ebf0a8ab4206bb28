"""One thing of every kind for the pages of consultation: who is asked, what was said, what came back."""

from __future__ import annotations

from register.consultation.parts import shown_body
from register.consultation.services import asking, commenting, editing
from register.consultation.services.returning import file_returned
from register.consultation.word_out import word_file
from register.core.dates import today
from register.documents.models import Version
from tests import make


class ConsultationThings:
    """A draft of the council in consultation: the police's signatory is asked, their officer writes."""

    def __init__(self, world) -> None:
        by, place = world.cast.office, world.cast.partnership
        self.draft = world.draft
        document = make.agreement(place, world.council, world.police, lead=world.council)
        version = document.newest
        asking.open_to(by=by, version=version, people=[world.cast.sig_b.person.pk], due_on=today())
        self.version = version = Version.objects.get(pk=version.pk)
        self.consultee = version.consultees.get()
        self.editor = editing.give(by=by, version=version, person=world.cast.off_b.person.pk)
        self.comment = commenting.comment(
            by=by, version=version, part="whole", text="How long is it kept?"
        )
        self.returned = file_returned(
            by=by, version=version, organisation=world.police, name="back.docx",
            content=word_file(version, shown_body(version)),
        )  # fmt: skip

    def argument(self, page: str, parameter: str):
        """What to put into the address of a page of this room."""
        if parameter == "ref":
            return (self.draft if page == "open" else self.version).document.reference
        fixed = {"token": "a-link-that-is-dead", "part": "whole"}
        if parameter in fixed:
            return fixed[parameter]
        rows = {"take_off": self.consultee, "revoke": self.editor, "returned_file": self.returned}
        return rows.get(page, self.comment).pk
