"""Who takes part in an event that a sentence tells of, and whether that is enough for it to count."""

from dataclasses import dataclass

from vigie.tagging.events.french import BOTH, DURING_ALONE, FIRST_PERSONS, LIGHT, OBJECTS, PRONOUNS
from vigie.tagging.events.lexicon import Lexicon
from vigie.tagging.events.reading import Reading
from vigie.tagging.events.roles import Actor, Scene
from vigie.tagging.events.telling import Told
from vigie.tagging.words import Token

_AGENT_CHARS = 100
_BESIDE_CHARS = 40
_OBJECT_WORDS = 8


@dataclass(slots=True, kw_only=True)
class Cast:
    """Who was named last: what "il" and "les deux dirigeants" of the next sentence stand for."""

    actors: tuple[Actor, ...] = ()
    subject: Actor | None = None


class Caster:
    """Finds who takes part in what one sentence tells."""

    def __init__(
        self, reading: Reading, lexicon: Lexicon, tokens: list[Token], scene: Scene, cast: Cast
    ) -> None:
        self._reading = reading
        self._lexicon = lexicon
        self._tokens = tokens
        self._scene = scene
        self._cast = cast

    def extent(self, told: Told) -> tuple[int, int]:
        """Where those who take part are named: the clause; behind a noun, where its verb says or judges something."""
        clause = self._reading.clauses[told.clause]
        first, verb = clause.first, told.verb
        if told.is_noun and verb and told.first > verb.first and (verb.does("say") or verb.does("judge")):
            own = told.clue.announced and self._tokens[told.first - 1].form in ("sa", "son", "leur")
            first = clause.first if own else told.first
        return self._tokens[first].start, self._tokens[clause.last - 1].end

    def actors(self, told: Told) -> list[Actor]:
        """Those named there, who is stood for by a pronoun, and the subject where that is named before."""
        begin, end = self._tokens[told.first].start, self._tokens[told.last - 1].end
        named = [a for a in self._scene.actors_in(*self.extent(told)) if a.end <= begin or end <= a.start]
        body = self._scene.body_after(end) if told.is_noun else None
        if body and body not in named:
            named.append(body)
        if told.tense == "bare" and not told.is_noun:
            return self._beside(told, named)
        if not told.is_noun and told.clue.people > 1 and self._has_pronoun(told) and self._cast.subject:
            named.append(self._cast.subject)
        return [*self._subject(told), *named]

    def is_enough(self, told: Told, actors: list[Actor], *, dated: bool, placed: bool) -> bool:
        """Whether the clue is satisfied: people, somebody it is done to, a place; and without a date, that it was
        done or will be."""
        clue = told.clue
        people = len({actor.name for actor in actors if actor.is_person or not clue.persons})
        if (clue.place and not placed) or (clue.object and told.verb and not self._has_object(told, actors)):
            return False
        is_done_to = not told.is_noun and told.verb is not None and told.verb.passive
        spared = (clue.people > 1 and (is_done_to or self._has_pronoun(told))) or (
            clue.groups and self._has_group(told)
        )
        if people + spared < clue.people:
            return False
        if told.tense == "bare" and not told.is_noun and clue.people and not any(a.is_person for a in actors):
            return False
        return dated or (people > 0 and not clue.dated and self._stands_undated(told, people))

    def remember(self) -> None:
        """Take note of who is named, for the next sentence."""
        sentence = self._reading.sentence
        actors = self._scene.actors_in(sentence.start, sentence.end)
        if actors:
            self._cast.actors = tuple(actors)
            self._cast.subject = next((actor for actor in actors if actor.is_person), None)

    def _subject(self, told: Told) -> list[Actor]:
        """The subject of a clause that does not name its own."""
        sentence, clause = self._reading.sentence, self._reading.clauses[told.clause]
        verb_first = told.verb.first if told.verb else told.first
        head = [token.form for token in self._tokens[clause.first : min(told.first, verb_first)]]
        if told.is_noun and (told.verb is None or told.verb.first > told.first):
            return []
        if f" {' '.join(head[:2])} ".startswith(BOTH) and not told.clause:
            return list(self._cast.actors)
        if not set(head) <= LIGHT:
            return []
        if FIRST_PERSONS & set(head):
            return self._scene.speaker_at(self._tokens[told.first].start)
        if told.clause:
            return self._subject_before(told, "qui" in head)
        if self._tokens[sentence.first].form in PRONOUNS and self._cast.subject:
            return [self._cast.subject]
        return []

    def _subject_before(self, told: Told, relative: bool) -> list[Actor]:
        """Who stands right before "qui"; else the first subject of the sentence that says nothing."""
        clauses, sentence = self._reading.clauses, self._reading.sentence
        if relative:
            return self._scene.actors_in(sentence.start, self._tokens[clauses[told.clause].first].start)[-1:]
        begin = next((clause for clause in clauses[: told.clause] if not clause.says), None)
        if begin is not None:
            start, end = self._tokens[begin.first].start, self._tokens[begin.last - 1].end
            named = [actor for actor in self._scene.actors_in(start, end) if self._scene.is_subject(actor)]
            if named:
                return named[:1]
        first = self._tokens[sentence.first].form
        return [self._cast.subject] if first in PRONOUNS and self._cast.subject else []

    def _beside(self, told: Told, actors: list[Actor]) -> list[Actor]:
        """Of a participle alone: who stands right before it, and who did it; at the head of a sentence who follows."""
        start = self._tokens[told.first].start
        before = [actor for actor in actors if start - _BESIDE_CHARS < actor.end <= start]
        behind = [actor for actor in actors if actor.start > start]
        by = [actor for actor in behind if actor.start - start < _AGENT_CHARS and self._scene.is_agent(actor)]
        if before or told.first > self._reading.sentence.first + 1:
            return [*before[-1:], *by]
        return [*by, *[actor for actor in behind if actor not in by][:1]]

    def _stands_undated(self, told: Told, people: int) -> bool:
        if told.tense not in ("past", "future") or not told.clue.undated:
            return False
        if not told.is_noun:
            return True
        if told.verb is None:
            return False
        if told.lead in DURING_ALONE:
            return people > 1
        return told.verb.makes(told.clue.kind) and not told.verb.does("say") and not told.lead

    def _has_pronoun(self, told: Told) -> bool:
        """ "l'a reçu", "lui a téléphoné": somebody, though not named there."""
        return not told.is_noun and bool(
            OBJECTS & {token.form for token in self._tokens[told.first : told.last]}
        )

    def _has_object(self, told: Told, actors: list[Actor]) -> bool:
        """Whether somebody is received, rather than "la salve de critiques du vice-président"."""
        if self._has_pronoun(told) or (told.tense == "bare" and not told.is_noun):
            return True
        end = self._tokens[told.last - 1].end
        behind = [actor for actor in actors if actor.start > end]
        if told.verb and told.verb.passive:
            return True
        return self._group_in(told.last, told.last + _OBJECT_WORDS, told) or any(
            map(self._scene.is_object, behind)
        )

    def _has_group(self, told: Told) -> bool:
        return self._group_in(0, len(self._tokens), told)

    def _group_in(self, first: int, last: int, told: Told) -> bool:
        clause = self._reading.clauses[told.clause]
        span = range(max(first, clause.first), min(last, clause.last))
        return any(self._lexicon.groups.matches(self._tokens, at) for at in span)
