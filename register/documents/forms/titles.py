"""Choosing a document by its reference and title."""

from __future__ import annotations

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery

from register.search.models import Row


def titled(documents: QuerySet) -> QuerySet:
    """Documents with the title and status that lists show, as `shown_title` and `shown_status`."""
    rows = Row.objects.filter(document_id=OuterRef("pk"))
    return documents.annotate(
        shown_title=Subquery(rows.values("title")[:1]),
        shown_status=Subquery(rows.values("status")[:1]),
    ).order_by("reference")


class _Titled:
    """Shows reference and title of each document."""

    def label_from_instance(self, document) -> str:
        """A document as people know it."""
        return f"{document.reference} {document.shown_title or ''}".strip()

    def _set_queryset(self, queryset) -> None:
        super()._set_queryset(titled(queryset))  # type: ignore[misc]

    queryset = property(forms.ModelChoiceField._get_queryset, _set_queryset)


class TitledChoice(_Titled, forms.ModelChoiceField):
    """One document."""


class TitledChoices(_Titled, forms.ModelMultipleChoiceField):
    """Some documents."""
