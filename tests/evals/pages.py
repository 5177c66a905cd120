"""Measures what is read of pages: `python -m tests.evals.pages` prints a line a page, the sums, and plain trafilatura's.

Each page of `pages/` was written for this set; the JSON file of the same name says what a careful reader takes from it.
Body: runs of four words of standfirst and text together, precision and recall averaged over the pages, and their F1, as
the public benchmarks of extraction count. Title: the same to the character. Authors: names by their letters, counted
over all pages. Standfirst: there once, in its field or in the text, and no field where the page has none.
"""

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from vigie.pages.agreement import count_shingles
from vigie.pages.extract import ExtractedPage, extract_page

PAGES = Path(__file__).with_name("pages")
ZONE = "Europe/Paris"

Extract = Callable[[bytes, str], ExtractedPage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What a page says. `text` holds paragraphs. Times are ISO, to the minute or the day, or None."""

    name: str
    html: bytes
    url: str
    title: str
    authors: tuple[str, ...]
    standfirst: str
    text: tuple[str, ...]
    published_at: str | None
    modified_at: str | None
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """One page's figures."""

    name: str
    precision: float
    recall: float
    title: bool
    authors_right: int
    authors_said: int
    authors_gold: int
    standfirst: bool

    @property
    def f1(self) -> float:
        return _f1(self.precision, self.recall)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The figures of a set, and of each page, worst body first."""

    pages: tuple[PageScore, ...]

    @property
    def body_f1(self) -> float:
        return _f1(fmean(p.precision for p in self.pages), fmean(p.recall for p in self.pages))

    @property
    def title_exact(self) -> float:
        return fmean(p.title for p in self.pages)

    @property
    def authors_f1(self) -> float:
        right = sum(p.authors_right for p in self.pages)
        return 2 * right / sum(p.authors_said + p.authors_gold for p in self.pages)

    @property
    def standfirst_right(self) -> float:
        return fmean(p.standfirst for p in self.pages)

    def __str__(self) -> str:
        return (
            f"body F1 {self.body_f1:.3f}  title {self.title_exact:.3f}  authors F1 {self.authors_f1:.3f}"
            f"  standfirst {self.standfirst_right:.3f}"
        )


def load_pages() -> list[Gold]:
    """The set, by name."""
    return [_load(path) for path in sorted(PAGES.glob("*.json"))]


def _load(path: Path) -> Gold:
    told = json.loads(path.read_text(encoding="utf-8"))
    told["authors"], told["text"] = tuple(told["authors"]), tuple(told["text"])
    return Gold(name=path.stem, html=path.with_suffix(".html").read_bytes(), **told)


def digest_pages() -> str:
    """Twelve digits that change with any page or gold."""
    files = sorted(path for path in PAGES.iterdir() if path.suffix in (".html", ".json"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def score_pages(extract: Extract, pages: Iterable[Gold]) -> Score:
    """Extract each page and compare."""
    scores = (score_page(extract(gold.html, gold.url), gold) for gold in pages)
    return Score(pages=tuple(sorted(scores, key=lambda score: score.f1)))


def score_page(page: ExtractedPage, gold: Gold) -> PageScore:
    """One page's figures."""
    said, true = (
        count_shingles("\n".join(lines))
        for lines in ((page.standfirst, page.text), (gold.standfirst, *gold.text))
    )
    common = (said & true).total()
    names, wanted = ({_fold(name) for name in names} for names in (page.authors, gold.authors))
    return PageScore(
        name=gold.name,
        precision=common / said.total() if said else 0.0,
        recall=common / true.total(),
        title=page.title == gold.title,
        authors_right=len(names & wanted),
        authors_said=len(names),
        authors_gold=len(wanted),
        standfirst=_has_standfirst(page, gold),
    )


def _has_standfirst(page: ExtractedPage, gold: Gold) -> bool:
    if not gold.standfirst:
        return not page.standfirst
    return _fold(f"{page.standfirst}\n{page.text}").count(_fold(gold.standfirst)) == 1


def extract_ours(html: bytes, url: str) -> ExtractedPage:
    """Vigie's reading."""
    return extract_page(html, url=url, zone=ZONE)


def extract_plainly(html: bytes, url: str) -> ExtractedPage:
    """trafilatura's reading with its defaults, comments aside."""
    from trafilatura import bare_extraction

    document = bare_extraction(html, url=url, include_comments=False, with_metadata=True)
    if document is None or isinstance(document, dict):
        return ExtractedPage()
    authors = tuple(name.strip() for name in (document.author or "").split(";") if name.strip())
    return ExtractedPage(title=document.title or "", text=document.text or "", authors=authors)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _fold(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def describe(score: Score) -> str:
    """A line a page, worst body first, and the sums."""
    lines = [
        f"{p.name:28} P {p.precision:.3f} R {p.recall:.3f} F1 {p.f1:.3f}"
        f"{'' if p.title else '  title'}{'' if p.standfirst else '  standfirst'}"
        f"{'' if p.authors_right == p.authors_said == p.authors_gold else '  authors'}"
        for p in score.pages
    ]
    return "\n".join((*lines, f"{len(score.pages)} pages ({digest_pages()}): {score}"))


def main() -> None:
    """Print both readings."""
    pages = load_pages()
    for name, extract in (("trafilatura", extract_plainly), ("vigie", extract_ours)):
        sys.stdout.write(f"{name}\n{describe(score_pages(extract, pages))}\n\n")


if __name__ == "__main__":
    main()
