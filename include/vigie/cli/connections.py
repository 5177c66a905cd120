"""Airflow's connections for a command: Airflow is imported when a channel asks for one, and not before."""

import sys
from contextlib import redirect_stdout

from vigie.adapters.channels.secrets import Connection


def read_connection(conn_id: str) -> Connection:
    """Airflow's connection of this id; `UsageError` when there is none. What Airflow prints goes to standard error."""
    with redirect_stdout(sys.stderr):
        from vigie.airflow import read_connection as read

        return read(conn_id)
