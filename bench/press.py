"""An invented press: for each feed some entries, for each entry a page of a usual length. The same every time."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
WHO = (
    "Le maire", "La préfète", "Une habitante", "Le directeur de l'école", "La présidente du conseil régional",
    "Le président de la République", "Un pêcheur", "La ministre de la Culture", "Le chef des pompiers",
    "Une équipe de chercheurs", "Le conseil municipal", "La patronne de la scierie",
)  # fmt: skip
DID = (
    "a présenté", "a visité", "veut rénover", "refuse de fermer", "a promis de financer", "a inauguré", "défend",
    "critique", "compte agrandir", "a fait repeindre", "cherche à vendre", "a retrouvé",
)  # fmt: skip
WHAT = (
    "le marché couvert", "une passerelle de bois", "la bibliothèque", "le petit train de la vallée", "un lavoir",
    "les serres du parc", "la halle aux grains", "un atelier de vélos", "le phare", "la ligne d'autocar",
    "une collection de cartes", "le barrage",
)  # fmt: skip
WHERE = (
    "à Lannion", "près de Cahors", "dans le port de Sète", "au nord de Lille", "sur les quais de la Saône",
    "dans un village du Jura", "à Pointe-à-Pitre", "au pied du Ventoux", "à Bayonne", "en Lorraine",
)  # fmt: skip
WHY = (
    "pour attirer les visiteurs", "faute de moyens", "après deux ans de travaux", "malgré l'avis des riverains",
    "comme annoncé au printemps", "avec l'aide de l'État", "à la surprise générale", "avant l'hiver",
)  # fmt: skip
SENTENCES = 24
MENU_LINKS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """So many feeds with so many entries each; `number` below counts from 0."""

    feeds: int
    entries: int

    def feed_body(self, number: int, base: str) -> bytes:
        """The RSS of one feed; `base` is where its host is."""
        items = "".join(_item(number, entry, base) for entry in range(self.entries))
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>Journal {number}</title><link>{base}/</link>{items}</channel></rss>"
        ).encode()

    def page_body(self, number: int, entry: int) -> bytes:
        """The page of one entry: text among a menu, links and scripts, as pages are."""
        title, sentences = _story(number, entry)
        paragraphs = "".join(
            f"<p>{' '.join(sentences[start : start + 3])}</p>" for start in range(0, len(sentences), 3)
        )
        published = _published(entry).isoformat()
        menu = "".join(
            f'<li><a href="/rubrique/{link}">Rubrique {link}</a></li>' for link in range(MENU_LINKS)
        )
        return (
            f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title} - Journal {number}</title>'
            f'<meta property="article:published_time" content="{published}">'
            f"<script>var page = {list(range(200))};</script></head><body><nav><ul>{menu}</ul></nav>"
            f"<main><article><h1>{title}</h1>{paragraphs}</article></main>"
            f"<footer><p>Journal {number}, tous les jours. Mentions légales. Contact.</p></footer></body></html>"
        ).encode()

    def story_text(self, number: int, entry: int) -> str:
        """The text alone."""
        return "\n".join(_story(number, entry)[1])


def _item(number: int, entry: int, base: str) -> str:
    title, sentences = _story(number, entry)
    return (
        f"<item><title>{title}</title><link>{base}/page/{entry}</link><guid>{number}-{entry}</guid>"
        f"<description>{sentences[0]}</description><pubDate>{format_datetime(_published(entry))}</pubDate></item>"
    )


def _published(entry: int) -> datetime:
    return START - timedelta(minutes=7 * entry + 5)


def _story(number: int, entry: int) -> tuple[str, list[str]]:
    chance = random.Random(number * 100_003 + entry)  # noqa: S311 - the same story every time, no secret
    sentences = [_sentence(chance) for _ in range(SENTENCES)]
    return sentences[0].rstrip("."), sentences


def _sentence(chance: random.Random) -> str:
    year = chance.randint(1950, 2025)
    words = [chance.choice(part) for part in (WHO, DID, WHAT, WHERE, WHY)]
    return f"{' '.join(words)}, écrit un journal de {year}."
