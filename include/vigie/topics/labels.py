"""The words of an alert: a topic as a headline, the sentence that says why, and the passages that show it."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from vigie.model import Alert, AlertId, ArticleId, Passage
from vigie.topics.history import BASELINE_DAYS, History
from vigie.topics.subjects import Subject
from vigie.topics.terms import normalize_term

MAX_TERMS = 8
MAX_PASSAGES = 3
MAX_TOPIC_CHARS = 110
PASSAGE_CHARS = 240

# "DIRECT.", "EN IMAGES :", "PODCAST -": a house's rubric before its headline.
_RUBRIC = re.compile(r"^(?:[A-ZÀ-Ý][A-ZÀ-Ý' ]{3,}\s*[.:|-]\s+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleEvidence:
    """What an alert may show of an article."""

    id: ArticleId
    title: str
    url: str | None
    source: str
    text: str


def build_alert(subject: Subject, history: History, evidence: Mapping[ArticleId, ArticleEvidence]) -> Alert:
    """The alert of a subject at the history's `now`. Its id is of the main term and the day: twice is once."""
    burst, now = subject.main, history.now
    assert now is not None  # noqa: S101  # a subject was seen
    terms = name_terms(subject, history)
    shown = [evidence[seen.article_id] for seen in burst.articles if seen.article_id in evidence]
    return Alert(
        id=make_alert_id(burst.term, now.date().isoformat()),
        fired_at=now,
        topic=name_topic(terms[0], shown, history.terms_of),
        terms=terms,
        article_ids=tuple(seen.article_id for seen in burst.articles),
        now=len(burst.articles),
        before=round(burst.before, 3),
        window_h=burst.window_h,
        sources=burst.sources,
        reason=explain(terms[0], len(burst.articles), burst.sources, burst.window_h, burst.before),
        passages=find_passages(burst.term, shown),
    )


def make_alert_id(term: str, day: str) -> AlertId:
    """The same for the same main term on the same day (UTC, ISO)."""
    return AlertId(hashlib.sha256(f"{term}|{day}".encode()).hexdigest()[:16])


def name_terms(subject: Subject, history: History) -> tuple[str, ...]:
    """The labels of a subject, the main one first, then by weight; of forms that contain each other, the longest."""
    ranked = sorted(subject.terms, key=lambda t: (t != subject.main.term, -subject.terms[t], -len(t)))
    ranked = [t for t in ranked if t == subject.main.term or t in history.labels]
    kept: list[str] = []
    for term in ranked:
        if not any(f" {term} " in f" {other} " for other in kept):
            kept.append(term)
    return tuple(history.label(term) for term in kept[:MAX_TERMS])


def name_topic(main: str, shown: list[ArticleEvidence], terms_of: Mapping[ArticleId, tuple[str, ...]]) -> str:
    """A headline: the title that has most in common with the other articles and names the main term, without its
    rubric; a quotation or a question gives way to a statement. The main term alone when no title is known."""
    pool = {a.id: set(terms_of.get(a.id, ())) for a in shown}
    titles = [(a, _RUBRIC.sub("", a.title).strip()) for a in shown]
    key = normalize_term(main)
    named = [(a, title) for a, title in titles if title and f" {key} " in f" {normalize_term(title)} "]
    if not named:
        return main

    def rank(item: tuple[ArticleEvidence, str]) -> tuple[bool, int, int]:
        article, title = item
        shared = sum(len(pool[article.id] & other) for other in pool.values())
        return (any(mark in title for mark in '«"“?'), -shared, len(title))

    return shorten(min(named, key=rank)[1], MAX_TOPIC_CHARS)


def explain(main: str, articles: int, sources: tuple[str, ...], window_h: int, before: float) -> str:
    """Why, in French: counts now and before, with their window."""
    usual = f"{before:.1f}".replace(".", ",")
    plural = "s" if len(sources) > 1 else ""
    now = f"{articles} article{'s' if articles > 1 else ''} de {len(sources)} source{plural} en {window_h} h"
    return f"« {main} » : {now}, contre {usual} d'ordinaire ({BASELINE_DAYS} jours)."


def find_passages(term: str, shown: list[ArticleEvidence]) -> tuple[Passage, ...]:
    """The first sentence with the term of each of the first articles, of different sources first."""
    ordered = sorted(shown, key=lambda a: sum(a.source == b.source for b in shown[: shown.index(a)]))
    return tuple(
        Passage(
            article_id=a.id,
            title=a.title,
            url=a.url,
            source=a.source,
            text=_sentence(term, a.text) or a.title,
        )
        for a in ordered[:MAX_PASSAGES]
    )


def _sentence(term: str, text: str) -> str:
    sentences = re.split(r"(?<=[.!?…»])\s+", text[:20_000].strip())
    found = next((s for s in sentences if f" {term} " in f" {normalize_term(s)} "), sentences[0])
    return shorten(found, PASSAGE_CHARS)


def shorten(text: str, chars: int) -> str:
    """At most so many characters, cut between words and marked "…"."""
    text = " ".join(text.split())
    return text if len(text) <= chars else text[: chars - 1].rsplit(" ", 1)[0].rstrip(" ,;:.-") + "…"
