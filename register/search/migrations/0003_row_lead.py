"""Entries by their lead body: what somebody looks after is counted from the index."""

from django.db import migrations, models

SEEN = [
    "reference", "partnership_id", "open_to_partners", "is_archived", "state", "status", "tier",
    "review_on", "document_id",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("search", "0002_full_text")]

    operations = [
        migrations.AddIndex(
            model_name="row",
            index=models.Index(fields=["lead_id", *SEEN], name="search_row_lead"),
        ),
    ]
