# Airflow's own image with what requirements-production.txt pins, and Vigie in /opt/vigie, which nobody in it may write.
# The slim image: Airflow alone; its version and Python's are those of the lock and of the tests.
FROM apache/airflow:slim-3.3.2-python3.11

# The packages are most of the image and change least: a layer of their own, made anew only with the lock.
COPY requirements-production.txt /tmp/
RUN pip install --no-cache-dir --no-deps --require-hashes -r /tmp/requirements-production.txt

# The folders of named volumes: a new volume takes its owner and mode from here. Elasticsearch, in the same group 0,
# reads its key from `certificates` and writes to `snapshots`.
USER root
RUN install -d -o airflow -g 0 -m 0700 /srv/authority \
    && install -d -o airflow -g 0 -m 0750 /srv/keys /srv/keys/writing /srv/keys/reading \
    && install -d -o airflow -g 0 -m 0755 /srv/certificates \
    && install -d -o airflow -g 0 -m 2770 /srv/snapshots /var/lib/vigie

WORKDIR /opt/vigie
COPY dags dags
COPY plugins plugins
COPY deploy deploy
COPY include include
# Compiled here, since nobody may write here later; readable whatever the checkout's own modes are.
RUN chmod -R a+rX . \
    && python -m compileall -q dags plugins deploy include

ENV PYTHONPATH=/opt/vigie/include \
    PATH="/opt/vigie/deploy/bin:${PATH}"
USER airflow
