"""The words of an alert: a topic as a headline, the sentence that says why, and the passages that show it."""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from vigie.model import Alert, AlertId, ArticleId, Passage
from vigie.topics.counts import BASELINE_DAYS
from vigie.topics.history import History
from vigie.topics.scores import Burst
from vigie.topics.subjects import Subject
from vigie.topics.terms import normalize_term
from vigie.topics.window import Seen

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


def build_alert(
    subject: Subject, burst: Burst, history: History, evidence: Mapping[ArticleId, ArticleEvidence]
) -> Alert:
    """The alert of a subject at the history's `now`. Its id is of the leading term and the day: twice is once."""
    now = history.now
    terms = name_terms(subject)
    shown = [evidence[seen.article_id] for seen in burst.articles if seen.article_id in evidence]
    terms_of = {seen.article_id: seen.terms for seen in burst.articles}
    return Alert(
        id=make_alert_id(burst.term, now.date().isoformat()),
        fired_at=now,
        topic=name_topic(terms[0], shown, terms_of),
        terms=terms,
        article_ids=tuple(seen.article_id for seen in burst.articles),
        now=len(burst.articles),
        before=round(burst.before, 3),
        window_h=burst.window_h,
        sources=burst.sources,
        reason=explain(terms[0], len(burst.articles), burst.sources, burst.window_h, burst.before),
        passages=find_passages(burst.term, shown),
        about=subject.id,
        update="back" if subject.away else None,
        trend=history.daily(burst.term, until=now),
    )


def build_update(
    subject: Subject, seen: Sequence[Seen], history: History, evidence: Mapping[ArticleId, ArticleEvidence]
) -> Alert:
    """What is told to those who follow a trend when it turns: one a state and day."""
    now = history.now
    shown = [evidence[s.article_id] for s in seen if s.article_id in evidence]
    sources = tuple(dict.fromkeys(s.source for s in seen))
    terms = name_terms(subject)
    return Alert(
        id=make_alert_id(f"{subject.id}|{subject.state}", now.date().isoformat()),
        fired_at=now,
        topic=subject.headline or terms[0],
        terms=terms,
        article_ids=tuple(s.article_id for s in seen),
        now=len(seen),
        before=round(subject.before, 3),
        window_h=subject.window_h,
        sources=sources,
        reason=explain(terms[0], len(seen), sources, subject.window_h, subject.before),
        passages=find_passages(subject.lead, shown),
        about=subject.id,
        update=subject.state,
        trend=history.daily(subject.lead, until=now),
    )


def make_alert_id(term: str, day: str) -> AlertId:
    """The same for the same main term on the same day (UTC, ISO)."""
    return AlertId(hashlib.sha256(f"{term}|{day}".encode()).hexdigest()[:16])


def name_terms(subject: Subject) -> tuple[str, ...]:
    """The labels of a subject, the leading one first, then by weight; of forms that contain each other, the longest."""
    ranked = sorted(subject.terms, key=lambda t: (t != subject.lead, -subject.terms[t], -len(t)))
    kept: list[str] = []
    for term in ranked:
        if not any(f" {term} " in f" {other} " for other in kept):
            kept.append(term)
    return tuple(subject.labels[term] for term in kept[:MAX_TERMS])


def name_topic(main: str, shown: list[ArticleEvidence], terms_of: Mapping[ArticleId, Collection[str]]) -> str:
    """A headline: the title that has most in common with the other articles and names the main term, without its
    rubric; a quotation or a question gives way to a statement. Where no title names it, that of most in common; the main term
    alone when no title is known."""
    pool = {a.id: set(terms_of.get(a.id, ())) for a in shown}
    titles = [(a, title) for a in shown if (title := _strip_rubric(a.title))]
    key = normalize_term(main)
    named = [(a, title) for a, title in titles if f" {key} " in f" {normalize_term(title)} "] or titles
    if not named:
        return main

    def rank(item: tuple[ArticleEvidence, str]) -> tuple[bool, bool, int, int]:
        article, title = item
        shared = sum(len(pool[article.id] & other) for other in pool.values())
        several = title.count(",") > 1  # "Le biathlon…, l'OM…, Sinner…": a digest of the day names no subject
        return (several, any(mark in title for mark in '«"“?'), -shared, len(title))

    return shorten(min(named, key=rank)[1], MAX_TOPIC_CHARS)


def _strip_rubric(title: str) -> str:
    kept = _RUBRIC.sub("", title).strip()
    return kept if kept == title.strip() else kept[:1].upper() + kept[1:]


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
