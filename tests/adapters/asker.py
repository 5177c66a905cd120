"""A worker of its own process: asks for pages politely, and says what came. `python -m tests.adapters.asker URL…`.

It says "ready", begins at a line of standard input, and says when, by the machine's monotonic clock. Settings come from the environment: LEDGER, HOST, DELAY_S.
"""

import os
import sys
import time
from datetime import UTC, datetime

from vigie.adapters.ledger import open_ledger
from vigie.adapters.web.client import WebClient
from vigie.adapters.web.polite import PoliteWeb
from vigie.errors import VigieError


def main() -> None:
    """Ask for each address in turn."""
    ledger = open_ledger(os.environ["LEDGER"])
    client = WebClient(
        user_agent="Essai", allowed_private_hosts=frozenset({os.environ["HOST"]}), timeout_s=20
    )
    web = PoliteWeb(
        client,
        ledger,
        delay_s=float(os.environ["DELAY_S"]),
        user_agent="Essai",
        clock=lambda: datetime.now(UTC),
        timeout_s=20,
    )
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(f"{time.monotonic()}\n")
    for url in sys.argv[1:]:
        try:
            sys.stdout.write(f"{web.fetch_page(url).status}\n")
        except VigieError as error:
            sys.stdout.write(f"{error}\n")
        sys.stdout.flush()
    ledger.close()


if __name__ == "__main__":
    main()
