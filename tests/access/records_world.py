"""One thing of every kind for the register's own records: a hold, a disposal, a redaction that waits."""

from __future__ import annotations

from register.core.dates import now
from register.records.models import DisposalRun
from register.records.places import places_of
from register.records.services import holds, redactions


class RecordThings:
    """A hold on a manager, a disposal that the administrator proposed, a redaction the office asked for."""

    def __init__(self, world) -> None:
        cast = world.cast
        self.place = cast.partnership
        self.hold = holds.set_hold(by=cast.admin, subject=cast.mgr_a.person, reason="A complaint")
        self.run = DisposalRun.objects.create(
            partnership=self.place, reason="Over", proposed_by=cast.admin.person, proposed_at=now()
        )
        document = world.draft.document
        places = [place.value for place in places_of(document, "A charter")]
        self.request = redactions.ask(
            by=cast.office, document=document, text="A charter", places=places, reason="Wrong"
        )

    def argument(self, page: str, parameter: str):
        """What to put into the address of a page of this room."""
        fixed = {"slug": self.place.slug, "kind": "access-event", "paper": "dpia"}
        if parameter in fixed:
            return fixed[parameter]
        if "hold" in page:
            return self.hold.pk
        return (self.run if "disposal" in page else self.request).pk
