"""What is wrong with something that was typed: one sentence for a script, a code for the reader's language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`field` is the parameter; `code` is what a template has a sentence for; `sentence` is the English of JSON."""

    field: str
    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.field}: {self.sentence}"
