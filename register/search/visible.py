"""What a reader may see of the read table and the search text: the rule of documents, on its columns."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from register.directory.reach import Reach, reach_of
from register.search.engines import readers_among
from register.search.models import Row, RowReader, Text


def visible_rows(user) -> QuerySet[Row]:
    """The entries that a login may know of, as lists show them; see `Document.objects.visible_to`."""
    reach = reach_of(user)
    if reach.sees_everything:
        return Row.objects.all()
    allowed = Q(pk__in=[])
    if reach.whole:
        allowed |= Q(partnership_id__in=reach.whole)
    if reach.partnerships:
        allowed |= Q(open_to_partners=True, partnership_id__in=reach.partnerships)
    for named in _named(user, reach):
        allowed |= Q(Exists(named.filter(row_id=OuterRef("pk"))))
    return Row.objects.filter(allowed)


def visible_texts(user) -> QuerySet[Text]:
    """The texts that a login may read: of the entries that it may know of, drafts by their own rule."""
    reach = reach_of(user)
    if reach.sees_everything:
        return Text.objects.all()
    allowed = Q(pk__in=[])
    if reach.whole:
        allowed |= Q(partnership_id__in=reach.whole)
    if reach.partnerships:
        allowed |= Q(open_to_partners=True, is_draft=False, partnership_id__in=reach.partnerships)
    for named in _named(user, reach):
        mine = named.filter(row_id=OuterRef("document_id"))
        allowed |= Q(is_draft=False) & Q(Exists(mine))
        allowed |= Q(is_draft=True) & Q(Exists(mine.filter(reads_drafts=True)))
    return Text.objects.filter(allowed)


def _named(user, reach: Reach) -> list[QuerySet[RowReader]]:
    """The rows that name the login as reader: by its bodies, and by itself."""
    named = [readers_among(reach.memberships)] if reach.memberships else []
    # Few people are named as readers: whoever is not leaves the question out.
    if reach.person_id and _is_named(user, reach.person_id):
        named.append(RowReader.objects.filter(person_id=reach.person_id))
    return named


def _is_named(user, person_id: int) -> bool:
    """Whether a person is named as reader of anything; kept on the login, which lasts one request."""
    if not hasattr(user, "_is_named_reader"):
        user._is_named_reader = RowReader.objects.filter(person_id=person_id).exists()
    return user._is_named_reader
