"""Makes one entry that was changed a hundred times: `python -m tests.bench.fill_changed` after `fill`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")
django.setup()

from register.directory.models import Organisation, Partnership  # noqa: E402
from register.documents.models import Version  # noqa: E402
from register.documents.services.drafting import change_version, start  # noqa: E402

BY = "system:bench"
WORD = "hundredfold"  # stands in its title alone
ACTS = 100


def main() -> None:
    """Start the entry and change its title, where it is not there yet."""
    if Version.objects.filter(title__startswith="Hundredfold").exists():
        return
    version = start(
        by=BY,
        partnership=Partnership.objects.get(prefix="BN"),
        tier=3,
        title=WORD.title(),
        lead=Organisation.objects.order_by("pk").first(),
    )
    for place in range(1, ACTS):
        version = change_version(
            by=BY,
            version=version,
            row_version=version.row_version,
            title=f"{WORD.title()} {place}",
        )


if __name__ == "__main__":
    main()
