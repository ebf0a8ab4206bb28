"""The tracked rows of an import, written again by simple-history's own bulk_create_with_history.

`python -m tests.bench.same_rows read FILE` puts them into a file, `write FILE` writes them into a
register that has the same bodies and no entries, and prints seconds and rows as JSON.
"""

import json
import os
import pickle
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")
django.setup()

from django.db.models import QuerySet  # noqa: E402
from simple_history.utils import bulk_create_with_history  # noqa: E402

from agreements.models import Agreement, AgreementText  # noqa: E402
from register.documents.models import (  # noqa: E402
    Document,
    ExternalReference,
    Party,
    Version,
)
from register.ledger.tracked import TrackedQuerySet  # noqa: E402
from register.signing.models import Slot  # noqa: E402

MODELS = (Document, Agreement, Version, AgreementText, Party, ExternalReference, Slot)
BATCH = 500


def read(file: Path) -> None:
    """Keep all columns of all rows."""
    with file.open("wb") as out:
        for model in MODELS:
            names = [field.attname for field in model._meta.concrete_fields]
            pickle.dump(list(model._base_manager.order_by("pk").values(*names)), out)


def write(file: Path) -> None:
    """Write them with history, a batch a transaction as anybody would; reading the file is not counted."""
    # The register keeps this way shut; what it costs is what is asked here.
    TrackedQuerySet.bulk_create = QuerySet.bulk_create
    seconds, count = 0.0, 0
    with file.open("rb") as held:
        for model in MODELS:
            rows = pickle.load(held)
            count += len(rows)
            for start in range(0, len(rows), BATCH):
                some = rows[start : start + BATCH]
                started = time.perf_counter()
                made = [model(**row) for row in some]
                bulk_create_with_history(made, model, batch_size=BATCH, default_change_reason="")
                seconds += time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "rows": count}))


if __name__ == "__main__":
    {"read": read, "write": write}[sys.argv[1]](Path(sys.argv[2]))
