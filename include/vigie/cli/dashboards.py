"""`vigie import-dashboards`: what the DAG `setup_search` does for Kibana."""

from vigie.cli.process import set_up_log
from vigie.cli.sums import AsJson, Verbose, finish
from vigie.settings import read_settings
from vigie.steps import dashboards
from vigie.stores import open_stores


def import_dashboards(as_json: AsJson = False, verbose: Verbose = False) -> None:
    """Give Kibana its data views, searches and dashboards, in the place of what they were; see docs/kibana.md."""
    set_up_log(verbose=verbose)
    with open_stores(read_settings()) as stores:
        done = {"dashboards": dashboards.import_dashboards(stores)}
    finish(done, as_json)
