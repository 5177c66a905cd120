"""Of which country a title without one is: a count of what the text says, not a default."""

from collections import defaultdict

from vigie.knowledge.types.leaders import Country
from vigie.tagging.leaders.antecedents import Antecedents
from vigie.tagging.leaders.discourse import Discourse
from vigie.tagging.leaders.gazetteer import Gazetteer
from vigie.tagging.leaders.phrases import Phrase
from vigie.tagging.words import fold

_NEAREST_CUE, _HOME_PRIOR, _STATE_PRIOR, _REPUBLIC_PRIOR = 2.5, 3.0, 5.5, 8.0
_SAME_TITLE = 8.0
ENOUGH, _CLOSE = 2.0, 0.5
"""Weights of what tells the country of a bare title; chosen by hand, tried on the development texts. "Le
président" alone has no home; "le président de la République" hardly ever is another country's. A country with less
than `_CLOSE` of the foremost one's weight is not tried."""
PRESIDENTS = frozenset({"president", "presidente", "presidents", "presidentes", "chancelier", "chanceliere"})


class Spoken:
    """Weighs countries. Built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer, antecedents: Antecedents) -> None:
        self._gazetteer = gazetteer
        self._antecedents = antecedents

    def countries(self, phrase: Phrase, said: Discourse) -> list[Country]:
        """The countries that a phrase may mean: its own, or those that the text speaks of, foremost first."""
        if phrase.countries:
            return [country for group in phrase.countries for country in group]
        scores = self._scores(phrase, said)
        return [self._gazetteer.countries[code] for code in scores if code in self._gazetteer.countries]

    def _scores(self, phrase: Phrase, said: Discourse) -> dict[str, float]:
        """How much speaks for each country as that of a bare title, foremost first."""
        scores = defaultdict(float, said.cues)
        nearest = next(
            (meant for meant in said.latest() if self._antecedents.fits(meant, phrase.titles)), None
        )
        if nearest:
            scores[nearest.country] += _NEAREST_CUE
        called = next((m for m in reversed(said.called) if self._antecedents.fits(m, phrase.titles)), None)
        if called:
            scores[called.country] += _SAME_TITLE
        scores[said.home] += _home_prior(phrase.titles[0].form)
        best = max(scores.values())
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        return {code: score for code, score in ranked if score >= max(ENOUGH, _CLOSE * best)}


def _home_prior(form: str) -> float:
    if form.endswith("de la République"):
        return _REPUBLIC_PRIOR
    if form.endswith(("de l'État", "d'État")):
        return _STATE_PRIOR
    return 0.0 if fold(form) in PRESIDENTS else _HOME_PRIOR
