"""The full-text index: an FTS5 table kept by triggers on SQLite, a stored tsvector on PostgreSQL.

A later migration that makes SQLite remake `search_text` must run `forwards` again after it.
"""

from django.db import migrations

COLUMNS = ("references", "title", "bodies", "words")
WEIGHTS = dict(zip(COLUMNS, "ABCD", strict=True))
# Without accents, and with spaces for the signs by which PostgreSQL would keep words together, so
# that words are taken apart as FTS5 does. translate() would be twenty times slower.
FOLDED = (
    r"regexp_replace(regexp_replace(normalize({}, NFKD), '[\u0300-\u036f]', '', 'g'), "
    r"'[-/.@_:&<>+''~#%=?]', ' ', 'g')"
)


def forwards(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        _make_vector(schema_editor)
    else:
        _make_fts(schema_editor)


def backwards(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_text DROP COLUMN IF EXISTS vector")
        return
    for event in ("insert", "update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS search_text_{event}")
    schema_editor.execute("DROP TABLE IF EXISTS search_index")


def _make_vector(schema_editor) -> None:
    quote = schema_editor.connection.ops.quote_name
    parts = [
        f"setweight(to_tsvector('english', {FOLDED.format(quote(column))}), '{weight}')"
        for column, weight in WEIGHTS.items()
    ]
    vector = " || ".join(parts)
    schema_editor.execute(
        f"ALTER TABLE search_text ADD COLUMN vector tsvector GENERATED ALWAYS AS ({vector}) STORED",
        params=None,
    )
    schema_editor.execute("CREATE INDEX search_text_vector ON search_text USING gin (vector)")


def _make_fts(schema_editor) -> None:
    columns = ", ".join(f'"{column}"' for column in COLUMNS)
    old = ", ".join(f'old."{column}"' for column in COLUMNS)
    new = ", ".join(f'new."{column}"' for column in COLUMNS)
    take = (
        f"INSERT INTO search_index(search_index, rowid, {columns}) "
        f"VALUES ('delete', old.version_id, {old});"
    )
    add = f"INSERT INTO search_index(rowid, {columns}) VALUES (new.version_id, {new});"
    backwards(None, schema_editor)
    for statement in (
        f"CREATE VIRTUAL TABLE search_index USING fts5({columns}, content='search_text', "
        "content_rowid='version_id', tokenize='porter unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER search_text_insert AFTER INSERT ON search_text BEGIN {add} END",
        f"CREATE TRIGGER search_text_delete AFTER DELETE ON search_text BEGIN {take} END",
        f"CREATE TRIGGER search_text_update AFTER UPDATE ON search_text BEGIN {take} {add} END",
        "INSERT INTO search_index(search_index) VALUES ('rebuild')",
    ):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
