"""A doc as the phrase rules read it: plain lists, made at once; asking spaCy's tokens one by one takes four times as long."""

from itertools import accumulate

from spacy.tokens import Doc

from vigie.tagging.context import text_of

_ATTRIBUTES = ("LENGTH", "SPACY", "POS", "IS_STOP", "MORPH")
_TAGS = {"NOUN": "N", "PROPN": "P", "ADJ": "A", "DET": "D", "ADP": "L", "VERB": "V", "AUX": "V", "PUNCT": "."}
_PLURAL = "Number=Plur"


class View:
    """The tokens of a doc by index. `tags`: N noun, P proper noun, A adjective, D determiner, L preposition, V verb,
    "." mark, x anything else."""

    __slots__ = ("keys", "lowers", "plural", "starts", "stops", "tags", "text", "words")

    def __init__(self, doc: Doc) -> None:
        self.text = text_of(doc)
        table = doc.to_array(list(_ATTRIBUTES)).tolist()
        widths = accumulate((row[0] + row[1] for row in table), initial=0)
        self.starts: list[int] = list(widths)[: len(table)]
        self.words = [
            self.text[start : start + row[0]] for start, row in zip(self.starts, table, strict=True)
        ]
        self.lowers = [word.lower() for word in self.words]
        self.stops = [bool(row[3]) for row in table]
        strings = doc.vocab.strings
        tags = {key: _TAGS.get(strings[key], "x") for key in {row[2] for row in table}}
        self.tags = [tags[row[2]] for row in table]
        plural = {key: _PLURAL in strings[key] for key in {row[4] for row in table}}
        self.plural = [plural[row[4]] for row in table]
        self.keys: dict[tuple[int, int], str] = {}
        """The key of each phrase, once made."""

    def end(self, at: int) -> int:
        """Where a token ends, in characters."""
        return self.starts[at] + len(self.words[at])

    def cut(self, first: int, last: int) -> str:
        """The text of the tokens from `first` up to, not including, `last`."""
        return self.text[self.starts[first] : self.end(last - 1)]

    def opens(self, at: int) -> bool:
        """Whether nothing, or a mark, stands before a token."""
        return at == 0 or not self.words[at - 1][-1:].isalnum()

    def is_name(self, at: int) -> bool:
        """Whether a token is a name, by its tag or by its capital inside a sentence ("la loi Duplomb")."""
        if self.tags[at] == "P":
            return True
        word = self.words[at]
        inside = self.tags[at] in "NA" and word[:1].isupper() and word[1:].islower()
        return inside and at > 0 and self.words[at - 1][-1:].isalpha()
