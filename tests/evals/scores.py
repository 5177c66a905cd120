"""Precision, recall and F1 of a tagger on a labelled set, and the digest that says which set it was."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts over a set, and what they say. `misses` and `wrong` are for a person to read."""

    right: int
    tagged: int
    labelled: int
    misses: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    parts: dict[str, "Score"] = field(default_factory=dict)
    """The same by kind (a `via`, a topic): where one number would hide a weak part."""

    @property
    def precision(self) -> float:
        return self.right / self.tagged if self.tagged else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def line(self, name: str) -> str:
        """One line of a report."""
        return (
            f"{name:<32} P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"
            f"  ({self.right} right of {self.tagged} tagged, {self.labelled} labelled)"
        )

    def report(self, name: str) -> str:
        """The whole, the parts, then every miss and everything wrong: what a failing floor prints."""
        lines = [self.line(name), *(part.line(f"  {key}") for key, part in sorted(self.parts.items()))]
        return "\n".join(
            [*lines, *(f"missed: {m}" for m in self.misses), *(f"wrong: {w}" for w in self.wrong)]
        )


def digest_of(*paths: Path) -> str:
    """Twelve hexadecimal digits that change when a set does."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
