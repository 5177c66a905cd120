"""The three stores, the web, the tagger and the clock: what a step is given to work with.

Each is opened when it is first used: `vigie audit` loads no spaCy, `vigie search` opens no archive.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from vigie.adapters.archive import Archive
from vigie.adapters.index.port import Index
from vigie.adapters.ledger import Ledger, open_ledger
from vigie.errors import UsageError
from vigie.model import AlertKind
from vigie.settings import Settings

if TYPE_CHECKING:
    from vigie.adapters.channels.channel import Channel
    from vigie.adapters.channels.secrets import ReadConnection
    from vigie.adapters.web.polite import PoliteWeb
    from vigie.knowledge.leaders import Leaders
    from vigie.knowledge.types.whole import Knowledge
    from vigie.tagging.pipeline import Tagger
    from vigie.topics.never_new import NeverNew


TASK: ContextVar[str] = ContextVar("TASK", default="vigie")
"""What this process is doing, a command or a task: servers log it beside what they were asked."""


PATIENCE_S, SCREEN_S = 30.0, 10.0
"""Longest wait for an answer of the index: a task's, and a person's."""


class Stores:
    """Opened from settings; closed by `open_stores`.

    `patient`: ask a server that is away again, for some seconds. Not where somebody waits for a screen.
    """

    def __init__(
        self,
        settings: Settings,
        stack: ExitStack,
        read_connection: "ReadConnection | None" = None,
        *,
        patient: bool = True,
    ) -> None:
        self.settings = settings
        self._stack = stack
        self._read_connection = read_connection
        self._patient = patient

    def now(self) -> datetime:
        """The clock of every step: VIGIE_NOW where it is set."""
        return self.settings.now or datetime.now(UTC)

    @cached_property
    def ledger(self) -> Ledger:
        """What have we done?"""
        ledger = open_ledger(self.settings.ledger_address)
        self._stack.callback(ledger.close)
        return ledger

    @cached_property
    def archive(self) -> Archive:
        """What did the world say?"""
        settings = self.settings
        return Archive(settings.archive_address, file_bytes=settings.archive_file_mb * 1_000_000)

    @cached_property
    def index(self) -> Index:
        """What can I ask? On a server the index is set up by `vigie setup-search` alone."""
        from vigie.adapters.index.opening import open_index

        key = self.settings.index_api_key
        index = open_index(
            self.settings.index_address,
            api_key=key.get_secret_value() if key else None,
            ca_file=self.settings.index_ca,
            timeout_s=PATIENCE_S if self._patient else SCREEN_S,
            task=TASK.get(),
            patient=self._patient,
        )
        self._stack.callback(index.close)
        return index

    @cached_property
    def web(self) -> "PoliteWeb":
        """The outside world."""
        from vigie.adapters.web.client import WebClient
        from vigie.adapters.web.polite import PoliteWeb

        settings = self.settings
        client = self._stack.enter_context(
            WebClient(
                allowed_private_hosts=settings.private_hosts,
                timeout_s=settings.fetch_timeout_s,
                user_agent=settings.user_agent,
                now=self.now,
            )
        )
        return PoliteWeb(
            client,
            self.ledger,
            delay_s=settings.host_delay_s,
            user_agent=settings.user_agent,
            clock=self.now,
            timeout_s=settings.fetch_timeout_s,
        )

    @cached_property
    def tagger(self) -> "Tagger":
        """spaCy's French model with our components."""
        return load_tagger_once()

    @cached_property
    def knowledge(self) -> "Knowledge":
        """All that the desk knows."""
        from vigie.adapters.knowledge_files import load_knowledge

        return load_knowledge()

    @cached_property
    def leaders(self) -> "Leaders":
        """Who held which office when."""
        from vigie.adapters.knowledge_files import load_leaders

        return load_leaders()

    @cached_property
    def event_labels(self) -> dict[str, str]:
        """What people call each kind of event."""
        from vigie.adapters.knowledge_files import load_event_labels

        return load_event_labels()

    @cached_property
    def never_new(self) -> "NeverNew":
        """Words that head no alert."""
        from vigie.adapters.knowledge_files import load_never_new

        return load_never_new()

    @cached_property
    def channels(self) -> "tuple[Channel, ...]":
        """Where alerts go."""
        from vigie.adapters.channels.opening import open_channels
        from vigie.adapters.channels.secrets import no_airflow

        settings = self.settings
        return open_channels(
            settings.channels.get_secret_value(), settings.channels_file, self._read_connection or no_airflow
        )

    def channels_for(self, kind: AlertKind) -> list[tuple[str, str]]:
        """Key and label of each channel that takes alerts of this kind."""
        return [(channel.key, channel.label) for channel in self.channels if kind in channel.kinds]


@cache
def load_tagger_once() -> "Tagger":
    """The tagger of this process: seconds to load, and it holds nothing of what it has tagged."""
    from vigie.adapters.knowledge_files import load_knowledge
    from vigie.tagging.pipeline import load_tagger

    return load_tagger(load_knowledge())


@contextmanager
def open_stores(settings: Settings, read_connection: "ReadConnection | None" = None) -> Iterator[Stores]:
    """Stores for one command or task; `UsageError` when VIGIE_HOME is wanted and cannot be a folder.

    `read_connection` gives Airflow's connections, for channels that keep their secrets there.
    """
    if not (settings.ledger_url and settings.archive_url and settings.index_url):
        _make_home(settings.home)
    with ExitStack() as stack:
        yield Stores(settings, stack, read_connection)


def _make_home(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"VIGIE_HOME: {home}: {error.strerror}") from error
