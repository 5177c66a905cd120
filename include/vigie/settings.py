"""Settings: from the environment, read once when a command or task starts. `docs/settings.md` is made from here."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from vigie.digests.periods import CADENCES, Cadence
from vigie.errors import UsageError
from vigie.urls import is_web_address

PROJECT = Path(__file__).parents[2]


class Settings(BaseSettings):
    """Each field is the variable `VIGIE_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="VIGIE_", env_ignore_empty=True, extra="ignore", frozen=True)

    home: Path = Field(PROJECT / "var", description="Folder of the archive, the ledger and the index.")
    feeds: Path = Field(PROJECT / "include" / "feeds.yml", description="The feeds file.")
    watches: Path = Field(PROJECT / "include" / "watches.yml", description="The watches file.")
    ledger_url: str | None = Field(
        None, description="`sqlite:///…` or `postgresql://…`; by default in VIGIE_HOME."
    )
    archive_url: str | None = Field(
        None, description="A folder or any fsspec address; by default in VIGIE_HOME."
    )
    archive_file_mb: int = Field(1000, ge=1, description="Size at which a new WARC file is begun, megabytes.")
    index_url: str | None = Field(
        None, description="`tantivy:///…`, or `http(s)://…` of an Elasticsearch; by default in VIGIE_HOME."
    )
    index_api_key_file: Path | None = Field(
        None, description="A file with that API key, for secrets that are mounted; the key itself wins."
    )
    index_api_key: SecretStr | None = Field(
        None, validate_default=True, description="API key for Elasticsearch."
    )
    index_ca: Path | None = Field(None, description="CA file for Elasticsearch over TLS.")
    kibana_url: str | None = Field(
        None,
        description="`http(s)://…` of the Kibana that gets the dashboards, as people open it; unset: none does.",
    )
    kibana_api_key: SecretStr | None = Field(
        None, description="API key for Kibana; a login may stand in the address instead."
    )
    kibana_ca: Path | None = Field(None, description="CA file for Kibana over TLS.")
    kibana_space: str | None = Field(None, description="The id of Kibana's space; unset: the default space.")
    allowed_private_hosts: str = Field(
        "",
        description="Comma-separated `host:port` that may be fetched although private. For the demo and tests.",
    )
    host_delay_s: float = Field(
        1.0, ge=0, description="Least gap between two requests to one host and port, seconds."
    )
    fetch_timeout_s: float = Field(
        30.0, gt=0, description="Longest time for one request, redirects included, seconds."
    )
    user_agent: str = Field(
        "Vigie/0.1 (press monitor)", description="How Vigie names itself; put an address to reach you in it."
    )
    channels: SecretStr = Field(
        SecretStr(""), description="Apprise addresses that alerts go to, comma-separated."
    )
    channels_file: Path | None = Field(
        None,
        description="A channels file: which kinds go where, quiet hours, most an hour (`include/channels.example.yml`).",
    )
    alerts_feed: str | None = Field(
        None,
        description="The file of the Atom feed of alerts, `none` for no file; by default in VIGIE_HOME.",
    )
    digest: str = Field(
        "daily",
        description="Which digests are written: `none`, `daily`, `weekly` (on Mondays) or `daily,weekly`.",
    )
    digest_zone: str = Field("Europe/Paris", description="The time zone of digests.")
    digest_hour: int = Field(
        7, ge=0, le=23, description="The hour at which a digest's day ends and the digest is sent."
    )
    digest_empty: bool = Field(
        True, description="Whether a digest is sent when there is nothing new: that Vigie runs is news too."
    )
    page_url: str | None = Field(
        None,
        description="Where people open Vigie's page (`https://airflow.example.org/vigie`): messages link to it.",
    )
    now: datetime | None = Field(
        None, description="An ISO time that stands in for the clock: replays and tests. Unset in production."
    )

    @field_validator("now")
    @classmethod
    def _aware(cls, value: datetime | None) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    @field_validator("index_api_key", mode="before")
    @classmethod
    def _of_its_file(cls, value: object, info: ValidationInfo) -> object:
        file: Path | None = info.data.get("index_api_key_file")
        if value or file is None:
            return value
        try:
            return file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"{file}, of VIGIE_INDEX_API_KEY_FILE, cannot be read: {error}") from error

    @field_validator("page_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not is_web_address(value) or "?" in value or "#" in value:
            raise ValueError("must be an address such as https://airflow.example.org/vigie")
        return value.rstrip("/")

    @field_validator("digest")
    @classmethod
    def _known_digests(cls, value: str) -> str:
        names = {name.strip() for name in value.split(",")}
        if names != {"none"} and not names <= {"daily", "weekly"}:
            raise ValueError("must be none, daily, weekly or daily,weekly")
        return value

    @field_validator("digest_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            return ZoneInfo(value).key
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # paths, folders
            raise ValueError(f"{value} is not a time zone; write Europe/Paris") from error

    @property
    def digest_cadences(self) -> tuple[Cadence, ...]:
        """Which digests are written."""
        names = {name.strip() for name in self.digest.split(",")}
        return tuple(cadence for cadence in CADENCES if cadence in names)

    @property
    def alerts_feed_file(self) -> Path | None:
        """Where the Atom feed of alerts is; None where it is not wanted."""
        if self.alerts_feed == "none":
            return None
        return Path(self.alerts_feed) if self.alerts_feed else self.home / "alerts.atom"

    @property
    def ledger_address(self) -> str:
        """Where the ledger is."""
        return self.ledger_url or f"sqlite:///{self.home.resolve() / 'ledger.db'}"

    @property
    def archive_address(self) -> str:
        """Where the archive is."""
        return self.archive_url or str(self.home.resolve() / "archive")

    @property
    def index_address(self) -> str:
        """Where the index is."""
        return self.index_url or f"tantivy://{self.home.resolve() / 'index'}"

    @property
    def private_hosts(self) -> frozenset[str]:
        """`host:port`, exactly as it stands in an address."""
        return frozenset(host.strip() for host in self.allowed_private_hosts.split(",") if host.strip())


def read_settings() -> Settings:
    """The settings of this process; `UsageError` names each variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [f"VIGIE_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors()]
        raise UsageError("; ".join(lines)) from error
