"""How things are called on the cluster, and what the files of `include/elasticsearch/` say of them. Asks no server.

A *family* is what stands behind one alias: the articles, or one kind of findings. Its indices are named
`<alias>-<part>-v<generation>`: the parts of the articles are months, findings have one part. All indices that readers see
are of one generation, the one whose head is behind the alias. Indices of before there were generations count as 0.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from vigie.search.findings import FINDING_KINDS

TEMPLATES = Path(__file__).parents[4] / "elasticsearch"
"""Where the analysis and the templates lie: beside the package, for an operator to read."""

ANALYSIS = "analysis"
ABOVE = 100
"""More than the file says: a template of before there were generations may stand at the file's own priority."""
_WHOLE = "all"
_NO_MONTH = "0000.00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """`name` is "articles" or a kind of findings; `head` is the part that is always there, and says which generation is.

    Two documents of one id are the same when their `stamps` are. `file` names the template's file; `guard` names what
    all families share, the template of strays and the beginning of the analysis' name.
    """

    name: str
    alias: str
    file: str
    head: str
    stamps: tuple[str, ...]
    guard: str

    def index(self, part: str, generation: int) -> str:
        """The name of an index."""
        if generation == 0:
            return f"{self.alias}-{'1' if part == _WHOLE else part}"
        return f"{self.alias}-{part}-v{generation}"

    def read(self, index: str) -> tuple[str, int]:
        """The part and the generation of an index of this family."""
        rest = index.removeprefix(f"{self.alias}-")
        found = re.fullmatch(r"(.+)-v(\d+)", rest)
        if found:
            return found[1], int(found[2])
        return (_WHOLE if self.head == _WHOLE else rest), 0

    def template(self, generation: int) -> str:
        """The name of the template of a generation."""
        return f"{self.alias}-v{generation}"


def list_families(articles: str) -> dict[str, Family]:
    """All of them by name, for the articles behind this alias."""
    beside = articles.removesuffix("-articles")
    own = Family(
        guard=beside,
        name="articles",
        alias=articles,
        file="template",
        head=_NO_MONTH,
        stamps=("version", "indexed_at"),
    )
    kinds: dict[str, Family] = {
        kind: Family(
            name=kind, alias=f"{beside}-{kind}", file=kind, head=_WHOLE, stamps=("digest",), guard=beside
        )
        for kind in FINDING_KINDS
    }
    return {"articles": own, **kinds}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the files say: the analysis, the settings and the mapping, and digests of all of it and of the analysis."""

    analysis: Mapping[str, Any]
    settings: Mapping[str, Any]
    mappings: Mapping[str, Any]
    priority: int
    digest: str
    analysis_digest: str

    @property
    def meta(self) -> dict[str, str]:
        """What each index carries of the files that it was made from."""
        return {"digest": self.digest, "analysis": self.analysis_digest}


@cache
def read_wanted(file: str) -> Wanted:
    """The files of one family, as they were when this process first asked."""
    analysis = _load(ANALYSIS)["template"]["settings"]
    body = _load(file)
    template = body["template"]
    said = {"settings": template["settings"], "mappings": template["mappings"]}
    return Wanted(
        analysis=analysis,
        **said,
        priority=body["priority"],
        digest=_digest([analysis, said]),
        analysis_digest=_digest(analysis),
    )


def component_name(family: Family, wanted: Wanted) -> str:
    """The component template of the analysis: another analysis has another name, so no older template changes."""
    return f"{family.guard}-{ANALYSIS}-{wanted.analysis_digest}"


def build_template(
    family: Family, generation: int, wanted: Wanted, *, visible: bool, writable: bool
) -> dict[str, Any]:
    """The index template of a generation, as the client takes it.

    `visible`: a new month stands behind the alias at once. Not `writable`: it is born closed to writers.
    """
    index = {**wanted.settings["index"], **({} if writable else {"blocks": {"write": True}})}
    return {
        "name": family.template(generation),
        "index_patterns": [family.index("*", generation)],
        "composed_of": [component_name(family, wanted)],
        "priority": wanted.priority + ABOVE,
        "template": {
            "aliases": {family.alias: {}} if visible else {},
            "settings": {"index": index},
            "mappings": {**wanted.mappings, "_meta": wanted.meta},
        },
    }


def build_guard(families: Iterable[Family]) -> dict[str, Any]:
    """The template of every other index under these names: a stray write makes one that takes nothing and guesses nothing."""
    known = list(families)
    return {
        "name": f"{known[0].guard}-strays",
        "index_patterns": [f"{family.alias}-*" for family in known],
        "priority": 100,
        "template": {"settings": {"index": {"blocks": {"write": True}}}, "mappings": {"dynamic": "strict"}},
    }


def is_addition(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether `new` only adds fields to `old`. A new sub-field is none: documents that are there would not be in it."""
    for name, described in new.items():
        before = old.get(name)
        if before is None or before == described:
            continue
        inside, inside_before = described.get("properties"), before.get("properties")
        rest = {key: value for key, value in described.items() if key != "properties"}
        rest_before = {key: value for key, value in before.items() if key != "properties"}
        if not inside or not inside_before or rest != rest_before or not is_addition(inside_before, inside):
            return False
    return True


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((TEMPLATES / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]
