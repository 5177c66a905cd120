"""French and English: every sentence of ours has its English, none is left over, and no screen mixes the two."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from fastapi.testclient import TestClient

from tests.page.addresses import list_screens
from tests.page.asking import ask_tree
from vigie import page as page_package
from vigie.page.drawing.language import words
from vigie.stores import Stores

PAGE = Path(page_package.__file__).parent
CATALOG = PAGE / "locale" / "en.po"
OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true", "silent": "false"}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
_PLACES = re.compile(r"%\(\w+\)s")
Key = str | tuple[str, str]


@cache
def written() -> dict[Key, str]:
    """Every sentence of the templates and the code, with the file that it stands in first."""
    found: dict[Key, str] = {}
    for path in sorted(PAGE.rglob("*")):
        method = {".html": "jinja2.ext:babel_extract", ".atom": "jinja2.ext:babel_extract", ".py": "python"}
        if path.suffix in method and path.name != "language.py":
            for key in _extract(path, method[path.suffix]):
                found.setdefault(key, path.name)
    return found


@cache
def translated() -> dict[Key, Message]:
    """The catalogue."""
    with CATALOG.open("rb") as file:
        return {_key(message.id): message for message in read_po(file, locale="en") if message.id}


def test_every_sentence_has_its_english() -> None:
    missing = {key: where for key, where in written().items() if key not in translated()}
    assert not missing, "\n".join(f"{where}: {key}" for key, where in missing.items())


def test_no_line_of_the_catalogue_is_left_over() -> None:
    assert not translated().keys() - written().keys()


def test_no_sentence_is_translated_twice() -> None:
    ids = Counter(re.findall(r'^msgid (".*"(?:\n".*")*)', CATALOG.read_text(encoding="utf-8"), re.MULTILINE))
    assert not [text for text, count in ids.items() if count > 1]


def test_translations_are_whole() -> None:
    for key, message in translated().items():
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        asked = key if isinstance(key, tuple) else (key,)
        assert len(said) == len(asked), key
        assert all(said), key
        assert not message.fuzzy, key
        places = {place for text in asked for place in _PLACES.findall(text)}
        assert {place for text in said for place in _PLACES.findall(text)} == places, key


@pytest.mark.parametrize(("count", "french", "english"), [(0, 0, 1), (1, 0, 0), (2, 1, 1), (1000, 1, 1)])
def test_plurals_are_those_of_each_language(count: int, french: int, english: int) -> None:
    for key, message in translated().items():
        if isinstance(key, tuple):
            assert words("fr").ngettext(*key, count) == key[french]
            assert words("en").ngettext(*key, count) == message.string[english]


def test_english_screens_have_no_french_sentence_of_ours(page: TestClient, stores: Stores) -> None:
    french = _telling(key for key, message in translated().items() if message.string != message.id)
    for path in list_screens(page.app, stores):  # type: ignore[arg-type]  # TestClient says ASGI app
        tree = ask_tree(page, path, lang="en")
        assert tree.get("lang") == "en"
        for other in tree.xpath("//body//*[@lang='fr']"):
            other.drop_tree()
        said = " ".join(tree.text_content().split())
        attributes = " ".join(tree.xpath("//@aria-label | //@placeholder | //@title | //@alt"))
        left = {text for text in french if text in said or text in attributes}
        assert not left, (path, left)


def test_a_language_that_was_chosen_is_remembered(page: TestClient) -> None:
    assert ask_tree(page, "/feeds").get("lang") == "fr"
    assert ask_tree(page, "/feeds", lang="en").get("lang") == "en"
    assert ask_tree(page, "/feeds").get("lang") == "en"
    assert ask_tree(page, "/feeds", lang="fr").get("lang") == "fr"
    page.cookies.clear()
    answer = page.get("/feeds", headers={"Accept": "text/html", "Accept-Language": "en-GB,fr;q=0.5"})
    assert '<html lang="en">' in answer.text


@pytest.fixture(autouse=True)
def _forget_language(page: TestClient) -> Iterator[None]:
    """The client is shared, and so are its cookies."""
    yield
    page.cookies.clear()


def _extract(path: Path, method: str) -> Iterator[Key]:
    options = OPTIONS if method != "python" else None
    for _line, found, _comments, _context in extract_from_file(
        method, path, keywords=KEYWORDS, options=options
    ):
        yield _key(found)


def _key(found: str | tuple[str, ...] | list[str]) -> Key:
    return found if isinstance(found, str) else (found[0], found[1])


def _telling(keys: Iterator[Key]) -> set[str]:
    """Sentences long enough to be ours and nobody else's; of one with a place in it, its longest part."""
    texts = {text for key in keys for text in (key if isinstance(key, tuple) else (key,))}
    parts = {max(_PLACES.split(text), key=len).strip() for text in texts}
    return {" ".join(part.split()) for part in parts if len(part.split()) >= 3}
