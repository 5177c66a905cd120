"""Who wrote an article, as the page's byline names them. Pure.

JSON-LD says it best (an author may be a reference to a person elsewhere in the graph), then meta tags, then the byline
that readers see. Names come without "Par", job titles and places. An agency that the byline names ("avec AFP") is an
author; the site's own name is one only where nobody else is named.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from vigie.pages.json_ld import JsonLd, Node, is_organization
from vigie.pages.tree import plain_line

MAX_AUTHORS = 20
MAX_NAME_CHARS = 60
MAX_NAME_WORDS = 6
MAX_BYLINE_CHARS = 160
MAX_BYLINES = 10
MAX_NODES = 5_000
MAX_OPENING_WORDS = 10
MAX_PARTS = 3

_META_NAMES = (
    "author", "article:author", "og:article:author", "dc.creator", "dc:creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "byl", "cxenseparse:author", "citation_author", "og:author", "twitter:creator:name",
)  # fmt: skip
_LEAD_RE = re.compile(
    r"^(?:(?:propos )?recueillis? par|une? (?:enquête|reportage|analyse|article|chronique|tribune) de|texte ?:?|photos? ?:?"
    r"|(?:zeige |view |see |voir )?(?:alle |all |tous les )?(?:beiträge|posts|articles|archives) (?:von|by|de)"
    r"|written by|words by|story by|reported by|posted by|article by|publié par|posté par|rédigé par|écrit par|signé|auteure?s? ?:"
    r"|authors? ?:|autor(?:en|in|es)? ?:|redac(?:ción|tor) ?:|text ?:|ein (?:beitrag|artikel|kommentar|gastbeitrag) von|par|by|von|por|de notre|di|door|av|af|przez)(?=[\s:])[\s:]*",
    re.IGNORECASE,
)
_SPLIT_RE = re.compile(r"\s*(?:[,;|/•·]|\s(?:et|[Aa]nd|und|y|e|och|og|en|i|&|\+|with|avec|mit)\s)\s*")
_PARENTHESES_RE = re.compile(r"\s*[(\[]([^)\]]{1,80})[)\]]")
_TAIL_RE = re.compile(
    r"(?:\s+[-–—|]\s+.*|:\s+.*|\s+(?i:for|pour|für) (?i:the |le |la |die )?[A-Z].*|\s+à [A-ZÉ].*|\s+in [A-Z]\w+$"
    r"|,?\s+(?i:envoyée? spéciale?|correspondante?|journaliste|[Cc]hefredakteur(?:in)?|reporter|correspondent|staff writer|ph\.?d|md)\b.*)$",
)
_ADDRESS_RE = re.compile(r"https?:|www\.|@|\.(?:com|net|fr)/")
_NOT_A_NAME_RE = re.compile(
    r"[<>{}=]|\d{3}|^(?:le|la|les|par|by|von|por|the|der|die|das|admin|webmaster|root|user|anonymous|null|none|undefined|unknown)$",
    re.IGNORECASE,
)
_ROLE_RE = re.compile(
    r"^(?:journalistes?|reporters?|correspondante?s?|correspondents?|editors?|éditeurs?|rédact(?:eur|rice)(?: en chef)?|chef(?:fe)? .*"
    r"|grand reporter|envoyée? spéciale?.*|senior .*|staff writers?|freelance.*|contributors?|professeure? .*|maître .*|directeur .*|directrice .*"
    r"|posted|phd|md|dr|(?:\w+ )?(?:editor|reporter|correspondent|writer)|autor(?:in)?|redakteur(?:in)?|service .*|publié .*|mis à jour.*|published.*|updated.*)$",
    re.IGNORECASE,
)
_BYLINE_CLASS_RE = re.compile(
    r"(?:^|[\s_-])(?:authors?|auteurs?|autor(?:es|en)?|signatures?)(?=$|[\s_-])|byline", re.IGNORECASE
)
_BYLINE_TAGS = ("a", "span", "p", "div", "address", "strong", "b", "cite", "li")
_ASIDE = frozenset(("aside", "footer", "nav", "form"))
_ASIDE_RE = re.compile(
    r"comment|related|recommend|sidebar|teaser|footer|newsletter|most-read|widget", re.IGNORECASE
)
_NAME_RE = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'.-]*\s+(?:(?:de|du|des|la|le|von|van|der|den|da|di|del|al|el|bin|d['’])\s+)*){1,3}[A-ZÀ-Þ][\w’'.-]+"
    r"|[A-ZÀ-Þ][\w-]+$"
)
_OPENING_RE = re.compile(r"(?:Par|By|Von|Por|PAR|BY|VON|POR)\s(?=[A-ZÀ-Þ]|$)")


def read_authors(tree: Any, metas: Mapping[str, str], article: Node, json_ld: JsonLd) -> tuple[str, ...]:
    """The names in the order of the byline, each once; empty where nobody is named."""
    site = _site_names(metas, article, json_ld)
    stated = tuple(_of_json_ld(article.get("author"), json_ld))
    metas_say = (_without_site(metas.get(name, ""), site) for name in _META_NAMES)
    for lines in (stated, *((line,) for line in metas_say), *((line,) for line in _bylines(tree))):
        if names := _clean(lines, site):
            return names
    return _clean(stated, frozenset())


def split_byline(line: str) -> Iterator[str]:
    """The names in "Par Anne Colin et Luc Petit (à Kiev), avec AFP"."""
    line = _LEAD_RE.sub("", plain_line(line).strip(" :,-–—|"))
    if _ADDRESS_RE.search(line):
        return
    inside = [name for m in _PARENTHESES_RE.finditer(line) if (name := m[1]).isupper() and len(name) <= 10]
    for part in (*_SPLIT_RE.split(_PARENTHESES_RE.sub(" ", line)), *inside):
        name = part
        for _ in range(3):
            name = _LEAD_RE.sub("", name.strip(" :,.-–—|'\""))
        name = _TAIL_RE.sub("", name).strip(" :,-–—|'\"")
        if _is_name(name):
            yield name


def _is_name(text: str) -> bool:
    return (
        1 < len(text) <= MAX_NAME_CHARS
        and len(text.split()) <= MAX_NAME_WORDS
        and not _NOT_A_NAME_RE.search(text)
        and not _ROLE_RE.match(text)
    )


def _clean(stated: Iterable[str], site: frozenset[str]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for line in stated:
        for name in split_byline(line):
            key = _fold(name)
            if key and key not in site:
                names.setdefault(key, name)
    return tuple(names.values())[:MAX_AUTHORS]


def _of_json_ld(value: Any, json_ld: JsonLd, depth: int = 0) -> Iterator[str]:
    if depth > 3:
        return
    value = json_ld.resolve(value)
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for child in value[:MAX_AUTHORS]:
            yield from _of_json_ld(child, json_ld, depth + 1)
    elif isinstance(value, dict):
        yield from _of_json_ld(value.get("name"), json_ld, depth + 1)


def _bylines(tree: Any) -> Iterator[str]:
    """What readers see as a byline, the most telling markup first; at last any short line that begins with "Par"."""
    nodes = list(islice(tree.iter(*_BYLINE_TAGS), MAX_NODES))
    by_schema = (n for n in nodes if n.get("itemprop") == "author" or n.get("rel") == "author")
    by_class = (n for n in nodes if _BYLINE_CLASS_RE.search(n.get("class") or ""))
    opening = (n for n in nodes if len(n) <= MAX_PARTS and _OPENING_RE.match((n.text or "").strip() + " "))
    for chosen, is_byline in (
        (by_schema, lambda line: len(line) <= MAX_BYLINE_CHARS),
        (by_class, _names_somebody),
        (opening, lambda line: bool(_OPENING_RE.match(line)) and len(line.split()) <= MAX_OPENING_WORDS),
    ):
        for node in islice(chosen, MAX_BYLINES):
            line = _line_of(node)
            if line and is_byline(line) and not _is_aside(node):
                yield line


def _line_of(node: Any) -> str:
    """The byline's text; of an author in microdata, its name alone."""
    named = next((n for n in node.iterdescendants() if n.get("itemprop") == "name"), node)
    return plain_line(" ".join(named.itertext()))


def _names_somebody(line: str) -> bool:
    """Whether a line begins like a name: markup of class "author" holds blurbs, dates and buttons too."""
    return len(line) <= MAX_BYLINE_CHARS and bool(_NAME_RE.match(_LEAD_RE.sub("", line)))


def _is_aside(node: Any) -> bool:
    return any(
        parent.tag in _ASIDE or _ASIDE_RE.search(f"{parent.get('class') or ''} {parent.get('id') or ''}")
        for parent in node.iterancestors()
        if parent.tag not in ("body", "html")
    )


def _without_site(line: str, site: frozenset[str]) -> str:
    """ "Le Site - Anne Colin" without the site."""
    head, _, tail = line.partition(" - ")
    return tail if tail and _fold(head) in site else line


def _site_names(metas: Mapping[str, str], article: Node, json_ld: JsonLd) -> frozenset[str]:
    publisher = json_ld.resolve(article.get("publisher"))
    names = [metas.get("og:site_name", ""), metas.get("application-name", "")]
    if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
        names.append(publisher["name"])
    names += [n["name"] for n in json_ld.nodes if is_organization(n) and isinstance(n.get("name"), str)]
    return frozenset(filter(None, map(_fold, names)))


def _fold(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()
