"""Measures the quotations on labelled texts: `python -m tests.evals.quotes [FILE]` (`quotes_fr.txt` or JSON Lines).

A quotation is found when it and a labelled one share half of the longer; it is right when its speaker is the labelled
one too, by id or by name (folded, without an article or a civility), or when neither names one.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.evals.scores import Score, digest_of
from tests.tagging.taggers import shared_tagger
from vigie.model import Quote
from vigie.tagging.pipeline import Tagger, TextToTag
from vigie.tagging.words import fold

LABELLED = Path(__file__).with_name("quotes_fr.txt")
MORE = Path(__file__).with_name("quotes_more_fr.txt")
KEPT = Path(__file__).with_name("quotes_kept_fr.txt")

_LABEL = re.compile(r"\{([^{}]+)\}")
_CLOSING = re.compile(r"[»”\"]\s*$")
_LEAD = re.compile(r"^(?:l'|d'|(?:le|la|les|un|une|des|du|m\.|mme|me|m) )")
_OPENING = {"»": "«", "”": "“", '"': '"'}


def load_labelled(path: Path = LABELLED) -> list[dict[str, Any]]:
    """The texts of a file, each with its `quotes`: `start`, `end`, `speaker`."""
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    blocks = [block.strip().splitlines() for block in path.read_text(encoding="utf-8").split("\n\n")]
    return [_read_block(lines) for lines in blocks if not lines[0].startswith("#")]


def _read_block(lines: list[str]) -> dict[str, Any]:
    key, date = lines[0].split()
    text, quotes = _unmark(" ".join(lines[1:]).replace(" // ", "\n"))
    return {"id": key, "date": date, "text": text, "quotes": quotes}


def _unmark(labelled: str) -> tuple[str, list[dict[str, Any]]]:
    plain, at, quotes = "", 0, []
    for found in _LABEL.finditer(labelled):
        plain += labelled[at : found.start()]
        at = found.end()
        start, end = _span(plain)
        quotes.append({"start": start, "end": end, "speaker": None if found[1] == "-" else found[1]})
    return plain + labelled[at:], quotes


def _span(plain: str) -> tuple[int, int]:
    """The words between the last marks of a text; up to its end where nothing closes them."""
    closed = _CLOSING.search(plain)
    end = closed.start() if closed else len(plain)
    mark = _OPENING[plain[end]] if closed else "«"
    inner = plain[plain.rindex(mark, 0, end) + 1 : end]
    return end - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())


def score_quotes(tagger: Tagger, texts: Sequence[Mapping[str, Any]]) -> Score:
    """Tag the texts and compare. `parts` has the finding alone, speakers left aside."""
    right = found = tagged = labelled = 0
    misses: list[str] = []
    wrong: list[str] = []
    for text, tags in zip(texts, tagger.tag(_to_tag(text) for text in texts), strict=True):
        left = list(text["quotes"])
        tagged, labelled = tagged + len(tags.quotes), labelled + len(left)
        for quote in tags.quotes:
            gold = next((gold for gold in left if _overlaps(quote, gold)), None)
            if gold is not None:
                left.remove(gold)
                found += 1
            if gold is not None and _same_speaker(quote, gold):
                right += 1
            else:
                wrong.append(_complaint(text["id"], quote, gold))
        misses += [f"{text['id']}: {text['text'][gold['start'] : gold['end']]!r}" for gold in left]
    return Score(
        right=right, tagged=tagged, labelled=labelled, misses=tuple(misses), wrong=tuple(wrong),
        parts={"found": Score(right=found, tagged=tagged, labelled=labelled)},
    )  # fmt: skip


def _to_tag(text: Mapping[str, Any]) -> TextToTag:
    return TextToTag(id=text["id"], text=text["text"], title=text.get("title") or "", date=text["date"])


def _overlaps(quote: Quote, gold: Mapping[str, Any]) -> bool:
    common = min(quote.end, gold["end"]) - max(quote.start, gold["start"])
    return common * 2 >= max(quote.end - quote.start, gold["end"] - gold["start"])


def _same_speaker(quote: Quote, gold: Mapping[str, Any]) -> bool:
    if quote.speaker is None or gold["speaker"] is None:
        return quote.speaker is None and gold["speaker"] is None
    names = {_plain(name) for name in gold["speaker"].split("|")}  # a body may have two usual names
    return _plain(quote.speaker) in names or quote.speaker_id == gold.get("speaker_id", "")


def _plain(name: str) -> str:
    folded = " ".join(fold(name).split())
    return _LEAD.sub("", folded)


def _complaint(key: str, quote: Quote, gold: Mapping[str, Any] | None) -> str:
    meant = "no quotation" if gold is None else f"{gold['speaker']}"
    return f"{key}: {quote.text[:60]!r} -> {quote.speaker} ({quote.mention}), not {meant}"


def _lines(paths: Sequence[Path]) -> Iterator[str]:
    for path in paths:
        texts = load_labelled(path)
        yield score_quotes(shared_tagger(), texts).report(
            f"{path.name} {digest_of(path)}, {len(texts)} texts"
        )


if __name__ == "__main__":
    sys.stdout.write("\n".join(_lines([Path(name) for name in sys.argv[1:]] or [LABELLED])) + "\n")
