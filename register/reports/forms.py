"""What the address of a report asks for: read through a form, so that no address can do harm."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict

from agreements.flows.models import Flow, FlowCategory, Line
from charters.models import GeneralPurpose
from register.directory.models import Organisation
from register.directory.permissions import visible_communities, visible_partnerships
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Document
from register.lists.labels import labels
from register.reports.seen import NO_KIND, bodies_that_share, kind_words, visible_lines
from register.ui.forms import Form

LARGEST = 2**63 - 1
STATES = {
    "in_force": "In force",
    "active": "In force and signed at both ends",
    "unconfirmed": "In force as recorded, unconfirmed",
    "signing": "Out for signature",
}
PERSONAL = {"yes": "About people", "no": "Not about people"}
PAGING = ("after", "before", "at", "page")
NOT_SAID = "none"  # stands in addresses for what a flow does not say
# What an address may name of a list, by the list.
CODED = {"use": "use_kind", "category": "data_category", "volume": "volume"}
BODIES = {"body": "Gives or receives", "giver": "Gives", "taker": "Receives"}
KINDS = {"giver_kind": "Gives", "taker_kind": "Receives"}


@dataclass(frozen=True)
class Chip:
    """One filter that applies: its words, and the query string of the report without it."""

    words: str
    query: str


class SharingFilter(forms.Form):
    """Which sharing a report is about; whatever the address asks that is not understood is left out."""

    partnership = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    community = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    purpose = forms.CharField(max_length=36, required=False)
    use = forms.CharField(max_length=60, required=False)
    category = forms.CharField(max_length=60, required=False)
    body = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    giver = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    taker = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    giver_kind = forms.CharField(max_length=60, required=False)
    taker_kind = forms.CharField(max_length=60, required=False)
    volume = forms.CharField(max_length=60, required=False)
    personal = forms.ChoiceField(choices=[("", ""), *PERSONAL.items()], required=False)
    state = forms.ChoiceField(choices=[("", ""), *STATES.items()], required=False)
    each = forms.ChoiceField(choices=[("", ""), ("flow", "")], required=False)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET)
        self.query: QueryDict = request.GET
        self.user = request.user
        self.asked: dict = {}
        self.names = {
            "partnership": dict(visible_partnerships(self.user).values_list("pk", "name")),
            "community": dict(
                visible_communities(self.user).order_by("name").values_list("pk", "name")
            ),
            "purpose": purposes_known_to(self.user),
        }

    def full_clean(self) -> None:
        """Read the address; a part that is not understood counts as not asked."""
        super().full_clean()
        self.asked = {name: value for name, value in self.cleaned_data.items() if value}
        for name in ("community", "partnership"):
            if self.asked.get(name) and self.asked[name] not in self.names[name]:
                self._leave_out(name)
        if self.asked.get("purpose") and not _is_purpose(self.asked["purpose"]):
            self._leave_out("purpose")
        for name, list_code in CODED.items():
            if self.asked.get(name) and self.asked[name] not in {*labels(list_code), NOT_SAID}:
                self._leave_out(name)
        for name in KINDS:
            known = {*labels("organisation_kind"), NO_KIND}
            if self.asked.get(name) and self.asked[name] not in known:
                self._leave_out(name)

    @property
    def state_words(self) -> str:
        """Which state of sharing the report shows, in words."""
        return STATES[self.asked.get("state") or "in_force"]

    def lines(self) -> QuerySet[Line]:
        """The lines that the address asks for, as far as the reader may see them."""
        asked = self.asked
        rows = _in_state(visible_lines(self.user), asked.get("state"))
        plain = {
            "partnership": "partnership_id",
            "community": "community_id",
            "giver": "provider_id",
            "taker": "recipient_id",
        }
        rows = rows.filter(**{plain[name]: asked[name] for name in plain if asked.get(name)})
        if asked.get("body"):
            rows = rows.filter(Q(provider_id=asked["body"]) | Q(recipient_id=asked["body"]))
        if purpose := asked.get("purpose"):
            named = (
                Q(purpose_lineage__isnull=True)
                if purpose == NOT_SAID
                else Q(purpose_lineage=purpose)
            )
            rows = rows.filter(named)
        if asked.get("use"):
            rows = rows.filter(use_kind=_said(asked["use"]))
        if asked.get("personal"):
            rows = rows.filter(is_personal=asked["personal"] == "yes")
        return self._of_kinds(self._of_flows(rows))

    def kept(self, **changes) -> str:
        """The query string of the same question with some parts changed; paging falls away."""
        query = self.query.copy()
        for name in PAGING:
            query.pop(name, None)
        for name, value in changes.items():
            query.pop(name, None)
            if value not in (None, ""):
                query[name] = str(value)
        return query.urlencode()

    def chips(self) -> list[Chip]:
        """The filters that apply, each with the way to take it off."""
        bodies = self._named_bodies()
        return [
            Chip(self._words(name, value, bodies), self.kept(**{name: None}))
            for name, value in self.asked.items()
            if name != "each"
        ]

    def _words(self, name: str, value, bodies: dict[int, str]) -> str:
        if name in self.names:
            known = self.names[name].get(value if name == "purpose" else int(value))
            return f"{name.capitalize()}: {known or 'not named in a protocol in force'}"
        if name in CODED:
            return f"{name.capitalize()}: {labels(CODED[name]).get(value, 'not said')}"
        if name in BODIES:
            return f"{BODIES[name]}: {bodies.get(value, 'a body that shares nothing here')}"
        if name in KINDS:
            return f"{KINDS[name]}: {kind_words(value)}"
        return PERSONAL[value] if name == "personal" else STATES[value]

    def _named_bodies(self) -> dict[int, str]:
        wanted = {self.asked[name] for name in BODIES if name in self.asked}
        if not wanted:
            return {}
        # A body that shares nothing that the reader may see is not named.
        named = Q(provider_id__in=wanted) | Q(recipient_id__in=wanted)
        found = bodies_that_share(visible_lines(self.user).filter(named))
        return {pk: name for pk, name in found.items() if pk in wanted}

    def _of_flows(self, rows: QuerySet[Line]) -> QuerySet[Line]:
        if category := self.asked.get("category"):
            named = FlowCategory.objects.filter(category=category)
            rows = rows.filter(flow_id__in=named.values("flow_id"))
        if volume := self.asked.get("volume"):
            rows = rows.filter(flow_id__in=Flow.objects.filter(volume=_said(volume)).values("pk"))
        return rows

    def _of_kinds(self, rows: QuerySet[Line]) -> QuerySet[Line]:
        for name, column in (("giver_kind", "provider_id"), ("taker_kind", "recipient_id")):
            if kind := self.asked.get(name):
                bodies = Organisation.objects.filter(kind="" if kind == NO_KIND else kind)
                rows = rows.filter(**{f"{column}__in": bodies.values("pk")})
        return rows

    def _leave_out(self, name: str) -> None:
        self.add_error(name, "That is not on the list.")
        self.asked.pop(name, None)


class DismissForm(Form):
    """Why two entries that look alike are no duplicates."""

    reason = forms.CharField(
        label="Why these are not duplicates",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example, one is for adults and the other for children.",
    )


def purposes_known_to(user) -> dict:
    """The general purposes of the protocols in force that a login may read, by lineage."""
    rows = GeneralPurpose.objects.filter(
        version__state__in=GOVERNING,
        version__document__in=Document.objects.visible_to(user),
    )
    pairs = rows.order_by("title").values_list("lineage", "title")
    return {str(lineage): title for lineage, title in pairs}


def _is_purpose(value: str) -> bool:
    try:
        return value == NOT_SAID or str(UUID(value)) == value
    except ValueError:
        return False


def _in_state(rows: QuerySet[Line], state: str | None) -> QuerySet[Line]:
    if state == "signing":
        return rows.filter(state=State.SIGNING)
    rows = rows.filter(is_governing=True)
    if state == "active":
        return rows.filter(is_active=True, is_unconfirmed=False)
    return rows.filter(is_unconfirmed=True) if state == "unconfirmed" else rows


def _said(code: str) -> str:
    return "" if code == NOT_SAID else code
