"""Words that are no subject by themselves."""

from collections.abc import Mapping

from vigie.knowledge.types.checked import Checked


class StopWords(Checked):
    """Words that are no subject by themselves; `include/keyphrases/stop.yml` says what each list is for."""

    calendar: tuple[str, ...]
    units: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    rubrics: tuple[str, ...] = ()
    cliches: tuple[str, ...] = ()
    invariable: tuple[str, ...] = ()
    irregular: Mapping[str, str] = {}
    nouns: tuple[str, ...]
