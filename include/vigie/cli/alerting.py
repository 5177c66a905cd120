"""`vigie alerts`: what was told, why, and where it went."""

from datetime import datetime

import typer

from vigie.adapters.ledger import alerts as ledger_alerts
from vigie.adapters.ledger import reports
from vigie.cli import printing
from vigie.cli.asking import AsJson
from vigie.cli.lines import Object, write_object
from vigie.model import Alert
from vigie.settings import read_settings
from vigie.stores import open_stores
from vigie.wire import dump_object

app = typer.Typer(help="The alerts so far, with why, and where they went.", rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def alerts(context: typer.Context, as_json: AsJson = False) -> None:
    """The alerts so far, with why, and where they went."""
    if context.invoked_subcommand:
        return
    with open_stores(read_settings()) as stores:
        found = ledger_alerts.recent_alerts(stores.ledger)
        deliveries = reports.alert_deliveries(stores.ledger)
    if as_json:
        write_object({"alerts": [_alert(alert, deliveries.get(alert.id, [])) for alert in found]})
        return
    printing.print_alerts(found, deliveries)


def _alert(alert: Alert, deliveries: list[tuple[str, str, datetime | None]]) -> Object:
    sent = [{"channel": label, "state": state, "sent_at": at} for label, state, at in deliveries]
    return {**dump_object(alert), "deliveries": sent}
