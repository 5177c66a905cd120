"""What heads no alert: the desk's own list, `include/topics/never_new.yml`. Pure: text in."""

from dataclasses import dataclass

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from vigie.errors import UsageError
from vigie.topics.terms import normalize_term


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverNew:
    """`never`: words that head no alert. `routine`: nor do these, and what stands beside them weighs less, as do articles
    whose title has a phrase of `routine_titles`."""

    never: tuple[str, ...] = ()
    routine: tuple[str, ...] = ()
    routine_titles: tuple[str, ...] = ()

    @property
    def title_keys(self) -> frozenset[str]:
        """The phrases of routine titles, as titles are compared with them."""
        return frozenset(map(normalize_term, self.routine_titles))


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    never: list[str] = []
    routine: list[str] = []
    routine_titles: list[str] = []


def read_never_new(text: str, *, where: str) -> NeverNew:
    """The lists of a file; `UsageError` names the key that is wrong."""
    try:
        read = _File.model_validate(yaml.safe_load(text) or {})
    except yaml.YAMLError as error:
        raise UsageError(f"{where}: not YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        fault = error.errors()[0]
        raise UsageError(
            f"{where}: {'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
        ) from error
    return NeverNew(
        never=tuple(read.never), routine=tuple(read.routine), routine_titles=tuple(read.routine_titles)
    )
