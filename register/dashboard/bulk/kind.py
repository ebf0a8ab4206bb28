"""The acts that can be done with many entries: what each asks, what it says before and after, and the service.

Each entry is changed by the same service as on its own page, so that it is checked, refused and
written down in its own history just the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.db.models import QuerySet

from register.dashboard.bulk.models import BulkTask
from register.directory.models import Person
from register.documents.models import Document
from register.signing.models import SigningRequest
from register.ui.forms import Form

SAME = "same"


@dataclass
class Batch:
    """Some entries of a task with what an act needs of them, read at once."""

    documents: list[Document]
    values: dict
    owner: Person | None = None
    asked: dict[int, list[SigningRequest]] = field(default_factory=dict)
    under_review: set[int] | None = None

    def __post_init__(self) -> None:
        if self.values.get("owner"):
            self.owner = Person.objects.filter(pk=self.values["owner"]).first()

    def tags(self, document: Document) -> list[str]:
        """The tags of an entry, as they stand."""
        return sorted(tag.word for tag in document.tags.all())

    def new_tags(self, document: Document) -> list[str]:
        """The tags that an entry will have."""
        stay = set(self.tags(document)) - set(self.values.get("remove", []))
        return sorted(stay | set(self.values.get("add", [])))


@dataclass(frozen=True)
class Kind:
    """One act: its words, the form that it needs, what the preview says, and how one entry is done.

    `run` does it to one entry in somebody's name and answers how many messages it sent, or SAME where the
    entry said so already; what it refuses it raises. `left_out` answers which of some entries it will
    refuse whoever asks, and `why` says so. `fill` works out from what was typed what is kept with the
    task, and raises ValidationError for what cannot be done. `more` answers what else the preview shows:
    a template and its words.
    """

    code: str
    title: str  # with {} where "42 entries" stands; the words of the button too
    done: str
    before: Callable[[Batch, Document], str]
    after: Callable[[Batch, Document], str]
    run: Callable[..., int | str]
    form: Callable[..., type[Form] | partial] | None = None
    heading: str = ""
    undo: str = ""
    left_out: Callable[[list[int]], set[int]] = lambda keys: set()
    why: str = ""
    fill: Callable[[object, BulkTask, dict], dict] = lambda by, task, values: values
    more: Callable[[object, BulkTask], tuple[str, dict]] | None = None


def batch_of(documents: list[Document], task) -> Batch:
    """The entries of a task with what its act needs: a fixed number of statements."""
    batch = Batch(documents, task.values)
    if task.act == "remind":
        rows = asked_requests([document.pk for document in documents])
        for row in rows.select_related(
            "person__contact", "slot__organisation", "slot__post",
            "slot__version__document__partnership", "slot__version__document__lead",
            "slot__version__round",
        ).order_by("pk"):  # fmt: skip
            batch.asked.setdefault(row.slot.version.document_id, []).append(row)
    return batch


def asked_requests(keys: list[int]) -> QuerySet[SigningRequest]:
    """The requests to sign some entries that went out and are not answered."""
    return SigningRequest.objects.open().filter(
        is_notice=False,
        asked_at__isnull=False,
        slot__voided_at__isnull=True,
        slot__version__document__in=keys,
    )
