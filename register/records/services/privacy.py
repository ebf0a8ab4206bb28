"""Who answers for the register's own use of personal data."""

from __future__ import annotations

from register.core.conflicts import expect
from register.core.verdicts import require
from register.directory.models import Partnership
from register.ledger.acts import act, keep
from register.records.models import PrivacyDetails
from register.records.permissions import may_keep_records


def details_of(partnership: Partnership) -> PrivacyDetails:
    """The details of a partnership; an empty row, not saved, where nobody has entered them."""
    found = PrivacyDetails.objects.filter(partnership=partnership).first()
    return found or PrivacyDetails(partnership=partnership)


def save_details(*, by, partnership: Partnership, row_version: int, **facts) -> PrivacyDetails:
    """Save who is controller and how to reach the data protection officer."""
    with act(by=by, verb="privacy.changed", subject=partnership, quiet=True):
        place = Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
        require(may_keep_records(by, place))
        row = details_of(place)
        expect(row, row_version)
        before = {name: getattr(row, name) for name in facts}
        for name, value in facts.items():
            setattr(row, name, value)
        if row.pk is None or before != facts:
            row.row_version += row.pk is not None
            row.full_clean()
            keep(row)
    return row
