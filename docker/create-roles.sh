#!/bin/sh
# Run once by the PostgreSQL image, on an empty volume: the portal's roles, and their passwords.
set -eu
psql --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --file "${ROLES:-/roles.sql}"
psql --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set database="$POSTGRES_DB" --set owner="$OWNER_PASSWORD" --set app="$APP_PASSWORD" <<'SQL'
ALTER ROLE cqi_owner PASSWORD :'owner';
ALTER ROLE cqi_app PASSWORD :'app';
ALTER DATABASE :"database" OWNER TO cqi_owner;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO cqi_app;
SQL
