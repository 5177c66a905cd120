"""Measures the detector on the shared stream of February 2025, where it is there: `python -m tests.evals.detect_shared`.

The events were listed by reading the stream, and some by what an earlier detector had pointed at, so that recall
flatters: what two outlets or more wrote of that no reader knew the day before. Here are names and facts, no sentence of
an outlet. The stream itself swells and shrinks (13 to 546 entries a day).
"""

import html
import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.evals.detect_scores import DatedEvent, DetectScore, score_alerts
from tests.topics.streams import Item, run, sort_items, tagged
from vigie.model import Alert, TaggedArticle
from vigie.tagging.pipeline import Tagger, TextToTag

ENTRIES = "entries_2025_02.jsonl"
DATED = (
    ("Bétharram", "02-05", r"Bétharram"),
    ("Louise, disparue d'Épinay", "02-08", r"\bLouise\b|Épinay-sur-Orge"),
    ("arrivée de Violette Dorange", "02-08", r"Dorange"),
    ("droit du sol", "02-08", r"droit du sol"),
    ("Richard Ferrand proposé", "02-10", r"\bFerrand\b"),
    ("taxes sur l'acier", "02-10", r"\bacier\b|aluminium"),
    ("offre de rachat d'OpenAI", "02-11", r"OpenAI|Altman"),
    ("litige de la Ligue avec DAZN", "02-11", r"DAZN"),
    ("voiture dans la foule à Munich", "02-13", r"Munich"),
    ("grenade à Grenoble", "02-13", r"Grenoble"),
    ("Nasser Al-Khelaïfi mis en examen", "02-13", r"Khela[iï]fi"),
    ("Edgar Grospiron désigné", "02-13", r"Grospiron"),
    ("Jannik Sinner suspendu", "02-15", r"Sinner"),
    ("procès des geôliers, Nemmouche", "02-17", r"Nemmouche"),
    ("le pape à l'hôpital", "02-14", r"\b[Pp]ape\b|pneumonie"),
    ("avion retourné à Toronto", "02-18", r"Toronto"),
    ("Stéphane Plaza condamné", "02-18", r"Plaza"),
    ("airbags Takata", "02-17", r"Takata|[Aa]irbags?\b"),
    ("Robert Ménard convoqué", "02-18", r"Ménard|Béziers"),
    ("pourparlers de Riyad", "02-17", r"Riy?ad"),
    ("autoroute A69", "02-17", r"\bA69\b"),
)
"""Name, first day in this stream, and the words of which one must stand in an alert."""


def load_items(path: Path, tagger: Tagger) -> list[Item]:
    """The entries of a file in the order they came, tagged by title and summary."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [(row, _plain(row["title"]), _plain(row["summary"])) for row in rows]
    tags = tagger.tag(
        TextToTag(id=row["url"], text=text, title=title, date=_at(row)) for row, title, text in texts
    )
    items = []
    for (row, title, text), found in zip(texts, tags, strict=True):
        bare = tagged(row["url"], _at(row), _publisher(row["feed"]), (), title=title, text=text)
        article = TaggedArticle(article=bare.article, tags=found, rules_version="")
        items.append(Item(tagged=article, arrives=_at(row)))
    return sort_items(items)


def _at(row: dict[str, str]) -> datetime:
    return datetime.fromisoformat(row["published_at"]).astimezone(UTC)


def _publisher(feed: str) -> str:
    return feed.split(" -")[0].strip()


def _plain(text: str | None) -> str:
    without_source = re.sub(r"<p><a [^>]*>Source</a></p>", "", text or "")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without_source)).split())


def score_entries(items: Sequence[Item], alerts: Sequence[Alert] | None = None) -> DetectScore:
    """The figures of that stream. What is of no dated event is "unlisted": a reader has to say what it is worth."""
    titles = {item.id: item.tagged.article.title for item in items}
    return score_alerts(
        run(items) if alerts is None else alerts,
        list(_events(items, titles)),
        since=items[0].arrives,
        days=(items[-1].arrives - items[0].arrives).days + 1,
        classify=lambda _alert: "unlisted",
    )


def _events(items: Sequence[Item], titles: dict[str, str]) -> Iterator[DatedEvent]:
    for name, day, words in DATED:
        pattern = re.compile(words)

        def names(alert: Alert, pattern: re.Pattern[str] = pattern) -> bool:
            of = sum(bool(pattern.search(titles[i])) for i in alert.article_ids)
            return bool(pattern.search(" | ".join(alert.terms))) or 2 * of > len(alert.article_ids)

        start = datetime.fromisoformat(f"2025-{day}T00:00:00+00:00")
        yield DatedEvent(
            name=name,
            shape="dated",
            day=start,
            names=names,
            touches=names,
            arrivals=[
                item.arrives
                for item in items
                if item.arrives >= start
                and pattern.search(f"{item.tagged.article.title} {item.tagged.article.text}")
            ],
        )


def report(score: DetectScore) -> str:
    """The figures, the delay of each event, and every other alert with what it says."""
    lines = [f"February 2025: {score.line()}"]
    for told in score.told:
        first = told.first
        said = f"{first.fired_at:%m-%d %H:%M} after {told.seen} articles: {first.topic}" if first else "never"
        lines.append(
            f"    {told.event.name:34} {told.event.day:%m-%d}  delay {told.delay_d}  repeats {told.repeats}  {said}"
        )
    lines += [
        f"  unlisted {a.fired_at:%m-%d %H:%M} {a.topic} | {a.terms} | {a.reason}" for _kind, a in score.false
    ]
    return "\n".join(lines)


def main(folder: Path) -> None:
    """Print the report."""
    from tests.tagging.taggers import shared_tagger  # the model takes seconds

    sys.stdout.write(report(score_entries(load_items(folder / ENTRIES, shared_tagger()))) + "\n")


if __name__ == "__main__":
    from tests.evals.shared import shared_evals

    found = shared_evals()
    main(found) if found else sys.exit("detect_shared: the shared sets are not beside the project")
