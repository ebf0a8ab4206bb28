"""Lines of sharing as a list shows them: the flow, its agreement, who and what, since when, how far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.db.models import Min, QuerySet
from django.urls import reverse

from agreements.flows.models import Flow, FlowCategory, FlowParty, Line, Side
from charters.models import GeneralPurpose
from register.core.dates import today
from register.documents.lifecycle import GOVERNING
from register.documents.models import Version
from register.lists.labels import label
from register.reports.seen import Body, bodies_named
from register.search.models import NO_REVIEW, Row

ORDER = ("document_id", "flow_id", "pk")
CHUNK = 500
HEADER = (
    "Flow",
    "Agreement",
    "Title of the agreement",
    "From",
    "To",
    "Purpose",
    "Used for",
    "Categories",
    "State",
    "Since",
    "Next review",
)


@dataclass
class Told:
    """One line, ready to be read: `givers` and `takers` are names, `notes` what is not settled."""

    line: Line
    flow: Flow
    row: Row | None
    givers: list[str]
    takers: list[str]
    purpose: str = ""
    categories: list[str] = field(default_factory=list)
    since: date | None = None
    address: str = ""

    @property
    def use(self) -> str:
        """What it is used for, in words."""
        return label("use_kind", self.line.use_kind) if self.line.use_kind else ""

    @property
    def reference(self) -> str:
        """The reference of its agreement."""
        return self.row.reference if self.row else ""

    @property
    def title(self) -> str:
        """The title of its agreement."""
        return self.row.title if self.row else ""

    @property
    def review(self) -> date | None:
        """When its agreement is reviewed next."""
        return None if self.row is None or self.row.review_on == NO_REVIEW else self.row.review_on

    @property
    def notes(self) -> list[str]:
        """What is not settled about it, in words."""
        found = []
        if self.line.is_unconfirmed:
            found.append("As recorded, unconfirmed")
        if self.line.state in GOVERNING and not self.line.is_active:
            found.append("Not yet signed at both ends")
        if self.row is not None and self.row.is_suspended:
            found.append("Suspended")
        if self.line.state in GOVERNING and self.review and self.review < today():
            found.append("Review overdue")
        return found


def one_a_flow(lines: QuerySet[Line]) -> QuerySet[Line]:
    """One line for each flow, where a list counts flows and not pairs of bodies."""
    first = lines.order_by().values("flow_id").annotate(first=Min("pk")).values("first")
    return Line.objects.filter(pk__in=first)


def told(lines: list[Line], *, is_each_flow: bool = False) -> list[Told]:
    """Lines of one page with all that is said of them; the same few statements for any number.

    Where each flow stands once, from and to are everybody whom it names at its ends.
    """
    flows = Flow.objects.defer("plain_purpose", "plain_retention").in_bulk(
        [line.flow_id for line in lines]
    )
    rows = Row.objects.in_bulk([line.document_id for line in lines])
    versions = Version.objects.in_bulk({line.version_id for line in lines})
    purposes = purpose_titles(line.purpose_lineage for line in lines)
    categories = categories_of(flows)
    ends = _ends(flows) if is_each_flow else _bodies(lines)
    found = []
    for line in lines:
        flow, version = flows.get(line.flow_id), versions.get(line.version_id)
        if flow is None or version is None:
            continue
        givers, takers = ends[line.flow_id if is_each_flow else line.pk]
        found.append(
            Told(
                line=line,
                flow=flow,
                row=rows.get(line.document_id),
                givers=givers,
                takers=takers,
                purpose=purposes.get(str(line.purpose_lineage), ""),
                categories=[label("data_category", code) for code in categories[line.flow_id]],
                since=version.in_force_on,
                address=_address(rows.get(line.document_id), version, flow),
            )
        )
    return found


def cells(lines: QuerySet[Line], *, is_each_flow: bool = False) -> Iterator[list]:
    """The whole list as cells under `HEADER`, in bounded memory."""
    stream = lines.order_by(*ORDER).iterator(chunk_size=CHUNK)
    while chunk := list(islice(stream, CHUNK)):
        for one in told(chunk, is_each_flow=is_each_flow):
            yield [
                one.flow.title,
                one.reference,
                one.title,
                "; ".join(one.givers),
                "; ".join(one.takers),
                one.purpose,
                one.use,
                "; ".join(one.categories),
                "; ".join([state_words(one.line.state), *one.notes]),
                one.since,
                one.review,
            ]


def state_words(state: str) -> str:
    """The state of the version of a line in words."""
    return str(dict(Version._meta.get_field("state").flatchoices).get(state, state))


def purpose_titles(lineages: Iterable) -> dict[str, str]:
    """The titles of general purposes by lineage, as their newest version has them. One statement."""
    wanted = {lineage for lineage in lineages if lineage}
    rows = GeneralPurpose.objects.filter(lineage__in=wanted).order_by("version__number")
    return {str(lineage): title for lineage, title in rows.values_list("lineage", "title")}


def categories_of(flow_ids: Iterable[int]) -> dict[int, list[str]]:
    """The codes of the categories of some flows. One statement."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = FlowCategory.objects.filter(flow_id__in=list(flow_ids)).order_by("pk")
    for flow, category in rows.values_list("flow_id", "category"):
        found[flow].append(category)
    return found


def _bodies(lines: list[Line]) -> dict[int, tuple[list[str], list[str]]]:
    keys = {pk for line in lines for pk in (line.provider_id, line.recipient_id)}
    bodies: dict[int, Body] = bodies_named(keys)
    return {
        line.pk: ([bodies[line.provider_id].name], [bodies[line.recipient_id].name])
        for line in lines
    }


def _ends(flows: Iterable[int]) -> dict[int, tuple[list[str], list[str]]]:
    found: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    rows = FlowParty.objects.filter(flow_id__in=list(flows)).order_by("position", "pk")
    for flow, side, body, group in rows.values_list(
        "flow_id", "side", "organisation__legal_name", "group__name"
    ):
        found[flow][0 if side == Side.PROVIDER else 1].append(body or group)
    return found


def _address(row: Row | None, version: Version, flow: Flow) -> str:
    if row is None:
        return ""
    # The page of an entry shows one version; every other has a page of its own.
    if row.version_id == version.pk:
        page = reverse("documents:document", args=[row.reference])
    else:
        page = reverse("documents:version", args=[row.reference, version.number])
    return f"{page}#flow-{flow.lineage}"
