"""The YAML files of `include/leaders` and `include/topics`; `UsageError` names file, line and field."""

from collections.abc import Mapping
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from vigie.errors import UsageError
from vigie.knowledge.topic_weights import read_weights
from vigie.knowledge.types.leaders import Aliases, Office
from vigie.knowledge.types.topics import TopicFile, TopicKnowledge, TopicRule
from vigie.yaml_lines import Lines

TOPIC_FILES = ("mediatopics.yml", "desk.yml", "idioms.yml", "weights.txt")
Model = TypeVar("Model", bound=BaseModel)
_Fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _WordLoader(_Fast):  # type: ignore[misc]  # which of the two it is, only this machine knows
    """Fast, and without the words that YAML 1.1 takes for a truth value: "on" is a pronoun here, and NO is Norway."""

    yaml_implicit_resolvers = {  # noqa: RUF012  the class attribute that PyYAML reads
        first: [(tag, words) for tag, words in pairs if first in "tTfF" or not tag.endswith(":bool")]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read_offices(text: str) -> Mapping[str, Office]:
    """Offices by their name in the tables."""
    raw = _load_yaml("leaders/offices.yml", text)
    if not isinstance(raw, dict):
        raise UsageError("leaders/offices.yml, line 1: must be a mapping of offices")
    return {name: _check("leaders/offices.yml", text, Office, value, (name,)) for name, value in raw.items()}


def read_aliases(text: str, people: set[str] | None) -> Aliases:
    """Other names; of `people` (names) only, where they are known."""
    file = "leaders/aliases.yml"
    aliases = read_file(file, text, Aliases)
    for name in aliases.people:
        if people is not None and name not in people:
            raise UsageError(
                f"{file}, line {_line_of(text, ('people', name))}: {name!r} has no row in terms.csv"
            )
    return aliases


def read_topics(texts: Mapping[str, str]) -> TopicKnowledge:
    """The rules of every topic file; a broader topic stands above the finer ones."""
    rules: dict[str, TopicRule] = {}
    idioms: list[str] = []
    for name in TOPIC_FILES:
        if name.endswith(".yml"):
            file, text = f"topics/{name}", texts[f"topics/{name}"]
            content = read_file(file, text, TopicFile)
            idioms += content.idioms
            for index, rule in enumerate(content.topics):
                wrong = _complaint(rule, rules)
                if wrong:
                    raise UsageError(f"{file}, line {_line_of(text, ('topics', index))}, {wrong}")
                rules[rule.id] = _with_all_above(rule, rules)
    weights = read_weights(texts["topics/weights.txt"], frozenset(rules))
    return TopicKnowledge(rules=tuple(rules.values()), idioms=tuple(idioms), weights=weights)


def _complaint(rule: TopicRule, above: Mapping[str, TopicRule]) -> str | None:
    """What is wrong with a topic's place among those above it."""
    if rule.id in above:
        return f"id: {rule.id!r} stands twice"
    if rule.id.startswith("desk:") and not rule.broader:
        return f"broader: {rule.id!r} names no topic above it"
    unknown = [broader for broader in rule.broader if broader not in above]
    return f"broader: {unknown[0]!r} has no rule above this one" if unknown else None


def _with_all_above(rule: TopicRule, above: Mapping[str, TopicRule]) -> TopicRule:
    """The rule with the topics above those it names, each after the one that leads to it."""
    reached = (key for broader in rule.broader for key in (broader, *above[broader].broader))
    return rule.model_copy(update={"broader": tuple(dict.fromkeys(reached))})


def _load_yaml(file: str, text: str) -> Any:
    try:
        return yaml.load(text, Loader=_WordLoader)  # noqa: S506  it is a safe one
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageError(f"{file}, line {line}: {error.problem}") from error


def read_file(file: str, text: str, model: type[Model]) -> Model:
    """A YAML file that is one `model`."""
    return _check(file, text, model, _load_yaml(file, text), ())


def _check(file: str, text: str, model: type[Model], value: Any, path: tuple[str, ...]) -> Model:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = (*path, *first["loc"])
        field = ".".join(str(part) for part in where)
        raise UsageError(f"{file}, line {_line_of(text, where)}, {field}: {first['msg']}") from error


def _line_of(text: str, path: tuple[str | int, ...]) -> int:
    """Asked only when something is wrong: it reads the whole text again, with its marks."""
    return Lines(root=yaml.compose(text, Loader=yaml.SafeLoader)).of(path)
