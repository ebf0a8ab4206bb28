"""Which questions somebody may know of: those they answer, on entries that they may read or were asked on."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from register.advice.kinds import answered_by, weighing_kinds
from register.advice.models import ReviewRequest
from register.advice.permissions import may_read_words, standing_of
from register.advice.querysets import ReviewRequestQuerySet
from register.directory.reach import reach_of
from register.documents.models import Document, Reader
from register.documents.permissions import readable_versions


def answerable_by(user) -> ReviewRequestQuerySet:
    """The questions that a login may answer, open or not, as far as it may read what they are about.

    Whoever is asked by name may read the draft on the page of the question, and so may holder and
    deputies of a post that is asked, unless the entry is restricted. Others of the body read what
    the entry's readers read: a restricted entry leaves no trace.
    """
    rows = ReviewRequest.objects.exclude(closed_as__in=["replaced", "cancelled"])
    return rows.filter(_of(user) & (_asked_by_name(user) | _readable(user)))


def readable_request(user, pk: int) -> ReviewRequest | None:
    """A question that somebody may read: who answers it, and who reads the answers to it; else None."""
    rows = ReviewRequest.objects.select_related(
        "organisation", "post", "person", "asked_by", "version__document__partnership",
        "version__document__lead",
    )  # fmt: skip
    found = rows.filter(pk=pk).first()
    if found is None or answerable_by(user).filter(pk=pk).exists():
        return found
    document = found.version.document
    if not Document.objects.visible_to(user).filter(pk=document.pk).exists():
        return None
    if not readable_versions(user, document).filter(pk=found.version_id).exists():
        return None
    return found if may_read_words(user, found) else None


def _of(user) -> Q:
    reach, standing = reach_of(user), standing_of(user)
    mine = Q(post_id__in=[post.pk for post in standing.posts])
    for post in standing.posts:
        mine |= Q(organisation_id=post.organisation_id, kind__in=answered_by(post.kind))
    advising = Q(organisation_id__in=standing.advises) & ~Q(kind__in=weighing_kinds())
    kept = {pk for pk in reach.whole if reach.may_edit_all(pk)}
    office = Q(organisation__isnull=True, version__document__partnership_id__in=kept)
    if reach.person_id is not None:
        # Whoever asked does not check it.
        office &= ~Q(asked_by_id=reach.person_id)
    return mine | advising | office


def _asked_by_name(user) -> Q:
    person_id = reach_of(user).person_id
    if person_id is None:
        return Q(pk__in=())
    posts = [post.pk for post in standing_of(user).posts]
    return Q(person_id=person_id) | Q(post_id__in=posts, version__document__is_restricted=False)


def _readable(user) -> Q:
    reach = reach_of(user)
    if reach.sees_everything:
        return Q()
    drafts = Reader.objects.filter(
        reach.as_reader(), document_id=OuterRef("version__document_id"), reads_drafts=True
    )
    known = Document.objects.visible_to(user).order_by().values("pk")
    issued = Q(version__frozen_at__isnull=False, version__document_id__in=known)
    return Q(version__document__partnership_id__in=reach.whole) | issued | Q(Exists(drafts))
