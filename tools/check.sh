#!/bin/sh
# Everything that can be said of the code without running the tests; the first failure ends it.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

say() { printf '%s ... ' "$1"; }
# Test mode, with data of its own.
in_test() { REGISTER_MODE=test DATA_DIR="${BUILD_DIR:-build}/check" "$@"; }
# What a production server would have: the settings are read as they are there.
in_production() {
  env -u DATABASE_URL -u MIGRATE_DATABASE_URL REGISTER_MODE=production DATA_DIR="${BUILD_DIR:-build}/check" \
    SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    BASE_URL=https://register.example.org ALLOWED_HOSTS=register.example.org \
    EMAIL_URL=smtp+tls://register:word@mail.example.org:587 "$@"
}

mkdir -p "${BUILD_DIR:-build}/check"
say "Format"; ruff format --check --quiet --output-format=concise .; echo "good"
say "Lint"; ruff check --quiet .; echo "good"
say "Types"; in_test mypy --no-error-summary; echo "good"
say "Import floors"; lint-imports >"${BUILD_DIR:-build}/check/imports" 2>&1 ||
  { cat "${BUILD_DIR:-build}/check/imports"; exit 1; }; echo "good"
say "Migrations"; in_test python manage.py makemigrations --check --dry-run
say "Templates"; djlint templates --lint --quiet
say "Settings"; in_production python manage.py check --deploy --fail-level WARNING
