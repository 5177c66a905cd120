"""The README's pictures, from the demo's data: `python -m docs.pictures VIGIE_HOME` with the home that `make demo` left.

The page is served as it is, in Debian's Chromium; each picture is small, of one screen, in light colours and French.
"""

import sys
from contextlib import ExitStack
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.browser.chromium import running_chromium
from tests.browser.site import served_page
from vigie.adapters.index.port import Question
from vigie.adapters.ledger.alerts import recent_alerts
from vigie.settings import Settings
from vigie.stores import Stores

FOLDER = Path(__file__).parent / "pictures"
WIDTH, HEIGHT = 1200, 900
MOST_BYTES = 200_000


def main(home: Path) -> None:
    """Draw each picture anew."""
    FOLDER.mkdir(exist_ok=True)
    with ExitStack() as stack:
        stores = _frozen_stores(home, stack)
        site = stack.enter_context(served_page(stores))
        browser = stack.enter_context(running_chromium())
        tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="fr-FR")
        for name, path in _subjects(stores).items():
            answer = tab.goto(site + path)
            if answer is None or answer.status != 200:
                sys.exit(f"{path} answers {answer.status if answer else 'nothing'}")
            _draw(tab, FOLDER / f"{name}.png")


def _frozen_stores(home: Path, stack: ExitStack) -> Stores:
    """The stores of a home, as they were just after its last alert: "il y a 5 minutes" stays true."""
    alerts = recent_alerts(Stores(Settings(home=home), stack).ledger)
    last = max(alert.fired_at for alert in alerts)
    return Stores(Settings(home=home, now=last + timedelta(minutes=5)), stack)


def _subjects(stores: Stores) -> dict[str, str]:
    """Which screens: the day, a search, an article with much to mark, the new topic."""
    (topic, *_) = [alert for alert in recent_alerts(stores.ledger) if alert.kind == "topic"]
    hits = stores.index.search(Question(kinds=("official",), sort="date", size=20)).hits
    richest = max(hits, key=lambda hit: len(hit.document["leaders"]) + 2 * len(hit.document["quotes"]))
    return {
        "today": "/",
        "search": "/search?q=eau",
        "article": f"/articles/{richest.id}",
        "topic": f"/topics/{topic.about}",
    }


def _draw(tab: Page, path: Path) -> None:
    """Some 60 colours are all that the page has; text stays sharp and the file small."""
    picture = Image.open(BytesIO(tab.screenshot())).convert("RGB")
    few = picture.quantize(colors=96, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    size = path.stat().st_size
    if size > MOST_BYTES:
        sys.exit(f"{path} has {size} bytes, more than {MOST_BYTES}")
    sys.stdout.write(f"{path.name}: {size // 1000} kB\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"{__doc__.strip()}")
    main(Path(sys.argv[1]))
