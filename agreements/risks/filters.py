"""The filters of the lists: what the address asks, and what may be asked."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef

from agreements.risks.models import ContractController, Dpia, DpiaController, ProcessorContract
from agreements.risks.querysets import ContractQuerySet, DpiaQuerySet
from register.core.dates import today
from register.directory.models import Organisation
from register.directory.permissions import visible_partnerships
from register.lists.labels import choices

DUE = {"overdue": "Overdue", "90": "Due in 90 days", "none": "No review date"}
ENDING = {"90": "Ends in 90 days", "ended": "Has ended", "open": "No end is set"}
WANTING = {"missing": "Points of Article 28(3) missing", "part3": "Covers Part 3"}


def dpias_asked(user, asked: dict[str, str]) -> DpiaQuerySet:
    """The DPIAs that a login may know of and that an address asks for; words it does not know ask nothing."""
    rows = _placed(Dpia.objects.visible_to(user), asked)
    day = today()
    if status := asked.get("status", "")[:60]:
        named = DpiaController.objects.filter(dpia_id=OuterRef("pk"), status=status)
        rows = rows.filter(Exists(named))
    match asked.get("review", ""):
        case "overdue":
            rows = rows.filter(review_on__lt=day)
        case "90":
            rows = rows.filter(review_on__range=(day, day + timedelta(days=90)))
        case "none":
            rows = rows.filter(review_on__isnull=True)
    return rows


def contracts_asked(user, asked: dict[str, str]) -> ContractQuerySet:
    """The processor contracts that a login may know of and that an address asks for."""
    rows = _placed(ProcessorContract.objects.visible_to(user), asked)
    day = today()
    match asked.get("end", ""):
        case "90":
            rows = rows.filter(ends_on__range=(day, day + timedelta(days=90)))
        case "ended":
            rows = rows.filter(ends_on__lt=day)
        case "open":
            rows = rows.filter(ends_on__isnull=True)
    match asked.get("wanting", ""):
        case "missing":
            rows = rows.lacking_points()
        case "part3":
            rows = rows.filter(is_part3=True)
    return rows


def dpias_filter(user) -> dict:
    """What the list of DPIAs may be filtered by."""
    known = Dpia.objects.visible_to(user)
    controllers = DpiaController.objects.filter(organisation_id=OuterRef("pk"), dpia__in=known)
    return {
        "partnerships": list(visible_partnerships(user).order_by("name")),
        "statuses": choices("dpia_status"),
        "bodies": _bodies(Exists(controllers)),
        "reviews": list(DUE.items()),
    }


def contracts_filter(user) -> dict:
    """What the list of processor contracts may be filtered by."""
    known = ProcessorContract.objects.visible_to(user)
    controllers = ContractController.objects.filter(
        organisation_id=OuterRef("pk"), contract__in=known
    )
    processors = known.filter(processor_id=OuterRef("pk"))
    return {
        "partnerships": list(visible_partnerships(user).order_by("name")),
        "bodies": _bodies(Exists(controllers) | Exists(processors)),
        "ends": list(ENDING.items()),
        "wantings": list(WANTING.items()),
    }


def _placed(rows, asked: dict[str, str]):
    if (body := asked.get("body", "")[:18]).isdecimal():
        rows = rows.naming(int(body))
    if (place := asked.get("partnership", "")[:18]).isdecimal():
        rows = rows.filter(partnership_id=int(place))
    if words := " ".join(asked.get("words", "").replace("\0", " ").split())[:200]:
        rows = rows.worded(words)
    return rows


def _bodies(named) -> list[tuple[int, str]]:
    rows = Organisation.objects.filter(named).order_by("legal_name", "pk")
    return list(rows.values_list("pk", "legal_name"))
