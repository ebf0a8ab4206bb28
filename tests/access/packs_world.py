"""One thing of every kind for the papers of an entry: a release copy of the charter that is out."""

from __future__ import annotations

from register.packs import services


class PackThings:
    """The charter that all partners may read, its summary, and a release copy of it."""

    def __init__(self, world) -> None:
        self.document = world.issued.document
        self.release = services.release(by=world.cast.office, version=world.issued, withheld={})

    def argument(self, page: str, parameter: str):
        """What to put into the address of a page of this room."""
        return {
            "ref": self.document.reference,
            "number": 1,
            "form": "summary",
            "pk": self.release.pk,
        }[parameter]
