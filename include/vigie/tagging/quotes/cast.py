"""The cast of a text: who a mention means, by what the text has said before.

"la maire", "l'élue" and "elle" are Anne Durand when she has been spoken of so, or has just been spoken of at all and
nothing speaks against it. Whom nothing names is called as written.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from vigie.tagging.quotes.grammar import uncontract
from vigie.tagging.quotes.lexicon import Lexicon
from vigie.tagging.quotes.mentions import Mention
from vigie.tagging.quotes.voices import Voice, Voices
from vigie.tagging.words import fold

_SAID = 3.6
"""How much a speaker stands out afterwards; the first free mention of a frame counts 3."""
_LATTER = frozenset({"dernier", "derniere", "celui-ci", "celle-ci"})
_FAR = 8
"""Frames back beyond which a pronoun means nobody."""
_EMPTY = frozenset(
    [
        "le",
        "la",
        "l'",
        "les",
        "de",
        "d'",
        "du",
        "des",
        "un",
        "une",
        "ce",
        "cet",
        "cette",
        "a",
        "au",
        "aux",
        "en",
        "et",
        ",",
        "nouveau",
        "nouvelle",
        "ancien",
        "ancienne",
        "ex",
    ]
)


@dataclass(slots=True)
class _Turn:
    """A voice's appearance: in which frame, and how much it stands out there."""

    frame: int
    voice: Voice
    weight: float


class Cast:
    """Who is in the text so far; `meet` the mentions of each frame in order, then ask for `voice_of`."""

    def __init__(self, text: str, lexicon: Lexicon, voices: Voices) -> None:
        self._text = text
        self._lexicon = lexicon
        self._voices = voices
        self._unnamed: dict[str, Voice] = {}
        self._turns: list[_Turn] = []
        self._speakers: list[tuple[int, Voice]] = []

    def meet(self, frame: int, mentions: list[Mention]) -> None:
        """Take in the mentions of a frame: its free ones stand out, the first most."""
        first = True
        for mention in mentions:
            voice = self.voice_of(mention, frame) if mention.kind not in ("thing", "document") else None
            if voice is None:
                continue
            weight = 1.0 if mention.governed else 1.6 if mention.object else 3.0 if first else 2.0
            first = first and (bool(mention.governed) or mention.object)
            self._turns.append(_Turn(frame, voice, weight))

    def note_speaker(self, frame: int, voice: Voice) -> None:
        """Somebody speaks."""
        self._turns.append(_Turn(frame, voice, _SAID))
        self._speakers.append((frame, voice))

    def voice_of(self, mention: Mention, frame: int) -> Voice | None:
        """Who a mention means; None for a pronoun that finds nobody."""
        if mention.partner is not None:
            return self._of_pair(mention, mention.partner, frame)
        if mention.kind == "leader":
            return self._of_leaders(mention)
        if mention.kind == "person":
            return self._voices.person(mention.name)
        if mention.kind == "pronoun":
            latter = self._the_latter(mention, frame)
            return latter or (None if mention.head == "on" else self._salient(mention, frame, humans=False))
        if mention.kind in ("body", "place"):
            return self._of_body(mention) or self._as_written(mention)
        if mention.kind == "document":
            return self._of_document(mention, frame) or self._as_written(mention)
        if mention.kind in ("role", "generic"):
            return self._of_role(mention, frame) or self._as_written(mention)
        return (
            self._described(mention, frame) if mention.definite and not mention.plural else None
        ) or self._as_written(mention)

    def _of_pair(self, mention: Mention, partner: Mention, frame: int) -> Voice | None:
        """ "X et Y": both, as one plural voice."""
        mention.partner = None
        one, other = self.voice_of(partner, frame), self.voice_of(mention, frame)
        mention.partner = partner
        if one is None or other is None:
            return one or other
        name = f"{one.name} et {other.name}"
        return self._unnamed.setdefault(name, Voice(name, plural=True, named=False))

    def _of_leaders(self, mention: Mention) -> Voice:
        if len(mention.people) > 1:
            return self._as_written(mention)
        return self._voices.leader(mention.people[0])

    def _as_written(self, mention: Mention) -> Voice:
        """Somebody without a name: the one met before under the same noun, else new."""
        written = uncontract(self._text[mention.start : mention.end])
        known = self._unnamed.get(mention.head)
        if known and mention.definite and mention.inner is None and not mention.plural and not known.plural:
            return known
        voice = Voice(written, gender=mention.gender, plural=mention.plural, named=False,
                      human=mention.kind in ("role", "generic") or mention.plural, roles=[(mention.head, " ".join(mention.words))])  # fmt: skip
        if mention.head:
            self._unnamed[mention.head] = voice
        return voice

    def _of_body(self, mention: Mention) -> Voice | None:
        if mention.kind == "place":
            return self._unnamed.setdefault(fold(mention.name), Voice(mention.name, human=False))
        if mention.name:
            return self._voices.body(mention.name)
        if mention.inner or not mention.definite or mention.plural:
            return None
        bodies = [voice for voice in self._recent() if not voice.human and voice.named and not voice.plural]
        called = next(
            (voice for voice in bodies if any(head == mention.head for head, _ in voice.roles)), None
        )
        if called or mention.head not in self._lexicon.renaming or mention.head in self._unnamed:
            return called
        spoken = [voice for _, voice in self._speakers if voice in bodies]
        return spoken[-1] if spoken else bodies[0] if bodies else None

    def _of_document(self, mention: Mention, frame: int) -> Voice | None:
        """Who wrote it: "le communiqué de l'Élysée"; of "le communiqué" alone, the last body that spoke."""
        if mention.inner and mention.inner.kind in ("leader", "person", "body", "role", "place"):
            return self.voice_of(mention.inner, frame)
        if mention.inner or not mention.definite:
            return None
        return next((voice for _, voice in reversed(self._speakers) if not voice.human and voice.named), None)

    # Functions

    def _of_role(self, mention: Mention, frame: int) -> Voice | None:
        if mention.plural:
            return None
        if not mention.definite:
            return self._named_later(mention) if frame == 0 else None
        same = self._same_again(mention) or self._the_latter(mention, frame)
        if same:
            return same
        known = self._in_role(mention)
        if known or mention.head in self._unnamed:
            return known
        if mention.kind == "generic" and mention.inner is None:
            return self._salient(mention, frame, humans=True)
        return self._described(mention, frame)

    def _named_later(self, mention: Mention) -> Voice | None:
        """ "un député" in a first sentence, when the text goes on with one deputy and his name."""
        found = [v for v in self._voices if v.human and any(head == mention.head for head, _ in v.roles)]
        return found[0] if len(found) == 1 and not self._turns_of(found[0]) else None

    def _turns_of(self, voice: Voice) -> bool:
        return any(turn.voice is voice for turn in self._turns)

    def _same_again(self, mention: Mention) -> Voice | None:
        """ "la même source", "le même": whoever spoke last."""
        return self._speakers[-1][1] if self._speakers and "meme" in mention.words[1:2] else None

    def _the_latter(self, mention: Mention, frame: int) -> Voice | None:
        """ "ce dernier", "celui-ci": whoever of that gender was met last; "l'intéressé": whoever does not speak."""
        other = mention.head in ("interesse", "interessee")
        if not other and mention.head not in _LATTER:
            return None
        spoke = self._speakers[-1][1] if self._speakers and other else None
        near = (
            turn.voice
            for turn in reversed(self._turns)
            if frame - turn.frame <= 2 and turn.voice is not spoke
        )
        return next((voice for voice in near if voice.human and self._agrees(voice, mention)), None)

    def _in_role(self, mention: Mention) -> Voice | None:
        """The person whom the text has given that function, the last one spoken of."""
        groups = self._lexicon.group(mention.head)
        wanted = _content(mention)
        for voice in self._recent():
            if not voice.named or not self._agrees(voice, mention):
                continue
            for head, phrase in voice.roles:
                same = head == mention.head or groups & self._lexicon.group(head)
                if same and (
                    not wanted or not phrase or wanted & set(phrase.split()) or not _has_content(phrase, head)
                ):
                    return voice
        return None

    def _described(self, mention: Mention, frame: int) -> Voice | None:
        """A new description of somebody just spoken of: "Anne Durand n'en revient pas. … la nouvelle maire"."""
        pointed = mention.words[:1] in (("ce",), ("cet",), ("cette",))
        for voice, spoke, back in self._just_met(frame):
            if not voice.named or not voice.human or not self._agrees(voice, mention):
                continue
            if pointed or self._may_be(voice, mention, spoke=spoke, back=back):
                return voice
        return None

    def _just_met(self, frame: int) -> list[tuple[Voice, bool, int]]:
        """Who spoke last or stands out in the frame before, with whether they spoke and how far back."""
        found: dict[int, tuple[Voice, bool, int]] = {}
        for at, voice in self._speakers[-1:]:
            if frame - at <= 3:
                found[id(voice)] = (voice, True, frame - at)
        for turn in reversed(self._turns):
            if frame - turn.frame > 2:
                break
            if turn.weight >= 2.0:
                found.setdefault(id(turn.voice), (turn.voice, False, frame - turn.frame))
        return sorted(found.values(), key=lambda met: met[2])

    def _may_be(self, voice: Voice, mention: Mention, *, spoke: bool, back: int) -> bool:
        """Whether a function may be that of somebody who was never given it."""
        loose = mention.head in self._lexicon.loose
        if voice.in_office:
            return loose and mention.head not in self._lexicon.apart and mention.inner is None
        if voice.roles:
            return loose or is_former(mention)
        if is_former(mention):
            return True
        if mention.head in self._lexicon.apart:
            return spoke and back <= 1 and bool(mention.inner)
        return True

    def _recent(self) -> Iterable[Voice]:
        """Voices, the last met first; then those who are only met later in the text."""
        seen: dict[int, Voice] = {}
        for turn in reversed(self._turns):
            seen.setdefault(id(turn.voice), turn.voice)
        yield from seen.values()
        yield from (voice for voice in self._voices if id(voice) not in seen)

    # Pronouns

    def _salient(self, mention: Mention, frame: int, humans: bool) -> Voice | None:
        """Who stands out most among those before, near and of that gender and number."""
        scores: dict[int, float] = {}
        best: tuple[float, Voice | None] = (0.0, None)
        for turn in reversed(self._turns):
            if frame - turn.frame > _FAR:
                break
            voice = turn.voice
            if not self._agrees(voice, mention) or (humans and not voice.human):
                continue
            score = 20 + turn.weight - 1.2 * (frame - turn.frame) - (0 if voice.human else 1.5)
            score -= 0.6 if mention.gender and not voice.gender else 0.0
            score += 0.3 if id(voice) in scores else 0.0
            scores[id(voice)] = score
            if score > best[0]:
                best = (score, voice)
        return best[1]

    @staticmethod
    def _agrees(voice: Voice, mention: Mention) -> bool:
        if mention.plural != voice.plural:
            return False
        return not (mention.gender and voice.gender and mention.gender != voice.gender)


def is_former(mention: Mention) -> bool:
    """ "l'ancien maire", "l'ex-ministre": a function that says what somebody was."""
    return any(word in ("ancien", "ancienne", "ex") or word.startswith("ex-") for word in mention.words[:3])


def _content(mention: Mention) -> set[str]:
    """The words of a phrase that tell one holder of a function from another."""
    return set(mention.words) - _EMPTY - {mention.head, *mention.head.split()}


def _has_content(phrase: str, head: str) -> bool:
    return bool(set(phrase.split()) - _EMPTY - {head, *head.split(), ","})
