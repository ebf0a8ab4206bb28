"""The register's list as CSV the raw way: COPY on PostgreSQL, csv.writer over the same SELECT on SQLite.

`python -m tests.bench.copying` prints the seconds as JSON. The columns are those of the export, the
names of each entry's bodies among them.
"""

import csv
import io
import json
import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")
django.setup()

from django.db import connection  # noqa: E402

COLUMNS = ("reference, title, tier_word, kind, status, version_number, community_name, "
           "parent_reference, lead_name, owner_name, {bodies}, parties, signed, slots, in_force_on, "
           "ends_on, review_on, is_outside, changed_at")  # fmt: skip
BODIES = (
    "(SELECT {gather}(o.legal_name, '; ') FROM search_rowbody b "
    "JOIN directory_organisation o ON o.id = b.organisation_id WHERE b.row_id = r.document_id)"
)
SELECT = "SELECT {columns} FROM search_row r ORDER BY review_on, reference"


def main() -> None:
    """Copy, and print how long it took."""
    is_postgresql = connection.vendor == "postgresql"
    gather = "string_agg" if is_postgresql else "group_concat"
    sql = SELECT.format(columns=COLUMNS.format(bodies=BODIES.format(gather=gather)))
    out = io.StringIO()
    with connection.cursor() as cursor:
        started = time.perf_counter()
        if is_postgresql:
            cursor.cursor.copy_expert(f"COPY ({sql}) TO STDOUT WITH CSV HEADER", out)
        else:
            cursor.execute(sql)
            writer = csv.writer(out)
            while rows := cursor.fetchmany(1_000):
                writer.writerows(rows)
        taken = time.perf_counter() - started
    print(json.dumps({"seconds": taken}))


if __name__ == "__main__":
    main()
