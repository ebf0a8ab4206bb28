"""Questions about the ledger."""

from django.db import models


class EntryQuerySet(models.QuerySet):
    """Questions about entries."""

    def about(self, record: models.Model) -> "EntryQuerySet":
        """Entries whose subject is this record, or that changed it or what belongs to it."""
        return self.about_row(record._meta.label_lower, str(record.pk))

    def about_row(self, label: str, pk: str) -> "EntryQuerySet":
        """The same for the record of a model, by its label and key."""
        related = self.model._meta.get_field("changes").related_model
        changes = related.objects.using(self.db).order_by()
        plain = self.model._base_manager.using(self.db).order_by()
        numbers = plain.filter(subject_model=label, subject_pk=pk).values("number")
        shown = changes.filter(about_model=label, about_pk=pk).values("entry_id")
        own = changes.filter(row_model=label, row_pk=pk).values("entry_id")
        return self.filter(number__in=numbers.union(shown, own))

    def by_person(self, person_id) -> "EntryQuerySet":
        """Entries of acts done by this person."""
        return self.filter(actor_kind="person", actor_id=str(person_id))

    def between(self, begins, ends) -> "EntryQuerySet":
        """Entries written from one instant until before another.

        The first and last of their numbers are asked for first, by the index of times: a page in
        the order of numbers then reads those and no others.
        """
        plain = self.model._base_manager.using(self.db).filter(at__gte=begins, at__lt=ends)
        span = plain.order_by().aggregate(first=models.Min("number"), last=models.Max("number"))
        if span["first"] is None:
            return self.none()
        return self.filter(
            number__gte=span["first"], number__lte=span["last"], at__gte=begins, at__lt=ends
        )

    def newest_first(self) -> "EntryQuerySet":
        """The latest act first."""
        return self.order_by("-number")
