"""Tag: articles a second through the tagger; beside it, bare spaCy on the same texts."""

import spacy

from bench.figures import Figure, Job, measure
from bench.press import START, Press
from vigie.stores import load_tagger_once
from vigie.tagging.pipeline import MODEL, TextToTag

BATCH = 8
"""As many at once as the tagger takes. With spaCy's own 1,000 the bare model peaked at 3,193 MB on 300 texts."""


def tag(job: Job) -> dict[str, Figure]:
    """Leaders, topics, places, quotes and keyphrases of each text; the model is loaded before the clock starts."""
    texts = [
        TextToTag(id=str(number), text=text, title=text.partition("\n")[0], date=START)
        for number, text in enumerate(_texts(job))
    ]
    tagger = load_tagger_once()
    list(tagger.tag(texts[:1]))
    return {"tag": measure(lambda: sum(1 for _ in tagger.tag(texts)))}


def tag_bare(job: Job) -> dict[str, Figure]:
    """The baseline: the same model's own pipes, all of them."""
    nlp, texts = spacy.load(MODEL), _texts(job)
    list(nlp.pipe(texts[:1]))
    return {"tag": measure(lambda: sum(1 for _ in nlp.pipe(texts, batch_size=BATCH)))}


def _texts(job: Job) -> list[str]:
    press = Press(feeds=job.feeds, entries=job.entries)
    return [press.story_text(number, entry) for number in range(job.feeds) for entry in range(job.entries)]
