"""The three tiers plug in here: `charters` and `agreements` register, `documents` never looks up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from register.documents.models.content import Content
from register.documents.models.documents import Document
from register.documents.rulebook import Rule

if TYPE_CHECKING:
    from django.forms import Form


@dataclass(frozen=True)
class TextTask:
    """One short page of a draft: rich-text fields of the tier's one-row text model."""

    code: str
    heading: str
    model: type[Content]
    fields: tuple[str, ...]
    required: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class ItemsTask:
    """One page of a draft that keeps an ordered list of rows, such as principles."""

    code: str
    heading: str
    model: type[Content]
    fields: tuple[str, ...]
    item_word: str
    shown_as: str = "items"  # or "table"
    number: Callable[[Any, int], str] = lambda row, place: str(place)
    heading_field: str = ""
    text_field: str = ""
    note_field: str = ""
    # More words on each row, as markup by primary key: read in one go for all rows of a version.
    notes: Callable[[object], dict[int, str]] | None = None
    is_required: bool = False
    hint: str = ""
    link: ItemLink | None = None


@dataclass(frozen=True)
class ItemLink:
    """What a list page asks besides the row's own fields, such as the communities of an initiative."""

    name: str
    field: Callable[[Document], object]
    initial: Callable[[Any], list]
    save: Callable[..., None]


@dataclass(frozen=True)
class Place:
    """Where a document of a tier stands: the form that asks, what it shows, and the act that changes it.

    The form takes `user`, `partnership` and `document` (None for a new one); its fields have the
    names that the tier's `start` and `save` take.
    """

    form: type[Form]
    initial: Callable[[Document], dict]
    save: Callable[..., object]


@dataclass(frozen=True)
class Tier:
    """What a tier adds to every document: its companion, its pages, its parents and its rules."""

    number: int
    letter: str
    kind_list: str
    start: Callable[..., None]
    # For many documents at once: the documents above each, the main one first, and whether it is.
    parents_of: Callable[[list[int]], dict[int, list[tuple[Document, bool]]]]
    outside: Callable[[Document], str]
    community: Callable[[Document], object | None]
    tasks: tuple[TextTask | ItemsTask, ...]
    places: Callable[[list[int]], dict[int, dict]]
    # Gives documents of an old register their companions: pairs of document and outside reason.
    admit: Callable[[list[tuple[Document, str]]], None]
    # Gives a new document its companion, in the place of another one: of the new and the other.
    start_beside: Callable[[Document, Document], None]
    rules: tuple[Rule, ...] = ()
    place: Place | None = None
    # The documents of this tier that stand under a document of the tier above, as a condition.
    under: Callable[[Document], Q] = lambda parent: Q(pk__in=[])

    def task(self, code: str) -> TextTask | ItemsTask | None:
        """The page of a draft with a code, or None."""
        return next((task for task in self.tasks if task.code == code), None)

    def text_models(self) -> list[type[Content]]:
        """The one-row text models of this tier."""
        return list(dict.fromkeys(t.model for t in self.tasks if isinstance(t, TextTask)))


TIERS: dict[int, Tier] = {}


def register(tier: Tier) -> None:
    """Plug a tier in; a second one of the same number is a mistake in the program."""
    if tier.number in TIERS:
        raise RuntimeError(f"Tier {tier.number} is registered already.")
    TIERS[tier.number] = tier


def of(document: Document) -> Tier:
    """The tier of a document."""
    return TIERS[document.tier]


def parents(document: Document) -> list[tuple[Document, bool]]:
    """The documents above one, the main one first, each with whether it is the main one."""
    return TIERS[document.tier].parents_of([document.pk]).get(document.pk, [])
