"""Every DAG file, parsed once by Airflow itself."""

import os

import pytest

from vigie.settings import PROJECT


@pytest.fixture(scope="session")
def dag_bag(tmp_path_factory):
    """Airflow's own reading of dags/, with its files in a temporary folder."""
    home = tmp_path_factory.mktemp("airflow")
    os.environ["AIRFLOW_HOME"] = str(home)  # Airflow reads it when it is first imported
    os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
    os.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] = f"sqlite:///{home / 'airflow.db'}"
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(PROJECT / "dags"))
