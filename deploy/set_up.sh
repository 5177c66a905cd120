#!/usr/bin/env bash
# The container `set-up`: what must be there before the others start. Every line may run again and then changes nothing.
set -euo pipefail
umask 0027

airflow db migrate
airflow users create --role Admin --username admin --password "$AIRFLOW_ADMIN_PASSWORD" \
    --firstname Vigie --lastname Admin --email admin@localhost
python -m deploy.search
