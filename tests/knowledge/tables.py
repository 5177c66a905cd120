"""Small tables for the checks of leaders, and the shipped ones."""

from collections.abc import Mapping
from functools import cache

from vigie.adapters.knowledge_files import DEFAULT_FOLDER
from vigie.knowledge import examination, stretches, terms
from vigie.knowledge.leaders import Leaders, read_leaders

TERMS, STRETCHES, ALIASES = terms.FILE, stretches.FILE, "leaders/aliases.yml"
FRANCE = """
FR,head_of_state,2012-05-15,2017-05-14,François Hollande,Q157,président de la République,yes
FR,head_of_state,2017-05-14,,Emmanuel Macron,Q3052772,président de la République,yes
""".strip()


@cache
def shipped_texts() -> Mapping[str, str]:
    """The desk's own files."""
    return {name: (DEFAULT_FOLDER / name).read_text(encoding="utf-8") for name in examination.FILES}


@cache
def shipped() -> Leaders:
    """What they say."""
    return read_leaders(shipped_texts())


def small(rows: str, stretch_rows: str = "", aliases: str = "people: {}") -> dict[str, str]:
    """A terms table of those rows (line 2 is the first), with the shipped offices and countries."""
    return {
        **shipped_texts(),
        TERMS: f"{','.join(terms.COLUMNS)}\n{rows}\n",
        STRETCHES: f"{','.join(stretches.COLUMNS)}\n{stretch_rows}\n",
        ALIASES: f"{aliases}\n",
    }
