"""The kinds of events, and the words that tell of them."""

from collections.abc import Mapping

from vigie.knowledge.types.checked import Checked


class IrregularVerb(Checked):
    """A verb's principal parts, from which its other forms follow."""

    verb: str
    present: tuple[str, ...]
    participle: str
    future: str
    imperfect: str
    simple: tuple[str, ...] = ()


class EventClue(Checked):
    """Words that tell of an event, and what must stand beside them; `include/events/kinds.yml` says what each means."""

    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    announced: bool = False
    groups: bool = False
    persons: bool = False
    object: bool = False
    passive: bool = False
    people: int = 0
    place: bool = False
    there: str | None = None
    dated: bool = False
    tenses: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class EventKind(Checked):
    """A kind of event and the words that tell of one."""

    kind: str
    label: str
    clues: tuple[EventClue, ...]
    never: tuple[str, ...] = ()
    happen: tuple[str, ...] = ()
    undated: bool = False
    recalls: bool = False


class EventGrammar(Checked):
    """The verbs and words around an event; `include/events/kinds.yml` says what each list is for."""

    happen: tuple[str, ...]
    plan: tuple[str, ...]
    doubt: tuple[str, ...]
    cancel: tuple[str, ...]
    say: tuple[str, ...]
    judge: tuple[str, ...]
    during: tuple[str, ...]
    doubtful: tuple[str, ...]
    groups: tuple[str, ...]
    satellites: tuple[str, ...]
    venues: Mapping[str, str]


class EventFile(Checked):
    """`events/kinds.yml`."""

    kinds: tuple[EventKind, ...]
    grammar: EventGrammar
    irregular: tuple[IrregularVerb, ...]

    @property
    def labels(self) -> Mapping[str, str]:
        """What a reader sees of each kind."""
        return {kind.kind: kind.label for kind in self.kinds}
