"""The filter of the register: read from the address through a form, so that no address can do harm."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, QueryDict

from register.core.dates import today
from register.dashboard.checked import CHECKS, breaking, checked, may_filter, rule_codes
from register.dashboard.choices import (
    STATUSES,
    body_with_merged,
    choices_for,
    kinds,
)
from register.dashboard.columns import read_columns, written
from register.dashboard.narrowing import Asking, Chip, narrowed, read
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import DocumentTag
from register.search.models import NO_REVIEW, Row, RowBody
from register.ui.context import Frame
from register.ui.listing import SIZES

SORTS = {
    "reference": ("reference",),
    "title": ("title", "reference"),
    "tier": ("tier", "reference"),
    "status": ("status", "reference"),
    "review": ("review_on", "reference"),
    "owner": ("owner_name", "reference"),
    "changed": ("changed_at", "reference"),
}
SORT_WORDS = {
    "reference": "reference",
    "title": "title",
    "tier": "tier",
    "status": "status",
    "review": "next review",
    "owner": "owner",
    "changed": "last change",
}
REVIEWS = {
    "overdue": "Overdue",
    "30": "Due in 30 days",
    "90": "Due in 90 days",
    "none": "No review date",
}
FLAGS = {
    "outside": "Outside the framework",
    "unconfirmed": "As recorded, unconfirmed",
    "mine": "Owned by me",
    "archived": "Archived",
}
_LARGEST = 2**63 - 1
# What makes a view, in the order in which its address says it; a page, its size and a name are no part.
KEPT = (
    "tier", "status", "community", "body", "owner", "kind", "review", "check", "rule", "tag",
    "outside", "unconfirmed", "mine", "archived", "sort", "columns",
)  # fmt: skip
FEW = 2_000  # rows of one body that are quicker to look up than to look for


class RegisterFilter(forms.Form):
    """What the address of the register asks for; whatever it does not understand is left out."""

    tier = forms.MultipleChoiceField(choices=[("1", ""), ("2", ""), ("3", "")], required=False)
    status = forms.MultipleChoiceField(choices=list(STATUSES.items()), required=False)
    community = forms.IntegerField(min_value=1, max_value=_LARGEST, required=False)
    body = forms.IntegerField(min_value=1, max_value=_LARGEST, required=False)
    owner = forms.IntegerField(min_value=1, max_value=_LARGEST, required=False)
    kind = forms.CharField(max_length=60, required=False)
    review = forms.ChoiceField(choices=[("", ""), *REVIEWS.items()], required=False)
    check = forms.ChoiceField(choices=[("", ""), *CHECKS.items()], required=False)
    rule = forms.CharField(max_length=10, required=False)
    tag = forms.CharField(max_length=60, required=False)
    outside = forms.BooleanField(required=False)
    unconfirmed = forms.BooleanField(required=False)
    mine = forms.BooleanField(required=False)
    archived = forms.BooleanField(required=False)
    sort = forms.ChoiceField(
        choices=[(sign + name, "") for name in SORTS for sign in ("", "-")], required=False
    )
    columns = forms.CharField(max_length=300, required=False)
    view = forms.CharField(max_length=20, required=False)
    size = forms.TypedChoiceField(
        choices=[(str(size), size) for size in SIZES],
        coerce=int,
        required=False,
    )
    after = forms.CharField(max_length=2000, required=False)
    before = forms.CharField(max_length=2000, required=False)
    at = forms.ChoiceField(choices=[("", ""), ("last", "last")], required=False)

    def __init__(self, request: HttpRequest | Asking) -> None:
        super().__init__(request.GET)
        self.query = request.GET
        self.user = request.user
        self.asked: dict = {}
        self.more: dict[str, tuple[str, str]] = {}
        self.choices = choices_for(request.user, Frame(cast(HttpRequest, request)).home)

    def full_clean(self) -> None:
        """Read the address; a field that is not understood counts as not asked."""
        super().full_clean()
        self.asked = {**self.cleaned_data}
        for name in ("community", "body", "owner"):
            if self.asked.get(name) and not self.choices.has(name, self.asked[name]):
                self.add_error(name, "That is not on the list.")
                self.asked[name] = None
        if self.asked.get("kind") and self.asked["kind"] not in kinds():
            self.add_error("kind", "That is not on the list.")
            self.asked["kind"] = ""
        self._clean_rules()
        self.more, refused = read(self.user, self.query)
        for name in refused:
            self.add_error(None, f"{name} is not on the list.")

    def _clean_rules(self) -> None:
        asked = {name for name in ("check", "rule") if self.asked.get(name)}
        if not may_filter(self.user):
            refused = asked
        else:
            refused = {"rule"} & asked if self.asked.get("rule") not in rule_codes() else set()
        for name in refused:
            self.add_error(name, "That is not on the list.")
            self.asked[name] = ""

    @property
    def order(self) -> list[str]:
        """The columns by which the list is sorted, a minus before each where it runs down."""
        sort = self.sorting
        sign = "-" if sort.startswith("-") else ""
        return [sign + column for column in SORTS[sort.lstrip("-")]]

    @property
    def shown_columns(self) -> list[str]:
        """The codes of the columns that the list shows, in their order."""
        return read_columns(self.asked.get("columns") or "")

    @property
    def canonical(self) -> str:
        """The view as a query string, always the same for the same view: filter, order and columns."""
        asked = {**self.asked, "columns": written(self.shown_columns)}
        if asked.get("sort") == "reference":
            asked["sort"] = ""
        query = QueryDict(mutable=True)
        for name in KEPT:
            value = asked.get(name)
            if isinstance(value, list):
                query.setlist(name, sorted(set(value)))
            elif value:
                query[name] = "on" if value is True else str(value)
        for name, (value, _) in self.more.items():
            query[name] = value
        return query.urlencode()

    @property
    def page_size(self) -> int:
        """How many rows a page shows."""
        return self.asked.get("size") or SIZES[0]

    @property
    def sorting(self) -> str:
        """The column that the reader sorts by, with a minus where it runs down."""
        return self.asked.get("sort") or "reference"

    @property
    def sort_words(self) -> str:
        """How the list is sorted, in words."""
        words = SORT_WORDS[self.sorting.lstrip("-")]
        return f"{words}, downwards" if self.sorting.startswith("-") else words

    def apply(self, rows: QuerySet[Row], *, is_counting: bool = False) -> QuerySet[Row]:
        """The rows that the filter asks for, to be read in order or only counted."""
        asked = self.asked
        if asked.get("tier"):
            rows = rows.filter(tier__in=[int(tier) for tier in asked["tier"]])
        if asked.get("status"):
            # A review window is narrower than a status: compared so that no index answers it, the
            # status leaves the lead to the window.
            column = "status_said" if asked.get("review") else "status"
            rows = rows.alias(status_said=Coalesce("status", Value("")))
            rows = rows.filter(_any(status_is(status, column) for status in asked["status"]))
        if asked.get("community"):
            rows = rows.filter(community_id=asked["community"])
        if asked.get("owner"):
            rows = rows.filter(owner_id=asked["owner"])
        if asked.get("body"):
            rows = _of_body(rows, asked["body"], is_counting)
        if asked.get("kind"):
            rows = rows.filter(kind=asked["kind"])
        if asked.get("review"):
            rows = rows.filter(review_is(asked["review"]))
        if asked.get("check"):
            rows = checked(rows, asked["check"])
        if asked.get("rule"):
            rows = breaking(rows, asked["rule"])
        if asked.get("tag"):
            tagged = DocumentTag.objects.filter(word=asked["tag"])
            rows = rows.filter(pk__in=tagged.order_by().values("document_id"))
        return self._flags(narrowed(self.user, rows, self.more))

    def _flags(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        asked = self.asked
        if asked.get("outside"):
            rows = rows.filter(is_outside=True)
        if asked.get("unconfirmed"):
            rows = rows.filter(is_unconfirmed=True)
        if asked.get("mine"):
            person = getattr(self.user, "person", None)
            rows = rows.filter(owner_id=person.pk) if person else rows.none()
        return rows.filter(is_archived=bool(asked.get("archived")))

    def chips(self) -> list[Chip]:
        """The filters that apply, each with the way to take it off."""
        asked, chips = self.asked, []
        for tier in asked.get("tier") or []:
            chips.append(self._chip(self.choices.tier_word(int(tier)), "tier", tier))
        for status in asked.get("status") or []:
            chips.append(self._chip(STATUSES[status], "status", status))
        for name in ("community", "body", "owner"):
            if asked.get(name):
                words = f"{name.capitalize()}: {self.choices.words(name, asked[name])}"
                chips.append(self._chip(words, name))
        if asked.get("kind"):
            chips.append(self._chip(f"Kind: {kinds()[asked['kind']]}", "kind"))
        if asked.get("review"):
            chips.append(self._chip(f"Review: {REVIEWS[asked['review']].lower()}", "review"))
        if asked.get("check"):
            chips.append(self._chip(CHECKS[asked["check"]], "check"))
        if asked.get("rule"):
            chips.append(self._chip(f"Rule {asked['rule']} broken", "rule"))
        if asked.get("tag"):
            chips.append(self._chip(f"Tag: {asked['tag']}", "tag"))
        chips += [self._chip(words, name) for name, words in FLAGS.items() if asked.get(name)]
        chips += [self._chip(words, name) for name, (_, words) in self.more.items()]
        return chips

    def _chip(self, words: str, name: str, value: str = "") -> Chip:
        query = self.query.copy()
        for page in ("after", "before", "at"):
            query.pop(page, None)
        kept = [other for other in query.getlist(name) if value and other != value]
        query.setlist(name, kept)
        return Chip(words, query.urlencode())


def status_is(status: str, column: str = "status") -> Q:
    """The condition for one of the statuses that pages show; overdue depends on the day."""
    if status == "overdue":
        return Q(state__in=GOVERNING, review_on__lt=today())
    if status == "part_signed":
        return Q(is_part_signed=True, state__in=[State.SIGNING, *GOVERNING])
    return Q(**{column: status})


def review_is(window: str) -> Q:
    """The condition for a review window of governing versions: overdue, 30, 90 or none."""
    if window == "none":
        return Q(state__in=GOVERNING, review_on=NO_REVIEW)
    if window == "overdue":
        return status_is("overdue")
    last = today() + timedelta(days=int(window))
    return Q(state__in=GOVERNING, review_on__gte=today(), review_on__lte=last)


def _of_body(rows: QuerySet[Row], body: int, is_counting: bool) -> QuerySet[Row]:
    """The rows that name a body: its few rows looked up, or many looked for along the list."""
    named = RowBody.objects.filter(organisation_id__in=body_with_merged(body))
    if is_counting or named[: FEW + 1].count() <= FEW:
        return rows.filter(pk__in=named.values("row_id"))
    return rows.filter(Exists(named.filter(row_id=OuterRef("pk"))))


def _any(conditions) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found
