"""What one answer says of a feed. Pure: the moment of the answer is its clock."""

from vigie.dates.choosing import AHEAD_TOLERANCE
from vigie.feeds.conditions import Condition, Verdict, number_of
from vigie.feeds.parse import ParsedFeed, find_challenge
from vigie.model import Feed, Page
from vigie.plaintext import decode_text

SAID_OF_FAULTS: dict[Condition, str] = {
    "timeout": "Pas de réponse dans le temps imparti.",
    "dns": "Le nom du serveur est inconnu (DNS).",
    "tls": "La connexion chiffrée échoue (TLS).",
    "unreachable": "Le serveur ne répond pas ou coupe la connexion.",
    "private": "L'adresse mène à un réseau privé, elle n'est pas suivie.",
    "redirects": "Trop de redirections.",
    "too-large": "Réponse trop grande, abandonnée.",
    "unreadable": "Réponse illisible, ou redirection vers autre chose qu'une adresse web.",
    "waiting": "Le serveur demande d'attendre ; rien n'a été envoyé.",
}
"""Of a request that got no answer; the fault itself is kept beside it."""
_STILL: dict[Condition, str] = {
    "empty": "le flux est toujours sans entrée",
    "future-dates": "des dates y sont toujours dans le futur",
    "missing-dates": "la plupart des entrées y sont toujours sans date lisible",
}
"""What the body said that a 304 stands for."""


def judge_answer(page: Page, parsed: ParsedFeed | None, feed: Feed, *, same_body: bool = False) -> Verdict:
    """The verdict on an answer; on a 304 that was asked for: `judge_unchanged`.

    `parsed` is None when its status says that there is nothing to parse. `same_body` is true of the bytes of the last
    time.
    """
    if page.status == 200 and parsed is not None:
        return _judge_body(page, parsed, feed, same_body=same_body)
    said = f"(HTTP {page.status})"
    if page.status not in (404, 410) and find_challenge(decode_text(page.body[:20_000])):
        return Verdict(condition="challenge", sentence=f"Une page de défi à la place du flux {said}.")
    return _judge_status(page.status, said)


def judge_unchanged(before: Condition) -> Verdict:
    """The verdict on a 304 that was asked for: what the last body said still holds."""
    if still := _STILL.get(before):
        return Verdict(condition=before, sentence=f"Rien de nouveau (304) ; {still}.")
    return Verdict(condition="unchanged", sentence="Rien de nouveau (304).")


def _judge_status(status: int, said: str) -> Verdict:
    match status:
        case 410:
            return Verdict(condition="gone", sentence=f"Supprimé pour de bon par l'éditeur {said}.")
        case 404:
            return Verdict(condition="not-found", sentence=f"Introuvable à cette adresse {said}.")
        case 401 | 403 | 451:
            return Verdict(condition="refused", sentence=f"Accès refusé {said}.")
        case 429 | 503:
            return Verdict(condition="busy", sentence=f"Le serveur est débordé et demande d'attendre {said}.")
        case _ if status >= 500:
            return Verdict(condition="server-error", sentence=f"Panne du serveur {said}.")
        case _:
            return Verdict(condition="unexpected", sentence=f"Réponse inattendue {said}.")


def _judge_body(page: Page, parsed: ParsedFeed, feed: Feed, *, same_body: bool) -> Verdict:
    count = len(parsed.entries)
    match parsed.fault:
        case "challenge":
            return Verdict(
                condition="challenge", sentence="Une page de défi à la place du flux, avec un statut 200."
            )
        case "html":
            return Verdict(condition="html", sentence="Une page HTML à la place du flux.")
        case "empty-body":
            return Verdict(condition="empty-body", sentence="Réponse vide : pas un octet de flux.")
        case "not-a-feed" | "no-match":
            return Verdict(condition=parsed.fault, sentence=f"{parsed.problem}.")
        case "parse-error":
            return Verdict(condition="parse-error", sentence=_say_kept(parsed))
    if not count:
        return Verdict(condition="empty", sentence="Flux bien formé, sans aucune entrée.")
    verdict = _judge_dates(page, parsed, feed)
    return (
        verdict.noting("Rien n'a changé.", "unchanged")
        if same_body and verdict.condition == "ok"
        else verdict
    )


def _say_kept(parsed: ParsedFeed) -> str:
    count = len(parsed.entries)
    if not count:
        return f"Flux mal formé, aucune entrée lisible : {parsed.problem}."
    of = f" sur {parsed.announced}" if parsed.announced > count else ""
    kept = "elle est gardée" if count == 1 else f"les {count} sont gardées"
    return f"Erreur après {number_of(count, 'entrée')}{of}, {kept} : {parsed.problem}."


def _judge_dates(page: Page, parsed: ParsedFeed, feed: Feed) -> Verdict:
    """A listing or a sitemap often has no dates; a feed has, and they are past."""
    count = len(parsed.entries)
    verdict = Verdict(condition="ok", sentence=f"{number_of(count, 'entrée')}.")
    latest = page.fetched_at + AHEAD_TOLERANCE
    ahead = sum(entry.published is not None and entry.published.at > latest for entry in parsed.entries)
    undated = sum(entry.published is None for entry in parsed.entries)
    if ahead:
        verdict = verdict.noting(f"Dates dans le futur : {ahead} sur {count}.", "future-dates")
    if undated and feed.source == "feed":
        condition: Condition | None = "missing-dates" if not ahead and 2 * undated > count else None
        verdict = verdict.noting(f"Sans date lisible : {undated} sur {count}.", condition)
    return verdict
