#!/bin/sh
# Brings the database up to date, as the owner of the tables where MIGRATE_DATABASE_URL names one.
# The cache table comes first, so that the rights given after the migrations cover it.
set -eu
cd "$(dirname "$0")/.."
python="${PYTHON:-.venv/bin/python}"
database=default
[ -z "${MIGRATE_DATABASE_URL:-}" ] || database=owner
"$python" manage.py createcachetable --database "$database" --verbosity 0
"$python" manage.py migrate --database "$database" --noinput --verbosity "${VERBOSITY:-1}"
