"""`vigie digest`: a day's or a week's alerts as the mail says them. `vigie atom`: the alerts as a feed."""

import base64
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, get_args

import typer

from vigie.adapters.feed_file import write_if_changed
from vigie.adapters.ledger import digests as ledger_digests
from vigie.alerts.messages import Message
from vigie.cli import tables
from vigie.cli.lines import Object, write_object
from vigie.cli.sums import AsJson
from vigie.digests.periods import Cadence, Period, find_period
from vigie.errors import UsageError
from vigie.model import Alert, AlertKind
from vigie.settings import read_settings
from vigie.steps import digesting
from vigie.stores import Stores, open_stores
from vigie.wire import dump_object

KINDS: tuple[AlertKind, ...] = get_args(AlertKind)


def digest(
    weekly: Annotated[bool, typer.Option("--weekly", help="A week's, not a day's.")] = False,
    day: Annotated[
        str | None, typer.Option(help="The day it comes on; the last that came by default.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write its HTML to this file, with its pictures in it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """A digest, as it was or would be sent. Nothing is written or sent."""
    with open_stores(read_settings()) as stores:
        period = _period(stores, "weekly" if weekly else "daily", day)
        alert = digesting.find_digest(stores, period) or digesting.make_digest(stores, period)
        message = digesting.build_message(stores, alert)
    if html:
        write_if_changed(html, _whole_page(message).encode(), setting="--html")
    if as_json:
        write_object(_digest(period, alert, message))
    else:
        for line in message.text.splitlines():
            tables.print_line(line)


def atom_feed(
    kind: Annotated[
        list[str] | None, typer.Option(help="topic, watch, communique, operator or digest; several times.")
    ] = None,
    last: Annotated[int, typer.Option(min=1, help="The newest alerts to have in it.")] = 100,
    out: Annotated[Path | None, typer.Option(help="Write it to this file.")] = None,
    as_json: AsJson = False,
) -> None:
    """The alerts as an Atom feed, without those for operators unless they are asked for."""
    from vigie.digests import atom  # and with it a library for XML that no other command needs

    kinds = _kinds(kind or []) or atom.PUBLIC
    settings = read_settings()
    with open_stores(settings) as stores:
        alerts = ledger_digests.newest_alerts(stores.ledger, kinds, last)
    body = atom.build_feed(alerts, page_url=settings.page_url)
    if out:
        write_if_changed(out, body, setting="--out")
    if as_json:
        write_object({"kinds": list(kinds), "file": str(out) if out else None, "entries": _entries(alerts)})
    elif out:
        tables.print_line(f"{out} : {len(alerts)}")
    else:
        sys.stdout.write(body.decode())


def _period(stores: Stores, cadence: Cadence, day: str | None) -> Period:
    if day is None:
        return digesting.last_digest_period(stores, cadence)
    try:
        return find_period(cadence, date.fromisoformat(day.strip()), digesting.timing_of(stores))
    except (ValueError, OverflowError) as error:
        raise UsageError(f"--day: {day}: not a day; write 2026-11-23") from error


def _kinds(asked: list[str]) -> tuple[AlertKind, ...]:
    for name in asked:
        if name not in KINDS:
            raise UsageError(f"--kind: {name}: must be one of {', '.join(KINDS)}")
    return tuple(kind for kind in KINDS if kind in asked)


def _whole_page(message: Message) -> str:
    """The HTML with its pictures in it, to be looked at in a browser."""
    page = message.html or ""
    for picture in message.pictures:
        data = base64.b64encode(picture.png).decode()
        page = page.replace(f'src="cid:{picture.name}"', f'src="data:image/png;base64,{data}"')
    return page


def _digest(period: Period, alert: Alert, message: Message) -> Object:
    return {
        **dump_object(alert),
        "cadence": period.cadence,
        "start": period.start,
        "end": period.end,
        "text": message.text,
        "html_bytes": len((message.html or "").encode()),
        "pictures": len(message.pictures),
    }


def _entries(alerts: list[Alert]) -> list[Object]:
    from vigie.digests import atom

    return [
        {
            "id": atom.entry_id(alert),
            "alert_id": alert.id,
            "kind": alert.kind,
            "title": alert.topic,
            "updated": alert.fired_at,
        }
        for alert in alerts
    ]
