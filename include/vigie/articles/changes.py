"""What changed between two versions of an article, and what is only cosmetic. Pure.

Cosmetic: white space, another way of writing quotation marks and dashes, blocks in another order, counters, "Lire
aussi", reading times, relative times, labels of advertisements. A page that changes in nothing else is no new version.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from vigie.dates.choosing import PAGE_ORIGINS, choose_published
from vigie.model import Article, DateClaim

ChangedField = Literal["title", "text", "date", "authors"]
SAME_MINUTE = timedelta(minutes=1)

MAX_NOISE_CHARS = 300
_FORMS = {"‘": "'", "’": "'", "‚": "'", "′": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "…": "...",
          "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "œ": "oe", "Œ": "OE"}  # fmt: skip
_PLAIN = str.maketrans(_FORMS)
_BESIDE_MARKS_RE = re.compile(r'\s*(["?!;:%])\s*')
_COUNT = r"\d[\d ,.]*\s*(?:k|m)?"
_AGO = r"il y a (?:environ |moins d')?(?:une?|quelques|\d+)\s*(?:s|sec\w*|min\w*|mn|h|heures?|j|jours?|semaines?|mois|ans?)"
_NOISE_RE = re.compile(
    rf"(?:(?:partages?|commentaires?|vues?|lectures?|j'aime|reactions?|abonnes?)\s*:?\s*\(?{_COUNT}\)?"
    rf"|(?:vu|lu|partage)s? {_COUNT}(?: ?fois)?"
    rf"|{_COUNT}(?:partages?|commentaires?|vues?|lectures?|j'aime|reactions?|likes?|shares?|views?|comments?|abonnes?)"
    rf"|(?:temps de )?lecture\s*:?\s*{_COUNT}(?:mn|min|minutes?)|{_COUNT}(?:mn|min|minutes?) de lecture"
    rf"|(?:(?:publie|poste|modifie|mis a jour|actualise)e?s?\s*:?\s*)?{_AGO}"
    rf"|(?:publie|poste|modifie|mis a jour|actualise)e?s?\s*:?\s*(?:a l'instant|aujourd'hui|hier)?(?: a \d+ ?[h:] ?\d*)?"
    r"|(?:publie|poste|modifie|mis a jour|actualise)e?s?(?: le| ce)?(?: \w+)? \d[^.!?]{0,70}"
    r"|(?:a )?(?:lire|voir|ecouter|decouvrir) (?:aussi|egalement)\b.{0,250}|(?:a|sur le meme) (?:lire|sujet)\s*:.{0,250}"
    r"|publicite|annonce|contenu sponsorise|la suite apres (?:cette|la) publicite|advertisement|sponsored"
    r"|partager(?: (?:sur .{0,40}|l'article|cet article))?|imprimer|envoyer par (?:e-?mail|courriel)|copier le lien"
    r"|(?:lire|voir|afficher) (?:la suite|plus|les commentaires)|commenter|s'abonner|je m'abonne|newsletter)\s*[.!:]?"
)
_SEGMENT_RE = re.compile(r"\s+[|·•]\s+")
_WORD_RE = re.compile(r"\S+|\n")


def fold_line(line: str) -> str:
    """One line as it is compared: one form of each mark, no space beside those that French puts spaces around."""
    text = unicodedata.normalize("NFKC", line).translate(_PLAIN)
    return " ".join(_BESIDE_MARKS_RE.sub(r"\1", text).split())


def is_noise(line: str) -> bool:
    """True for a line that is no part of an article: a counter, a pointer to another article, a relative time."""
    return all(_is_noise(segment) for segment in _SEGMENT_RE.split(line))


def drop_noise(text: str) -> str:
    """A text without its lines of noise."""
    return "\n".join(line for line in text.split("\n") if not is_noise(line))


def list_changes(before: Article, after: Article) -> tuple[ChangedField, ...]:
    """What an editor changed, in the order title, text, date, authors; empty when all is cosmetic.

    Title and text are compared either way alike. A date or an author that is no longer stated is no change.
    """
    changed: list[ChangedField] = []
    if fold_line(before.title) != fold_line(after.title):
        changed.append("title")
    if not _same_text(_body(before), _body(after)):
        changed.append("text")
    if _date_differs(stated_date(before), stated_date(after)):
        changed.append("date")
    if after.authors and _names(before) != _names(after):
        changed.append("authors")
    return tuple(changed)


def stated_date(article: Article) -> DateClaim | None:
    """When this version says that it was published, whatever an earlier one said."""
    own = tuple(claim for claim in article.dates if claim.origin in PAGE_ORIGINS and not claim.modified)
    return choose_published(own or article.dates, article.first_seen_at, article.fetched_at)


def diff_articles(before: Article, after: Article) -> str:
    """What changed, as a unified diff of title, date, authors and paragraphs; what is cosmetic stands as it did."""
    changed = list_changes(before, after)
    old, new = (_lines(item, changed) for item in (before, after))
    as_before = {fold_line(line): line for line in old}
    new = [as_before.get(fold_line(line), line) for line in new]
    names = (f"version {before.version}", f"version {after.version}")
    return "\n".join(difflib.unified_diff(old, new, *names, lineterm="", n=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of words of a diff: in both versions, only in the old one, or only in the new one."""

    kind: Literal["same", "old", "new"]
    text: str


ALIKE = 0.3
"""Two paragraphs that have less in common are shown one after the other: word by word nobody could read them."""
CONTEXT_WORDS = 8
"""How many words that did not change stand on either side of one that did."""
COMPARED_EXACTLY, COMPARED_AT_ALL = 300 * 300, 4_000 * 4_000
"""Words of one paragraph times words of the other. Exactly, two of 300 words took 0.04 s and two of 1,000 1.5 s; beyond,
words that are frequent in them no longer begin a match: 4,000 took 0.06 s. Beyond that what differs is shown whole."""


def read_diff(diff: str) -> Iterator[tuple[Piece, ...]]:
    """A unified diff, word by word inside its paragraphs: one tuple a paragraph or block that changed."""
    for old, new in _blocks(diff):
        yield tuple(_compare_words(old, new))


def _is_noise(segment: str) -> bool:
    if len(segment) > MAX_NOISE_CHARS:
        return False
    folded = "".join(
        c for c in unicodedata.normalize("NFD", fold_line(segment)) if not unicodedata.combining(c)
    )
    return not folded or _NOISE_RE.fullmatch(folded.casefold().strip(' "-')) is not None


def _body(article: Article) -> str:
    return f"{article.standfirst}\n{article.text}"


def _same_text(before: str, after: str) -> bool:
    """The same paragraphs in any order, or the same words in any paragraphs."""
    old, new = ([fold_line(line) for line in drop_noise(text).split("\n")] for text in (before, after))
    return set(old) == set(new) or " ".join(old).split() == " ".join(new).split()


def _date_differs(before: DateClaim | None, after: DateClaim | None) -> bool:
    """Another minute; another day where one of the two gives no more than the day."""
    if after is None:
        return False
    if before is None:
        return True
    if {before.precision, after.precision} <= {"second", "minute"}:
        return abs(before.at - after.at) >= SAME_MINUTE
    return before.precision == after.precision and before.at != after.at


def _names(article: Article) -> set[str]:
    return {fold_line(name).casefold() for name in article.authors}


def _lines(article: Article, changed: Sequence[ChangedField]) -> list[str]:
    lines = [article.title]
    stated = stated_date(article)
    if "date" in changed and stated:
        lines.append(f"Date : {stated.at:%Y-%m-%d %H:%M} UTC ({stated.raw})")
    if "authors" in changed and article.authors:
        lines.append(f"Auteurs : {', '.join(article.authors)}")
    body = [article.standfirst, *article.text.splitlines()]
    return [*lines, *(line for line in body if line and not is_noise(line))]


def _blocks(diff: str) -> Iterator[tuple[str, str]]:
    """What stands in place of what: neighbouring `-` and `+` lines of a diff."""
    old: list[str] = []
    new: list[str] = []
    for line in [*diff.split("\n")[2:], " "]:
        if line.startswith("-") and not new:
            old.append(line[1:])
        elif line.startswith("+"):
            new.append(line[1:])
        else:
            if old or new:
                yield "\n".join(old), "\n".join(new)
            old, new = ([line[1:]], []) if line.startswith("-") else ([], [])


def _compare_words(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORD_RE.findall(old), _WORD_RE.findall(new)
    size = len(before) * len(after)
    head, tail = _shared_ends(before, after) if size > COMPARED_EXACTLY else (0, 0)
    if head or tail:
        yield from _tell_same(before[:head], first=True, last=False)
        yield from _compare_words(
            " ".join(before[head : len(before) - tail]), " ".join(after[head : len(after) - tail])
        )
        yield from _tell_same(before[len(before) - tail :], first=False, last=True)
    elif not 0 < size <= COMPARED_AT_ALL:
        yield from _tell_whole(old, new)
    else:
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=size > COMPARED_EXACTLY)
        alike = matcher.ratio() >= ALIKE
        yield from _tell_matches(matcher, before, after) if alike else _tell_whole(old, new)


def _tell_matches(
    matcher: difflib.SequenceMatcher[str], before: Sequence[str], after: Sequence[str]
) -> Iterator[Piece]:
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            yield from _tell_same(before[i1:i2], first=i1 == 0, last=i2 == len(before))
            continue
        if i2 > i1:
            yield Piece(kind="old", text=" ".join(before[i1:i2]))
        if j2 > j1:
            yield Piece(kind="new", text=" ".join(after[j1:j2]))


def _shared_ends(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """How many words two paragraphs have in common at their start, and then at their end."""
    most = min(len(before), len(after))
    head = next((n for n in range(most) if before[n] != after[n]), most)
    rest = most - head
    tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    return head, tail


def _tell_same(words: Sequence[str], *, first: bool, last: bool) -> Iterator[Piece]:
    if words:
        yield Piece(kind="same", text=_shorten(words, first=first, last=last))


def _tell_whole(old: str, new: str) -> Iterator[Piece]:
    """What went, then what came."""
    if old:
        yield Piece(kind="old", text=old)
    if new:
        yield Piece(kind="new", text=new)


def _shorten(words: Sequence[str], *, first: bool, last: bool) -> str:
    """Words that did not change: those near a change, "…" for the rest."""
    if len(words) <= 2 * CONTEXT_WORDS + 4:
        return " ".join(words)
    head = [] if first else words[:CONTEXT_WORDS]
    tail = [] if last else words[-CONTEXT_WORDS:]
    return " ".join([*head, "…", *tail])
