#!/bin/sh
# Everything that can be said of the code without running the tests. The checks run side by side, and each
# tells what it found; it ends well where all of them did.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
found="${BUILD_DIR:-build}/check"

# Test mode, with data of its own.
in_test() { REGISTER_MODE=test DATA_DIR="$found" "$@"; }
# What a production server would have: the settings are read as they are there.
in_production() {
  env -u DATABASE_URL -u MIGRATE_DATABASE_URL REGISTER_MODE=production DATA_DIR="$found" \
    SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    BASE_URL=https://register.example.org ALLOWED_HOSTS=register.example.org \
    EMAIL_URL=smtp+tls://register:word@mail.example.org:587 "$@"
}
# Runs a check, keeps what it says, and tells it in one piece when it has ended.
run() {
  title="$1" said="$found/$2"
  shift 2
  if "$@" >"$said" 2>&1; then
    echo "$title ... good"
  else
    { echo "$title ... not good"; cat "$said"; } >&2
    return 1
  fi
}

# The longest goes alone beside all the others, so that two processors are busy.
mkdir -p "$found"
run Types types in_test mypy --no-error-summary &
types=$!
ended=0
run Format format ruff format --check --quiet --output-format=concise . || ended=1
run Lint lint ruff check --quiet . || ended=1
run "Import floors" imports lint-imports || ended=1
run Migrations migrations in_test python manage.py makemigrations --check --dry-run || ended=1
run "Safe migrations" safe_migrations in_test python manage.py lint_migrations || ended=1
run Templates templates djlint templates --lint --quiet || ended=1
run Settings settings in_production python manage.py check --deploy --fail-level WARNING || ended=1
wait "$types" || ended=1
exit "$ended"
