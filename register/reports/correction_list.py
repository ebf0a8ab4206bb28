"""Who has to be told when information turns out wrong: everybody who received it, directly or onward.

From one body the list follows the flows in force on the same category of data, or from the same asset,
from hand to hand. Each body stands once, at its first hand; circles end where they meet what was seen.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.urls import reverse

from agreements.flows.models import Flow, FlowCategory, FlowItem, Line, Onward
from register.core.dates import today
from register.directory.models import Appointment, Organisation
from register.reports.seen import Body, every_body, governing_lines
from register.search.models import Row

WAYS = 5  # flows told for each body; more are counted
DPO = "dpo"


@dataclass(frozen=True)
class Way:
    """How a body received it: from whom, by which flow of which agreement."""

    giver: str
    title: str
    reference: str
    address: str
    corrections_to: str
    stays: bool  # its agreement says that the recipients keep it to themselves


@dataclass
class Receiver:
    """A body that received it: at which hand, how, and whom to tell."""

    body: Body
    hand: int
    ways: list[Way] = field(default_factory=list)
    further_ways: int = 0
    mailbox: str = ""
    officers: list[str] = field(default_factory=list)

    @property
    def is_direct(self) -> bool:
        """Whether the body itself gave it."""
        return self.hand == 1

    @property
    def told_first(self) -> list[str]:
        """Who is told of corrections as the flows say it, each once."""
        return list(dict.fromkeys(way.corrections_to for way in self.ways if way.corrections_to))

    @property
    def is_uncertain(self) -> bool:
        """Whether it came on from a body whose agreement says that it stays there."""
        return not self.is_direct and all(way.stays for way in self.ways)


def receivers_of(
    user, body_id: int, *, category: str = "", item: FlowItem | None = None
) -> list[Receiver]:
    """Everybody who received a category of data, or one item, from a body; nearest first.

    Follows what the reader may see. Six statements, however many flows and hands there are.
    """
    category = category or (item.category if item else "")
    lines = governing_lines(user).filter(_moves(category, item))
    moves = list(lines.order_by("pk").values_list("provider_id", "recipient_id", "flow_id"))
    first = {item.flow_id} if item else None
    hands = _walk(moves, body_id, first)
    told = _flows(lines) if hands else {}
    bodies = every_body() if hands else {}
    found = [_receiver(bodies, pk, hand, ways, told) for pk, (hand, ways) in hands.items()]
    _add_contacts(found)
    return sorted(found, key=lambda one: (one.hand, one.body.name.casefold()))


def categories_given_by(user, body_id: int) -> list[str]:
    """The codes of the categories that a body gives by flows that the reader may see."""
    flows = governing_lines(user).filter(provider_id=body_id).values("flow_id")
    rows = FlowCategory.objects.filter(flow_id__in=flows).order_by("category")
    return list(rows.values_list("category", flat=True).distinct())


def items_given_by(user, body_id: int, category: str) -> QuerySet[FlowItem]:
    """The items of a category that a body gives by flows that the reader may see."""
    flows = governing_lines(user).filter(provider_id=body_id).values("flow_id")
    rows = FlowItem.objects.filter(flow_id__in=flows, category=category)
    return rows.select_related("flow").order_by("name", "pk")


def _moves(category: str, item: FlowItem | None) -> Q:
    wanted = Q(flow_id__in=FlowCategory.objects.filter(category=category).values("flow_id"))
    if item is None:
        return wanted
    wanted = wanted | Q(flow_id=item.flow_id) if category else Q(flow_id=item.flow_id)
    if item.flow.asset_id:
        same = Flow.objects.filter(asset_id=item.flow.asset_id)
        wanted |= Q(flow_id__in=same.values("pk"))
    return wanted


def _walk(
    moves: list[tuple[int, int, int]], start: int, first: set[int] | None
) -> dict[int, tuple[int, list[tuple[int, int]]]]:
    """The hand at which each body received it, with who gave it by which flow."""
    by_giver: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for giver, taker, flow in moves:
        by_giver[giver].append((taker, flow))
    hands: dict[int, tuple[int, list[tuple[int, int]]]] = {}
    givers, hand = [start], 1
    while givers:
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for giver in givers:
            for taker, flow in by_giver[giver]:
                is_followed = hand > 1 or first is None or flow in first
                if is_followed and taker != start and taker not in hands:
                    found[taker].append((giver, flow))
        hands |= {taker: (hand, ways) for taker, ways in found.items()}
        givers, hand = list(found), hand + 1
    return hands


def _flows(lines: QuerySet[Line]) -> dict[int, tuple]:
    rows = Row.objects.filter(pk__in=lines.values("document_id"))
    references = dict(rows.values_list("pk", "reference"))
    flows = Flow.objects.filter(pk__in=lines.values("flow_id")).order_by()
    return {
        pk: (title, references.get(document, ""), lineage, corrections, onward == Onward.NO)
        for pk, title, document, lineage, corrections, onward in flows.values_list(
            "pk", "title", "version__document_id", "lineage", "corrections_to", "onward"
        )
    }


def _receiver(bodies: dict[int, Body], pk: int, hand: int, ways, told) -> Receiver:
    receiver = Receiver(bodies[pk], hand, further_ways=max(0, len(ways) - WAYS))
    for giver, flow in ways[:WAYS]:
        title, reference, lineage, corrections, stays = told[flow]
        page = reverse("documents:document", args=[reference]) if reference else ""
        address = f"{page}#flow-{lineage}"
        receiver.ways.append(Way(bodies[giver].name, title, reference, address, corrections, stays))
    return receiver


def _add_contacts(found: list[Receiver]) -> None:
    """The mailbox of each body and who holds its post of data protection officer; two statements."""
    by_pk = {one.body.pk: one for one in found}
    mailboxes = Organisation.objects.exclude(mailbox="").values_list("pk", "mailbox")
    for pk, mailbox in mailboxes if found else ():
        if pk in by_pk:
            by_pk[pk].mailbox = mailbox
    held = Appointment.objects.current(today()).filter(post__kind=DPO)
    for pk, name, post, mailbox in (
        held.values_list("post__organisation_id", "person__name", "post__title", "post__mailbox")
        if found
        else ()
    ):
        if pk in by_pk:
            by_pk[pk].officers.append(", ".join(filter(None, [name, post, mailbox])))
