"""Fills an empty database with generated entries, and makes three officers to look at them.

Run as `python -m tests.bench.fill COUNT`. Rows of the documents are written without the ledger, in
batches; readers, read table and search text come from the services that keep them in the product.
"""

import os
import random
import sys
from datetime import timedelta

import django
from django.db import models, transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")
django.setup()

from agreements.models import Agreement, AgreementText  # noqa: E402
from register.accounts.models import User  # noqa: E402
from register.core.dates import today  # noqa: E402
from register.directory.models import Person  # noqa: E402
from register.directory.services import logins, memberships, organisations, partnerships  # noqa: E402
from register.documents.models import Clause, Document, Party, Version  # noqa: E402
from register.documents.services.keeping_up import keep_up  # noqa: E402
from register.ledger.acts import act  # noqa: E402
from register.signing.models import Slot  # noqa: E402
from tests.bench.words import WORDS  # noqa: E402

BY = "system:bench"
BODIES = 200
BATCH = 2_000
RARE = "quixotic"  # stands in one entry
OFTEN = "safeguarding"  # stands in thousands
STATES = ["in_force"] * 7 + ["draft", "superseded", "ended"]
PASSWORD = "a long word for measuring"


def main(count: int) -> None:
    """Make the partnership and the officers, then `count` agreements."""
    partnership = partnerships.add_partnership(by=BY, name="Benchshire Partnership", prefix="BN")
    bodies = [
        organisations.add_organisation(by=BY, legal_name=f"Body {n:03d} of Benchshire Council")
        for n in range(BODIES)
    ]
    members = [
        memberships.add_member(by=BY, partnership=partnership, organisation=body) for body in bodies
    ]
    officers(partnership, members)
    owner = Person.objects.first()
    for start in range(0, count, BATCH):
        with transaction.atomic():
            ids = entries(partnership, bodies, owner, start, min(BATCH, count - start))
            with act(by=BY, verb="bench.filled", quiet=True):
                keep_up(ids)
        print(f"{min(start + BATCH, count):,} entries", file=sys.stderr)


def officers(partnership, members) -> None:
    """A register officer, an officer of one body and an officer of twenty."""
    person = logins.invite(
        by=BY,
        email="all@bench.example",
        name="All",
        role="register_officer",
        partnership=partnership,
    )
    password(person)
    for name, reach in (("one", members[:1]), ("twenty", members[:20])):
        person = None
        for member in reach:
            person = logins.invite(
                by=BY,
                email=f"{name}@bench.example",
                name=name.title(),
                person=person,
                role="body_officer",
                membership=member,
            )
        password(person)


def password(person) -> None:
    """Give a person's login the password that the measuring uses."""
    user = User.objects.get(pk=person.user_id)
    user.set_password(PASSWORD)
    user.save()


def entries(partnership, bodies, owner, start: int, count: int) -> list[int]:
    """Write `count` agreements with a version, texts, parties, clauses and slots each."""
    chance = random.Random(start)
    documents = write(
        Document,
        [
            Document(
                reference=f"BN-A-{start + n + 1:06d}",
                partnership=partnership,
                tier=3,
                owner=owner,
                lead=chance.choice(bodies),
                review_on=today() + timedelta(days=chance.randrange(-300, 900)),
                visibility="parties" if chance.random() < 0.3 else "partnership",
            )
            for n in range(count)
        ],
    )
    versions = write(Version, [version(document, chance) for document in documents])
    write(Agreement, [Agreement(document=document) for document in documents])
    write(AgreementText, [AgreementText(version=v, purpose=text(v, chance)) for v in versions])
    hang(versions, bodies, chance)
    return [document.pk for document in documents]


def version(document, chance) -> Version:
    """A version in one of the usual states; frozen columns stay empty, nobody signs these."""
    state = chance.choice(STATES)
    title = " ".join(chance.sample(WORDS, 4)).capitalize()
    return Version(
        document=document,
        number=1,
        title=f"{title} {document.reference[-4:]}",
        state=state,
        is_admitted=state != "draft",
    )


def text(version, chance) -> str:
    """Some eighty words; one entry has a rare one."""
    words = chance.choices(WORDS, k=80)
    if version.document.reference.endswith("000500"):
        words.append(RARE)
    return f"<p>{' '.join(words)}</p>"


def hang(versions, bodies, chance) -> None:
    """Parties, clauses and slots."""
    parties = [
        Party(version=version, organisation=body, position=place)
        for version in versions
        for place, body in enumerate(chance.sample(bodies, 4))
    ]
    write(Party, parties)
    write(
        Clause,
        [
            Clause(
                version=version,
                position=place,
                heading=f"Clause {place}",
                text=text(version, chance),
            )
            for version in versions[::20]
            for place in range(10)
        ],
    )
    write(
        Slot,
        [Slot(version=party.version, organisation=party.organisation) for party in parties[::2]],
    )


def write(model, rows: list) -> list:
    """Write rows as they are, without history: a generated register has none."""
    return models.QuerySet(model).bulk_create(rows, batch_size=1_000)


if __name__ == "__main__":
    main(int(sys.argv[1]))
