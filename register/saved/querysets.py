"""Questions about saved views."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from register.directory.reach import reach_of


class SavedViewQuerySet(models.QuerySet):
    """Questions about saved views."""

    def open_to(self, user) -> SavedViewQuerySet:
        """The views that a login may use: its own, and those shared in its partnerships, by name.

        Each comes with `is_default`, whether the login opens the register with it.
        """
        reach = reach_of(user)
        places = reach.whole | reach.partnerships
        chosen = self.model._meta.get_field("chosen_by").related_model.objects
        is_default = Exists(chosen.filter(user_id=user.pk, view_id=OuterRef("pk")))
        rows = self.filter(Q(owner_id=user.pk) | Q(partnership_id__in=places))
        return rows.annotate(is_default=is_default).order_by("name", "pk")
