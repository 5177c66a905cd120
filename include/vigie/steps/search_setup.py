"""Search set up, by hand: templates, a changed mapping, the way back, what is kept, keys. One process at a time."""

from vigie.adapters.index.elasticsearch.keys import MadeKey, Right, make_key
from vigie.adapters.index.port import SetUp
from vigie.adapters.ledger.alone import changing_index
from vigie.errors import UsageError
from vigie.stores import Stores


def set_up(stores: Stores) -> tuple[SetUp, ...]:
    """Bring the index, its templates and its aliases up to date; what it did to each alias."""
    with changing_index(stores.ledger):
        return stores.index.set_up()


def roll_back(stores: Stores) -> tuple[SetUp, ...]:
    """Let readers see the generation of before the last change again."""
    with changing_index(stores.ledger):
        return stores.index.roll_back()


def drop_kept(stores: Stores) -> tuple[str, ...]:
    """Delete the generations that readers do not see."""
    with changing_index(stores.ledger):
        return stores.index.drop_kept()


def make_search_key(
    stores: Stores, right: Right, *, login: tuple[str, str] | None, days: int | None
) -> MadeKey:
    """A key of least rights on the Elasticsearch of the settings."""
    settings = stores.settings
    if not settings.index_address.startswith(("http://", "https://")):
        raise UsageError(
            "VIGIE_INDEX_URL: keys are of an Elasticsearch; this index is a folder, which has none"
        )
    key = settings.index_api_key
    return make_key(
        settings.index_address,
        right,
        login=login,
        api_key=key.get_secret_value() if key else None,
        ca_file=settings.index_ca,
        days=days,
    )
