"""The words of speech, by which a quotation finds its speaker."""

from vigie.knowledge.types.checked import Checked


class SpeechVerbs(Checked):
    """Verbs of speech, in the infinitive, by how they stand beside somebody's words."""

    saying: tuple[str, ...]
    judging: tuple[str, ...]
    weak: tuple[str, ...]
    manner: tuple[str, ...]
    mute: tuple[str, ...]
    faire: tuple[str, ...]


class GivenNames(Checked):
    """Usual given names, by gender."""

    masculine: tuple[str, ...]
    feminine: tuple[str, ...]


class Speech(Checked):
    """The words of speech; `include/quotes/speech.yml` says what each list is for."""

    verbs: SpeechVerbs
    according: tuple[str, ...]
    doubtful: tuple[str, ...]
    sayings: tuple[str, ...]
    documents: tuple[str, ...]
    issuers: tuple[str, ...]
    naming: tuple[str, ...]
    works: tuple[str, ...]
    makers: tuple[str, ...]
    charges: tuple[str, ...]
    terms: tuple[str, ...]
    judgements: tuple[str, ...]
    roles: tuple[tuple[str, ...], ...]
    loose: tuple[str, ...]
    apart: tuple[str, ...]
    attached: tuple[str, ...]
    trades: tuple[str, ...]
    collectives: tuple[str, ...]
    renaming: tuple[str, ...]
    persons: tuple[str, ...]
    times: tuple[str, ...]
    prepositions: tuple[str, ...]
    given: GivenNames
