"""The ledger's tables. One class a table; what a column means stands beside it.

Times are stored as aware UTC. A change here needs a revision under `migrations/versions/`: a test compares the two.
"""

from vigie.adapters.ledger.schema.alerts import AlertRow, DeliveryRow, MatchRow, WatchRow
from vigie.adapters.ledger.schema.articles import (
    AddressRow,
    ArticleRow,
    BandRow,
    DraftRow,
    EntryRow,
    VersionRow,
)
from vigie.adapters.ledger.schema.base import Base, Leased, TallyRow, UtcDateTime
from vigie.adapters.ledger.schema.collection import FeedRow, FetchRow, HostRow, PollRow
from vigie.adapters.ledger.schema.topics import (
    CountRow,
    LessonRow,
    SeasonRow,
    SightingRow,
    TrendRow,
    VolumeRow,
)

TALLIED: tuple[type[Base], ...] = (
    FeedRow,
    PollRow,
    EntryRow,
    ArticleRow,
    AddressRow,
    VersionRow,
    FetchRow,
    SightingRow,
    AlertRow,
    DeliveryRow,
    LessonRow,
    WatchRow,
    MatchRow,
)
"""Those whose rows are counted (`tallies`): a cache, a lease and what follows from other rows are not."""

__all__ = [
    "TALLIED",
    "AddressRow",
    "AlertRow",
    "ArticleRow",
    "BandRow",
    "Base",
    "CountRow",
    "DeliveryRow",
    "DraftRow",
    "EntryRow",
    "FeedRow",
    "FetchRow",
    "HostRow",
    "Leased",
    "LessonRow",
    "MatchRow",
    "PollRow",
    "SeasonRow",
    "SightingRow",
    "TallyRow",
    "TrendRow",
    "UtcDateTime",
    "VersionRow",
    "VolumeRow",
    "WatchRow",
]
