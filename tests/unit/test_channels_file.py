"""The channels file: what is right, and what is said of what is wrong, without a secret in it."""

import pytest

from vigie.delivery.file import load_channel_rows
from vigie.errors import UsageError
from vigie.settings import PROJECT

GOOD = """channels:
- id: bureau
  address: slack://s3cr3t
  kinds: [topic, digest]
  quiet_hours: {from: "22:00", to: "07:00", zone: Europe/Paris}
  most_per_hour: 3
- id: outil
  address_from: env:X
"""


def test_a_file_as_it_should_be() -> None:
    bureau, outil = (placed.row for placed in load_channel_rows(GOOD, where="c.yml"))
    assert bureau.kinds == ["topic", "digest"]
    assert bureau.rules.most_per_hour == 3
    assert bureau.rules.quiet is not None
    assert "s3cr3t" not in repr(bureau)
    assert set(outil.kinds) == {"topic", "watch", "communique", "operator"}
    assert outil.rules.quiet is None


def test_the_example_is_right_as_it_is_and_with_all_its_rows() -> None:
    text = (PROJECT / "include" / "channels.example.yml").read_text(encoding="utf-8")
    assert load_channel_rows(text, where="example") == ()
    begin = text.index("channels: []")
    rows = text[begin:].replace("channels: []", "channels:").replace("\n# ", "\n")
    assert len(load_channel_rows(rows, where="example")) == 4


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('"22:00"', "22:00", 5, "quiet_hours.from: is no time of day"),
        ('"22:00"', '"24:00"', 5, "quiet_hours.from: is no time of day"),
        ("Europe/Paris", "Mars", 5, "quiet_hours.zone: is no time zone"),
        ('to: "07:00"', 'to: "22:00"', 5, "the same time"),
        (", zone: Europe/Paris", "", 5, "quiet_hours.zone: is missing"),
        ("[topic, digest]", "[topik]", 4, "kinds.0: is not known"),
        ("[topic, digest]", "[]", 4, "kinds: is empty"),
        ("[topic, digest]", "topic", 4, "kinds: is no list"),
        ("  address: slack", "  adress: slack", 3, "adress: is not a known key"),
        ("  address: slack://s3cr3t", "  address: 12", 3, "address: is not text"),
        ("env:X", "s3cr3t", 8, "address_from: write `env:NAME`"),
        ("env:X", "env:X\n  address: s3cr3t", 9, "address: write either"),
        ("  address_from: env:X", "", 7, "address: write either"),
        ("env:X", "env:X\n  secret_from: s3cr3t", 9, "secret_from: write `env:NAME`"),
        ("most_per_hour: 3", "most_per_hour: 0", 6, "most_per_hour: is not a whole number of 1 or more"),
        ("- id: outil", "- id: bureau", 7, "id: another row has it"),
        ("- id: outil", "- id: un outil", 7, "id: use letters"),
        ("- id: outil", "- id: outil\n  id: autre", 8, "id: is written twice"),
        ("channels:", "canaux:", 1, "channels: is not there"),
        ("channels:", "autre: 1\nchannels:", 1, "autre: is not a known key"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_no_secret(old: str, new: str, line: int, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_channel_rows(GOOD.replace(old, new), where="c.yml")
    (told,) = [told for told in str(caught.value).splitlines() if said in told]
    assert told.startswith(f"c.yml:{line}: ")
    assert "s3cr3t" not in str(caught.value)
