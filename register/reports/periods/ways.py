"""The report of a period among the reports on offer."""

from __future__ import annotations

from register.reports.ways import Report, offer


def plug_in() -> None:
    """Put the report on the list."""
    offer(
        Report(
            5,
            "What changed in a period",
            "Added, signed, renewed, ended, overdue; days from draft to signature; refusals; what falls due",
            "reports:period",
        )
    )
