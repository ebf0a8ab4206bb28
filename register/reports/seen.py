"""Which lines of sharing a reader may see, and what the bodies in them are called.

A line says that one body may give one other body what a flow says. Lines of entries that the reader may
not know of are left out before anything is counted.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q, QuerySet

from agreements.flows.models import Line
from register.directory.models import Organisation
from register.directory.reach import reach_of
from register.documents.models import Document, Reader
from register.lists.labels import label

NO_KIND = "none"  # stands in addresses for a body whose kind is not recorded


class Body(NamedTuple):
    """A body as reports name it."""

    pk: int
    name: str
    short: str
    kind: str

    @property
    def called(self) -> str:
        """The short name where there is one."""
        return self.short or self.name


def visible_lines(user) -> QuerySet[Line]:
    """The lines of the entries that a login may know of; see `Document.objects.visible_to`.

    The same condition, put so that a partnership-wide role is answered from the line itself, and
    others by the short lists of what is open and of what names them, inside the same statement.
    """
    reach = reach_of(user)
    if reach.sees_everything:
        return Line.objects.all()
    allowed = Q(partnership_id__in=reach.whole)
    if partly := set(reach.partnerships) - set(reach.whole):
        is_open = Document.objects.filter(open_to_partners=True, partnership_id__in=partly)
        allowed |= Q(document_id__in=is_open.values("pk"))
    if reach.memberships or reach.person_id:
        named = Reader.objects.filter(reach.as_reader())
        allowed |= Q(document_id__in=named.values("document_id"))
    return Line.objects.filter(allowed)


def governing_lines(user) -> QuerySet[Line]:
    """The lines of versions in force or under review that a login may know of."""
    return visible_lines(user).filter(is_governing=True)


def every_body() -> dict[int, Body]:
    """Every body by its key, to name those in a report. One statement."""
    rows = Organisation.objects.order_by().values_list("pk", "legal_name", "short_name", "kind")
    return {row[0]: Body(*row) for row in rows}


def bodies_named(keys) -> dict[int, Body]:
    """Some bodies by their keys: those of one page, or of one body's partners."""
    rows = Organisation.objects.filter(pk__in=set(keys)).order_by()
    found = rows.values_list("pk", "legal_name", "short_name", "kind")
    return {row[0]: Body(*row) for row in found}


def bodies_that_share(lines: QuerySet[Line]) -> dict[int, str]:
    """The bodies that give or receive by some lines, by name, as a form offers them."""
    rows = Organisation.objects.filter(
        Q(pk__in=lines.values("provider_id")) | Q(pk__in=lines.values("recipient_id"))
    )
    return dict(rows.order_by("legal_name").values_list("pk", "legal_name"))


def kind_words(kind: str) -> str:
    """A kind of body in words."""
    return label("organisation_kind", kind) if kind and kind != NO_KIND else "Kind not recorded"
