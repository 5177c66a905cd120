"""What a step did."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What a step did: how many it took, finished, left for later, and refused by reason. They add up."""

    taken: int = 0
    done: int = 0
    failed: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        """As a log says it: "11 done of 14, 1 failed, 2 déjà vu"."""
        failed = f", {self.failed} failed" if self.failed else ""
        refused = "".join(f", {count} {why}" for why, count in self.refused.items() if count)
        return f"{self.done} done of {self.taken}{failed}{refused}"

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            taken=self.taken + other.taken,
            done=self.done + other.done,
            failed=self.failed + other.failed,
            refused=dict(Counter(self.refused) + Counter(other.refused)),
        )
