"""Keeping the information assets of bodies."""

from __future__ import annotations

from agreements.flows.models import Asset
from agreements.flows.permissions import may_keep_assets
from register.core.conflicts import expect
from register.core.verdicts import require
from register.directory.models import Organisation
from register.ledger.acts import act


def add_asset(*, by, organisation: Organisation, name: str, **facts) -> Asset:
    """Record an information asset of a body. Raises ValidationError for a name that it has already."""
    asset = Asset(organisation=organisation.surviving, name=" ".join(name.split()), **facts)
    with act(by=by, verb="asset.added", subject=asset):
        require(may_keep_assets(by, organisation))
        asset.full_clean()
        asset.save()
    return asset


def change_asset(*, by, asset: Asset, row_version: int, **facts) -> Asset:
    """Change what is recorded of an asset. Raises Conflict."""
    with act(by=by, verb="asset.changed", subject=asset, quiet=True):
        row = Asset.objects.select_for_update().get(pk=asset.pk)
        require(may_keep_assets(by, row.organisation))
        expect(row, row_version)
        if any(getattr(row, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(row, name, value)
            row.row_version += 1
            row.full_clean()
            row.save()
    return row
