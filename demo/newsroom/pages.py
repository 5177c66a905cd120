"""From stories to HTML, with all that surrounds an article on a real site: menus, boxes, banners, a footer."""

import json
from collections.abc import Iterable, Sequence
from html import escape

from demo.newsroom.stories import Outlet, Story
from demo.newsroom.writing import MONTHS

CONTENT_TYPE = "text/html; charset=utf-8"
NOTICE = "Site de démonstration de Vigie : les titres, les lieux, les faits et les citations sont inventés."


def write_article(story: Story, others: Sequence[Story], base_url: str) -> bytes:
    """The page of one article; `others` fill its "Lire aussi" box."""
    body = f"""
<main id="contenu">
<nav class="fil" aria-label="Fil d'Ariane"><a href="/">Accueil</a> › <a href="/{story.outlet.path}/">{escape(story.section)}</a></nav>
<article class="article">
<header class="article-entete">
<p class="rubrique">{escape(story.section)}</p>
<h1>{escape(story.title)}</h1>
{_byline(story)}
</header>
<div class="article-body" itemprop="articleBody">
{_paragraphs(story.paragraphs)}
</div>
</article>
{_read_also(others)}
</main>"""
    return _document(story.outlet, story.title, _head(story, base_url), body)


def write_listing(outlet: Outlet, stories: Iterable[Story], base_url: str) -> bytes:
    """An outlet's front page: its newest stories, newest first."""
    cards = "\n".join(
        f'<li class="carte"><a href="{escape(s.path)}"><h2>{escape(s.title)}</h2></a>'
        f'<time datetime="{s.at.isoformat()}">{_long_date(s)}</time><p>{escape(s.paragraphs[0])}</p></li>'
        for s in stories
    )
    head = f'<link rel="canonical" href="{base_url}/{outlet.path}/">'
    return _document(
        outlet, outlet.tagline, head, f'<main id="contenu"><ul class="liste">{cards}</ul></main>'
    )


def write_home(outlets: Iterable[Outlet]) -> bytes:
    """The door of the newsroom, for a person who opens it in a browser."""
    rows = "".join(
        f'<li><a href="/{o.path}/">{escape(o.name)}</a> · <a href="{o.feed_path}">flux</a></li>'
        for o in outlets
    )
    return (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Rédaction de démonstration</title></head>'
        f'<body><h1>Rédaction de démonstration</h1><ul>{rows}<li><a href="/odd/">cas difficiles</a></li>'
        f'<li><a href="/log">requêtes reçues</a></li></ul><p>{NOTICE}</p></body></html>'
    ).encode()


def _head(story: Story, base_url: str) -> str:
    """Canonical link and, by the outlet's habit, one machine-readable date or none."""
    head = [
        f'<link rel="canonical" href="{base_url}{escape(story.path)}">',
        f'<meta name="description" content="{escape(story.paragraphs[0][:150])}">',
        f'<meta property="og:title" content="{escape(story.title)}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:url" content="{base_url}{escape(story.path)}">',
    ]
    if story.dated == "json-ld":
        head.append(f'<script type="application/ld+json">{_json_ld(story, base_url)}</script>')
    if story.dated == "meta":
        head.append(f'<meta property="article:published_time" content="{story.at.isoformat()}">')
        if story.changed_at:
            head.append(f'<meta property="article:modified_time" content="{story.changed_at.isoformat()}">')
    return "\n".join(head)


def _json_ld(story: Story, base_url: str) -> str:
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.at.isoformat(),
        "dateModified": story.newest_at.isoformat(),
        "author": [{"@type": "Person", "name": story.author}],
        "publisher": {"@type": "Organization", "name": story.outlet.name},
        "mainEntityOfPage": base_url + story.path,
        "isAccessibleForFree": True,
    }
    return json.dumps(said, ensure_ascii=False).replace("</", "<\\/")


def _byline(story: Story) -> str:
    date = f"Publié le {_long_date(story)}"
    if story.dated in ("time", "json-ld"):
        date = f'Publié le <time datetime="{story.at.isoformat()}">{_long_date(story)}</time>'
    author = f'<span class="auteur">Par {escape(story.author)}</span> · ' if story.author else ""
    return f'<p class="signature">{author}<span class="date">{date}</span></p>'


def _long_date(story: Story) -> str:
    return f"{story.at.day} {MONTHS[story.at.month - 1]} {story.at.year} à {story.at:%H h %M}"


def _paragraphs(texts: Sequence[str]) -> str:
    """The body; the first paragraph is set as a lead."""
    lead, *rest = texts
    return "\n".join([f'<p class="chapo">{escape(lead)}</p>', *(f"<p>{escape(text)}</p>" for text in rest)])


def _read_also(others: Sequence[Story]) -> str:
    links = "".join(f'<li><a href="{escape(s.path)}">{escape(s.title)}</a></li>' for s in others)
    return f'<aside class="lire-aussi"><h2>Lire aussi</h2><ul>{links}</ul></aside>' if links else ""


def _document(outlet: Outlet, title: str, head: str, body: str) -> bytes:
    menu = "".join(f'<li><a href="/{outlet.path}/">{escape(section)}</a></li>' for section in outlet.sections)
    return f"""<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} | {escape(outlet.name)}</title>
<meta property="og:site_name" content="{escape(outlet.name)}">
<meta property="og:locale" content="fr_FR">
<link rel="alternate" type="application/{_feed_type(outlet)}" title="{escape(outlet.name)}" href="{outlet.feed_path}">
{head}
</head>
<body>
<div id="bandeau-cookies" role="dialog" aria-label="Gestion des cookies"><p>Nous utilisons des cookies pour mesurer l'audience et améliorer votre visite.</p><button type="button">Tout accepter</button><button type="button">Continuer sans accepter</button></div>
<header class="site"><a class="logo" href="/{outlet.path}/">{escape(outlet.name)}</a><nav aria-label="Menu principal"><ul>{menu}</ul></nav><form action="/{outlet.path}/" role="search"><input name="q" type="search" placeholder="Rechercher"></form></header>
{body}
<section class="infolettre"><h2>Recevez notre infolettre</h2><p>Chaque matin, l'essentiel de l'actualité dans votre boîte de courriel.</p><form><input type="email" placeholder="Votre adresse"><button>S'inscrire</button></form></section>
<footer class="site"><p>{NOTICE}</p><ul><li><a href="/{outlet.path}/">Mentions légales</a></li><li><a href="/{outlet.path}/">Plan du site</a></li><li><a href="{outlet.feed_path}">Flux</a></li></ul></footer>
</body>
</html>
""".encode()


def _feed_type(outlet: Outlet) -> str:
    return "atom+xml" if outlet.form == "atom" else "rss+xml"
