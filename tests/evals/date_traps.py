"""Small pages, each with one trap about its date. Every one of them is modelled on what publishers do.

All say that they are published on 9 February 2018 at 18:30 in Paris (17:30 UTC) unless the trap is that they do not.
"""

from dataclasses import dataclass, field

MINUTE, DAY = "2018-02-09T18:30+01:00", "2018-02-09"
PROSE = (
    "<p>Le président de la République a reçu ce matin le chancelier à l'Élysée pour parler de défense.</p>"
    "<p>Il est né le 21 décembre 1977 à Amiens. La loi du 29 juillet 1881 reste en vigueur.</p>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """`published` and `modified` are a day, a minute with its offset, or None where nothing may be believed."""

    name: str
    head: str = ""
    over: str = ""  # above the title
    under: str = ""  # under the title
    after: str = ""  # below the article
    lang: str = "fr"
    url: str = "https://a.example/politique/titre"
    published: str | None = MINUTE
    modified: str | None = None
    refused: tuple[str, ...] = field(default=())  # what no claim may say

    @property
    def html(self) -> str:
        """The page."""
        return (
            f'<html lang="{self.lang}"><head><title>Un titre | A</title>{self.head}</head><body>'
            f"<header>A</header><main><article>{self.over}<h1>Un titre</h1>{self.under}{PROSE}</article>{self.after}"
            "</main><footer>© 2026 A, tous droits réservés</footer></body></html>"
        )


def ld(*objects: str) -> str:
    """One script of JSON-LD for each."""
    return "".join(f'<script type="application/ld+json">{text}</script>' for text in objects)


def meta(**names: str) -> str:
    """A meta tag a name; "__" is ":"."""
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in names.items()
    )


ISO = "2018-02-09T18:30:00+01:00"
LATER = "2018-02-12T10:00:00+01:00"
ARTICLE = f'{{"@type": "NewsArticle", "headline": "Un titre", "datePublished": "{ISO}"}}'
TEASER = f'<article><h3>Autre</h3><time datetime="{LATER}">12 février 2018</time></article>'

TRAPS = (
    # JSON-LD
    Trap(name="a video before the article", head=ld(
        f'{{"@type": "VideoObject", "datePublished": "{LATER}", "uploadDate": "{LATER}"}}', ARTICLE)),
    Trap(name="an image and a site in the graph", head=ld(
        f'{{"@graph": [{{"@type": "WebSite", "dateCreated": "2009-01-01"}}, {{"@type": "ImageObject", "uploadDate": "{LATER}"}},'
        f' {{"@type": "WebPage", "datePublished": "{LATER}"}}, {{"@type": "BreadcrumbList"}}, {ARTICLE}]}}')),
    Trap(name="several articles, this one last", head=ld(
        f'{{"@type": "NewsArticle", "headline": "Autre", "datePublished": "{LATER}"}}', ARTICLE)),
    Trap(name="several articles, told by their address", head=ld(
        f'[{{"@type": "NewsArticle", "headline": "Un titre", "url": "https://a.example/autre", "datePublished": "{LATER}"}},'
        f' {{"@type": "NewsArticle", "headline": "Titre court", "url": "https://a.example/politique/titre?x=1",'
        f' "datePublished": "{ISO}"}}]')),
    Trap(name="created before it was published", head=ld(
        f'{{"@type": "NewsArticle", "dateCreated": "2018-02-01T08:00:00+01:00", "datePublished": "{ISO}"}}')),
    Trap(name="created and nothing else", head=ld(f'{{"@type": "NewsArticle", "dateCreated": "{ISO}"}}')),
    Trap(name="modified first", modified="2018-02-12T10:00+01:00", head=ld(
        f'{{"@type": "NewsArticle", "dateModified": "{LATER}", "datePublished": "{ISO}"}}')),
    Trap(name="JSON that is none", head=ld(
        f'{{"@type": "NewsArticle", "headline": "Le "grand" soir", "datePublished": "{ISO}", }}')),
    Trap(name="milliseconds as a number", head=ld('{"@type": "Article", "datePublished": 1518197400000}')),
    Trap(name="a list of dates", head=ld(f'{{"@type": "Article", "datePublished": ["{ISO}"]}}') + meta(
        article__published_time=ISO)),
    Trap(name="a day in JSON-LD, the minute in a meta tag",
         head=ld('{"@type": "Article", "datePublished": "2018-02-09"}') + meta(article__published_time=ISO)),
    Trap(name="Paris midnight told in UTC", published=DAY,
         head=ld('{"@type": "Article", "datePublished": "2018-02-08T23:00:00Z"}')),
    Trap(name="a clock never set", head=ld('{"@type": "Article", "datePublished": "1970-01-01T00:00:00Z"}'),
         under=f'<time datetime="{ISO}">hier</time>'),
    Trap(name="the year 9999", head=ld('{"@type": "Article", "datePublished": "9999-12-31T23:59:59Z"}'), published=None),
    # meta tags
    Trap(name="modified and nothing else", head=meta(article__modified_time=LATER), published=None,
         modified="2018-02-12T10:00+01:00"),
    Trap(name="a meta date for the printed paper", head='<meta name="date" content="2018-02-10">',
         under='<p class="date">Publié le 9 février 2018 à 18h30</p>'),
    Trap(name="seconds in a meta tag", head='<meta name="pubdate" content="1518197400">'),
    Trap(name="no offset: the publisher's zone", head=meta(article__published_time="2018-02-09 18:30:00")),
    Trap(name="an hour without a nought, an offset without its second", head=meta(
        article__published_time="2018-2-9 18:30 +1:00")),
    Trap(name="an empty and a junk meta", head=meta(article__published_time="", og__published_time="{{date}}"),
         under=f'<time datetime="{ISO}"></time>'),
    # itemprop and <time>
    Trap(name="itemprop on a span", under=f'<span itemprop="datePublished" content="{ISO}">hier</span>'),
    Trap(name="published and updated in one class", under=f'<time class="published updated" datetime="{ISO}">x</time>'),
    Trap(name="two times, the second an update", modified="2018-02-12T10:00+01:00",
         under=f'<p>Publié le <time datetime="{ISO}">x</time> Mis à jour le <time datetime="{LATER}">y</time></p>'),
    Trap(name="an update before the publication", modified="2018-02-12T10:00+01:00",
         under=f'<p>Mis à jour <time datetime="{LATER}">y</time>, publié <time datetime="{ISO}">x</time></p>'),
    Trap(name="a time without an attribute", under="<time>9 février 2018 à 18h30</time>"),
    Trap(name="a time that is relative", under="<time>il y a 2 heures</time>", published=None),
    Trap(name="other articles first", over=f'<div class="related">{TEASER}</div>', under=f'<time datetime="{ISO}">x</time>'),
    Trap(name="other articles and comments only", published=None, refused=(LATER,),
         after=f'<aside>{TEASER}</aside><div class="comments"><p>Anne, le 12 février 2018 à 10h</p></div>'),
    Trap(name="seconds in an attribute", under='<span class="when" data-timestamp="1518197400">hier</span>'),
    # text
    Trap(name="in words, with an update", modified="2018-02-12T10:00+01:00",
         under="<p>Publié le vendredi 9 février 2018 à 18h30, mis à jour le lundi 12 février 2018 à 10h00</p>"),
    Trap(name="short month and dash", under='<div class="infos">9 févr. 2018 – 18 h 30</div>'),
    Trap(name="dots and a bar", under='<span class="date">09.02.18 | 18:30</span>'),
    Trap(name="day first in France", under="<p>Le 09/02/2018 à 18:30:05</p>"),
    Trap(name="month first in America", lang="en-US", under='<p class="byline">By A. Smith, 02/09/2018 6:30 PM CET</p>'),
    Trap(name="day first in Britain", lang="en-GB", under='<p class="byline">Published 09/02/2018 18:30</p>'),
    Trap(name="a first of the month", published="2018-03-01", under="<p>Paris, le 1er mars 2018</p>"),
    Trap(name="a dateline", published=DAY, under="<p>Paris, le 9 février 2018</p>"),
    Trap(name="above the title", over='<p class="surtitre">9 février 2018 - 18:30</p>'),
    Trap(name="German", lang="de", under="<p>Veröffentlicht am 9. Februar 2018 um 18.30 Uhr</p>"),
    Trap(name="Spanish", lang="es", under="<p>Publicado el 9 de febrero de 2018 a las 18:30</p>"),
    Trap(name="Italian", lang="it", under="<p>Pubblicato venerdì 9 febbraio 2018 alle 18:30</p>"),
    Trap(name="English", lang="en", under="<p>Posted on February 9, 2018 at 6:30pm</p>"),
    Trap(name="a verb that is a zone", under="<p>Publié le 9 février 2018 à 18h30 est disponible en audio</p>"),
    Trap(name="today's date in the header", published=None, refused=("2026-11-23",),
         over='<nav><span class="date">lundi 23 novembre 2026</span></nav>'),
    Trap(name="a birth, a law and a copyright", published=None),
    Trap(name="a relative time", under='<p class="date">Publié il y a 2 heures</p>', published=None),
    # the address
    Trap(name="a day in the address", url="https://a.example/2018/02/09/titre.html", published=DAY),
    Trap(name="a day in the address, without strokes", url="https://a.example/titre-20180209-x.html", published=DAY),
    Trap(name="a number in the address", url="https://a.example/titre-20189902.html", published=None),
)  # fmt: skip
