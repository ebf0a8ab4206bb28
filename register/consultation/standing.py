"""How a consultation stands: how many were asked and responded, how many comments wait."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from register.consultation.models import Comment, CommentState, Consultee
from register.documents.models import Version


@dataclass(frozen=True)
class Figures:
    """Counts of people asked and responded, and of comments in all and not closed."""

    asked: int = 0
    responded: int = 0
    comments: int = 0
    unsettled: int = 0

    @property
    def sentence(self) -> str:
        """The figures in words."""
        said = []
        if self.asked:
            said.append(f"{self.responded} of {self.asked} responded")
        if self.comments:
            waiting = f"{self.unsettled} not closed" if self.unsettled else "all closed"
            said.append(f"{self.comments} comment{'s'[: self.comments != 1]}, {waiting}")
        return "; ".join(said)


def figures_of(version: Version) -> Figures:
    """The figures of a version, in two statements."""
    people = Consultee.objects.standing().filter(version=version).order_by()
    asked = people.aggregate(
        all=Count("pk"), said=Count("pk", filter=Q(responded_at__isnull=False))
    )
    said = Comment.objects.filter(version=version).order_by()
    counts = said.aggregate(
        all=Count("pk"), unsettled=Count("pk", filter=~Q(state=CommentState.CLOSED))
    )
    return Figures(asked["all"], asked["said"], counts["all"], counts["unsettled"])
