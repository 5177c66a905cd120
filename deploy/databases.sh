#!/usr/bin/env bash
# PostgreSQL's two databases, each with a user of its own who may not look into the other.
# Run once by the image's entry point, as its superuser, when the data folder is new.
set -euo pipefail

make_database() { # name password
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
        --set name="$1" --set password="$2" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name" ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
}

make_database airflow "$AIRFLOW_DB_PASSWORD"
make_database vigie "$LEDGER_DB_PASSWORD"
