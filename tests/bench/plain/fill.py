"""Makes the tables of the plain admin, its officer, and COUNT agreements: `python -m tests.bench.plain.fill COUNT`."""

import random
import sys

import django
from django.core.management import call_command

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from simple_history.utils import bulk_create_with_history  # noqa: E402

from tests.bench.installation import PASSWORD  # noqa: E402
from tests.bench.plain.models import Agreement, Body, Party, Placing, Text, Version  # noqa: E402

BODIES, BATCH, PARTIES = 200, 1_000, 4


def main(count: int) -> None:
    """Tables, officer, bodies, agreements; every row with its history."""
    # The tables of Django's own applications first: ours point to them.
    call_command("migrate", verbosity=0, interactive=False)
    call_command("migrate", run_syncdb=True, verbosity=0)
    User.objects.create_superuser("all", "all@bench.example", PASSWORD)
    bodies = Body.objects.bulk_create(Body(name=f"Body {n:03d}") for n in range(BODIES))
    for start in range(0, count, BATCH):
        agreements(start, min(BATCH, count - start), bodies)


def agreements(start: int, count: int, bodies: list[Body]) -> None:
    """A batch of agreements with version, place, texts and parties."""
    chance = random.Random(start)
    made = written(
        Agreement,
        [
            Agreement(reference=f"BN-A-{start + n + 1:06d}", lead=chance.choice(bodies))
            for n in range(count)
        ],
    )
    written(Version, [Version(agreement=each, title=f"Title {each.reference}") for each in made])
    written(Placing, [Placing(agreement=each) for each in made])
    written(Text, [Text(agreement=each, purpose="<p>To measure.</p>") for each in made])
    written(
        Party,
        [
            Party(agreement=each, body=body, position=place)
            for each in made
            for place, body in enumerate(chance.sample(bodies, PARTIES))
        ],
    )


def written(model, rows: list) -> list:
    """Write rows with their history."""
    return bulk_create_with_history(rows, model, batch_size=500)


if __name__ == "__main__":
    main(int(sys.argv[1]))
