#!/bin/sh
# Makes the two roles of the register in a new PostgreSQL: register_owner owns the database and its tables,
# register_app works in it and cannot alter evidence. Run once by the database's image, as its superuser.
set -eu
psql --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE register_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE register_app LOGIN PASSWORD :'app_password';
CREATE DATABASE register OWNER register_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE register FROM PUBLIC;
GRANT CONNECT ON DATABASE register TO register_app;
SQL
