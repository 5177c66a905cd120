"""A small world: three feeds, twelve days of past, and a day on which one subject is new. All of it is invented."""

import json
from datetime import timedelta

from demo.newsroom import Newsroom
from tests.cli.desk import Desk
from tests.cli.site import Item, html, published, put_feed

FEEDS = {"palais": "official", "matin": "press", "soir": "press"}
PAST_DAYS = 12
_PAST = (
    (
        "La récolte de pommes sera bonne en Normandie",
        "Les vergers ont profité d'un été doux et de pluies régulières.",
    ),
    (
        "Le budget des communes au menu du Parlement",
        "Les députés examinent les crédits des collectivités locales.",
    ),
    ("Grève des conducteurs de trains jeudi", "Les syndicats du rail demandent une hausse des salaires."),
    (
        "Emmanuel Macron reçoit Olaf Scholz à Paris",
        "Le chef de l'État et le chancelier ont parlé de l'énergie.",
    ),
    ("Le musée de Lille rouvre ses portes", "Les salles de peinture flamande ont été rénovées."),
)
_TODAY = (
    (
        "L'eau de Brévanoux polluée au cobalt",
        "À Brévanoux, une source est polluée au cobalt depuis dimanche.",
    ),
    ("Brévanoux : le maire demande de l'aide", "Le cobalt dans l'eau de Brévanoux inquiète les habitants."),
)
_TODAY_TAIL = (
    "Emmanuel Macron s'est dit attentif à la situation de Brévanoux, où l'eau reste interdite à la boisson."
)
_OFFICIAL_REST = (
    "On n'en sait pas davantage pour le moment, et il faudra sans doute attendre plusieurs jours avant d'y voir plus"
    " clair. Personne n'a voulu en dire plus, ni hier ni ce matin, et chacun s'en tient à ce qui a déjà été dit."
)
"""Keeps the president out of the lead: the palace's articles are no communiqués of his, and the day has one alert."""


def past_lines(newsroom: Newsroom) -> str:
    """What `vigie import` is given: one article a day from each source."""
    lines = []
    for day in range(PAST_DAYS, 0, -1):
        for number, feed in enumerate(FEEDS):
            title, text = _PAST[(day + number) % len(_PAST)]
            at = newsroom.now - timedelta(days=day, hours=number)
            lines.append(
                {
                    "url": f"{newsroom.base_url}/{feed}/passe/{day}",
                    "feed": feed,
                    "title": f"{title} ({day})",
                    "text": f"{text} C'était il y a {day} jours.",
                    "published_at": at.isoformat(),
                }
            )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def open_today(desk: Desk, newsroom: Newsroom) -> None:
    """Serve today's pages and feeds, and follow them."""
    for number, feed in enumerate(FEEDS):
        items = []
        for place, (title, text) in enumerate(_TODAY):
            at = newsroom.now - timedelta(hours=1 + number, minutes=10 * place)
            rest = (_OFFICIAL_REST,) if FEEDS[feed] == "official" else ()
            paragraphs = [text, f"Vu par {feed}.", *rest, _TODAY_TAIL]
            body = html(f"{title}, selon {feed}", paragraphs, published(at.isoformat()))
            link = newsroom.put(f"/{feed}/{place}.html", body)
            items.append(Item(link=link, title=title, date=at))
        if feed == "soir":  # it carries another's article too, and a link that leads nowhere
            items.append(Item(link=f"{newsroom.base_url}/matin/0.html?utm_source=soir", title=_TODAY[0][0]))
            items.append(Item(link=f"{newsroom.base_url}/soir/absente", title="Une brève sans page"))
        put_feed(newsroom, *items, path=f"/{feed}.xml")
    desk.follow(
        *(
            {"id": feed, "url": f"{newsroom.base_url}/{feed}.xml", "kind": kind}
            for feed, kind in FEEDS.items()
        )
    )
    desk.settings["VIGIE_CHANNELS"] = f"json://{newsroom.host_port}/hooks/alerts"


def import_past(desk: Desk, newsroom: Newsroom) -> None:
    """The past, through the command."""
    outcome = desk.call("import", "-", stdin=past_lines(newsroom))
    assert outcome.code == 0, outcome.err
