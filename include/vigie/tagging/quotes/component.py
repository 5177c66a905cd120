"""Quotes: words between quotation marks, and who says them where the sentence says so plainly.

The speaker is the leader, or else the person the model sees, named in the sentence around the quote next to a verb of
saying ("a déclaré Emmanuel Macron", "selon M. Erdogan", "Le Premier ministre assure que « … »"). Where there is no such
verb or nobody near it, there is no speaker: a wrong one is worse. Marks around a single word or a title are no quote.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from vigie.knowledge.types import Speech
from vigie.model import LeaderMention, PersonId, Quote
from vigie.tagging.words import fold

FACTORY = "vigie_quotes"

MIN_WORDS = 3
MAX_CHARS = 3_000
_NEAR_CHARS = 140
_QUOTE = re.compile(r"«([^«»]{1,3000})»|“([^“”]{1,3000})”|\"([^\"\n]{1,3000})\"")
_SAYING = re.compile(
    r"\b(?:a|ont|avait|avaient|aura|s'est|s'etait)?(?:\s?-t-(?:il|elle|on))?\s?\b(?:"
    r"declar|affirm|assur|expliqu|estim|ajout|indiqu|precis|soulign|dit\b|dire\b|lanc|annonc|repond|promet|promis|reconnu|"
    r"reconnai|rappel|insist|denonc|plaid|jug|critiqu|ecrit|ecriv|confi|martel|observ|not[ea]\b|resum|conclu|"
    r"poursui|regrett|deplor|salu|demand|averti|prevenu|prevent|accus|reagi|evoqu|souhait|commentai|comment[ea]|"
    r"s'insurg|s'indign|s'agac|s'inquiet|repliqu|tranch|nuanc|detaill|qualifi|tweet|justifi|avou|clam|reclam|appel)"
    r"\w*|\bselon\b|\bd'apres\b|\bpour\b(?=\s+[a-z'.]+\s)|:\s*$"
)
_STOP = re.compile(r"(?<!\bM)(?<!\bMM)[.!?…]\s+(?=[A-ZÀ-Ý«“\"])|\n")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who may be speaking: where they are named."""

    name: str
    id: PersonId | None
    start: int
    end: int


class Quotes:
    """Writes `Doc._.quotes` and `Doc._.reported`, tuples of `Quote`; comes after the leaders."""

    def __init__(self) -> None:
        for extension in ("quotes", "reported"):
            if not Doc.has_extension(extension):
                Doc.set_extension(extension, default=())

    def use(self, speech: Speech) -> None:
        """Read speech by these words from now on. (A spaCy factory takes nothing but JSON.)"""

    def __call__(self, doc: Doc) -> Doc:
        doc._.quotes = find_quotes(doc.text, tuple(_speakers(doc)))
        return doc


@Language.factory(FACTORY)
def create_quotes(nlp: Language, name: str) -> Quotes:
    """Make the component."""
    return Quotes()


def find_quotes(text: str, speakers: tuple[Speaker, ...]) -> tuple[Quote, ...]:
    """All quotes of a text with their speakers, in order."""
    spans = [_inner_span(found) for found in _QUOTE.finditer(text)]
    return tuple(
        _quote(text, start, end, speakers)
        for start, end in spans
        if len(text[start:end].split()) >= MIN_WORDS
    )


def _inner_span(found: re.Match[str]) -> tuple[int, int]:
    """The span of the words alone, without marks and the space inside them."""
    group = found.lastindex or 1
    inner = found.group(group)
    start = found.start(group) + len(inner) - len(inner.lstrip())
    return start, max(start, found.end(group) - (len(inner) - len(inner.rstrip())))


def _quote(text: str, start: int, end: int, speakers: tuple[Speaker, ...]) -> Quote:
    speaker = _after(text, end, speakers) or _before(text, start, speakers)
    return Quote(
        text=text[start:end],
        start=start,
        end=end,
        speaker=speaker.name if speaker else None,
        speaker_id=speaker.id if speaker else None,
    )


def _after(text: str, end: int, speakers: tuple[Speaker, ...]) -> Speaker | None:
    """ "« … », a déclaré Emmanuel Macron": the first person after the verb in what is left of the sentence."""
    window = _sentence_after(text, end)
    said = _SAYING.search(fold(text[end : end + window]))
    if not said or said.start() > 40:
        return None
    inside = [s for s in speakers if end <= s.start and s.end <= end + window]
    return min(inside, key=lambda s: s.start, default=None)


def _before(text: str, start: int, speakers: tuple[Speaker, ...]) -> Speaker | None:
    """ "Le Premier ministre assure que « … »": the first person of the sentence, when a verb of saying follows them."""
    begin = _sentence_before(text, start)
    inside = [s for s in speakers if begin <= s.start and s.end <= start]
    subject = min(inside, key=lambda s: s.start, default=None)
    if subject is None or not _SAYING.search(fold(text[subject.end : start])):
        return None
    return subject


def _sentence_after(text: str, end: int) -> int:
    rest = text[end : end + _NEAR_CHARS]
    stop = _STOP.search(rest)
    return stop.start() if stop else len(rest)


def _sentence_before(text: str, start: int) -> int:
    begin = max(0, start - 2 * _NEAR_CHARS)
    stops = [found.end() for found in _STOP.finditer(text[begin:start])]
    return begin + (stops[-1] if stops else 0)


def _speakers(doc: Doc) -> Iterator[Speaker]:
    """Leaders, each span once, and the people whom only the model sees."""
    leaders: dict[tuple[int, int], LeaderMention] = {(m.start, m.end): m for m in doc._.leaders}
    for (start, end), leader in leaders.items():
        yield Speaker(leader.name, leader.id, start, end)
    for ent in doc.ents:
        taken = any(start < ent.end_char and ent.start_char < end for start, end in leaders)
        if ent.label_ == "PER" and not taken and len(ent.text.split()) > 1 and ent.text[0].isupper():
            yield Speaker(ent.text, None, ent.start_char, ent.end_char)
