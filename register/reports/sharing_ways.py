"""The way to who shares what at the head of every page, and the reports on sharing."""

from __future__ import annotations

from register.reports.ways import Report, belongs, offer
from register.ui.navigation import Item, add

REPORTS = (
    Report(
        30,
        "Who shares what with whom",
        "How many flows run from each body to each other, as a matrix, a list and a picture",
        "reports:who_shares",
    ),
    Report(
        40,
        "Inventory",
        "Flows by amount, kind of data, purpose, use and partner",
        "reports:inventory",
    ),
    Report(
        50,
        "Partner report",
        "All that one body gives and receives: basis, gateways, how long kept, when reviewed",
        "reports:partners",
    ),
    Report(
        60,
        "Correction list",
        "Who received something that turned out wrong, directly or onward, and whom to tell",
        "reports:corrections",
    ),
    Report(
        70,
        "Duplicates",
        "Near-identical flows, and agreements that could be one, with what differs",
        "reports:duplicates",
    ),
)


def plug_in() -> None:
    """Add the way of these pages, and the reports."""
    add(Item(29, "Who shares what", "reports:who_shares", belongs, "/who-shares/"))
    for report in REPORTS:
        offer(report)
