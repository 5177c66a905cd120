"""Kibana: its import of saved objects. What it says is read to the end: a 200 may have created nothing.

    POST {address}[/s/{space}]/api/saved_objects/_import?overwrite=true    one file, `vigie.ndjson`

Every refusal becomes one line with the address and the way out; no message holds a key or a password.
"""

import json
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit

import httpx

from vigie.errors import PermanentError, TransientError, UsageError, VigieError
from vigie.kibana.writing import FILE
from vigie.urls import hide_credentials

DEFINITIONS = Path(__file__).parents[2] / "kibana"
"""Definitions and what is made of them lie beside the package, for an operator to read and to import by hand."""
TIMEOUT_S = 60.0
"""For connecting, and again for the answer: Kibana migrates each object before it answers."""
_BUSY = frozenset({408, 429, 502, 503, 504})
_WAYS_OUT: Mapping[int, str] = {
    400: "the file was refused whole",
    401: "no login, or a wrong one: set VIGIE_KIBANA_API_KEY",
    403: "the key may not import: it needs Kibana's privilege Saved Objects Management, in this space",
    404: "no such place: is VIGIE_KIBANA_URL the address that people open, with its base path, and VIGIE_KIBANA_SPACE a space?",
    413: "the file is larger than savedObjects.maxImportPayloadBytes, or than a proxy allows",
    422: "an object is of a newer version than this Kibana knows: Vigie needs Kibana 9",
    500: "Kibana failed on an object: the cause is in Kibana's own log",
    503: "Kibana is starting or has lost Elasticsearch: try again when its status is available",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many objects Kibana created or replaced, and what it warns of."""

    created: int
    warnings: tuple[str, ...] = ()


class Kibana:
    """One space of one Kibana; nothing is asked of it yet. `UsageError` for an address or a CA file that cannot be."""

    def __init__(
        self,
        url: str,
        *,
        api_key: str | None = None,
        ca_file: Path | None = None,
        space: str | None = None,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        parts = urlsplit(url)
        self.address = hide_credentials(url).rstrip("/")
        if not _is_address(parts):
            raise UsageError(f"VIGIE_KIBANA_URL: {self.address!r} is no address: give http(s)://host:5601")
        login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        self._login = None if api_key else login
        self._headers = {"kbn-xsrf": "vigie"} | ({"Authorization": f"ApiKey {api_key}"} if api_key else {})
        self._tls = _trust(ca_file)
        self._space = f"/s/{quote(space, safe='')}" if space and space != "default" else ""
        self._timeout_s = timeout_s

    def import_objects(self, objects: bytes) -> Imported:
        """Create or replace all of them, or none. Raises `TransientError` when it is worth another try, else
        `PermanentError` with a line for each object that was refused."""
        answer = self._post(objects)
        if answer.status_code != 200:
            raise self._refusal(answer)
        said = self._read(answer)
        problems = [_describe(error) for error in said.get("errors") or ()]
        if problems or said.get("success") is not True:
            lines = "\n".join(problems) or "it does not say why"
            raise PermanentError(f"Kibana at {self.address} answers 200 and did not import: {lines}")
        wanted, created = len(objects.splitlines()), int(said.get("successCount") or 0)
        if created != wanted:
            raise PermanentError(f"Kibana at {self.address} imported {created} objects of {wanted}")
        warnings = tuple(str(each.get("message") or each) for each in said.get("warnings") or ())
        return Imported(created=created, warnings=warnings)

    def _post(self, objects: bytes) -> httpx.Response:
        """A redirect is not followed: it would lead to a login page, and lose the file."""
        url = f"{self.address}{self._space}/api/saved_objects/_import"
        file = {"file": (FILE, objects, "application/ndjson")}
        try:
            # A proxy of the environment is for the outside world, as for Elasticsearch.
            with httpx.Client(
                verify=self._tls, timeout=self._timeout_s, auth=self._login, trust_env=False
            ) as client:
                return client.post(url, params={"overwrite": "true"}, headers=self._headers, files=file)
        except httpx.TimeoutException as cause:
            raise TransientError(
                f"Kibana at {self.address} did not answer in {self._timeout_s:g} s"
            ) from cause
        except httpx.HTTPError as cause:
            line = f"Kibana at {self.address} cannot be reached: {cause or type(cause).__name__}"
            is_untrusted = isinstance(cause.__cause__, ssl.SSLError) or "CERTIFICATE_VERIFY" in str(cause)
            hint = "; is VIGIE_KIBANA_CA the authority that signed it?" if is_untrusted else ""
            raise (PermanentError if is_untrusted else TransientError)(line + hint) from cause

    def _refusal(self, answer: httpx.Response) -> VigieError:
        status = answer.status_code
        if answer.is_redirect:
            where = hide_credentials(answer.headers.get("Location", "?"))
            out = f"it leads to {where[:200]}: give VIGIE_KIBANA_URL as people open it, with its base path"
            return PermanentError(f"Kibana at {self.address} answers {status}: {out}")
        said = _message_of(answer)
        line = "; ".join(filter(None, (said, _WAYS_OUT.get(status, ""))))
        kind = TransientError if status in _BUSY else PermanentError
        return kind(f"Kibana at {self.address} answers {status}: {line or 'it does not say why'}")

    def _read(self, answer: httpx.Response) -> Mapping[str, Any]:
        try:
            said = answer.json()
        except (json.JSONDecodeError, UnicodeDecodeError):
            said = None
        if not isinstance(said, dict) or "success" not in said:
            raise PermanentError(
                f"what answers at {self.address} is no Kibana: its answer to an import has no `success`"
            )
        return said


def read_objects(path: Path = DEFINITIONS / FILE) -> bytes:
    """The file that is imported. `UsageError` when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}; `make docs` writes it") from error


def read_texts(folder: Path = DEFINITIONS) -> dict[str, str]:
    """The definitions that it is made of, by file name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yml"))}


def _is_address(parts: SplitResult) -> bool:
    try:
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        return False


def _trust(ca_file: Path | None) -> ssl.SSLContext | bool:
    if ca_file is None:
        return True
    try:
        return ssl.create_default_context(cafile=str(ca_file))
    except (OSError, ssl.SSLError) as error:
        raise UsageError(f"VIGIE_KIBANA_CA: {ca_file} is no file of certificates: {error}") from error


def _message_of(answer: httpx.Response) -> str:
    """Kibana's own words, in one line; of a page of a proxy, none."""
    try:
        said = answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        return ""
    message = said.get("message") or said.get("error") if isinstance(said, dict) else None
    return " ".join(str(message or "").split())[:500]


def _describe(refused: Mapping[str, Any]) -> str:
    """One object and why, in one line."""
    error = refused.get("error") or {}
    meta = refused.get("meta") or {}
    title = f" ({meta['title']})" if meta.get("title") else ""
    why = "; ".join(_reasons(error)) or "it does not say why"
    return " ".join(f"{refused.get('type')} {refused.get('id')}{title}: {why}".split())[:500]


def _reasons(error: Mapping[str, Any]) -> Iterator[str]:
    match error.get("type"):
        case "missing_references":
            names = [f"{each.get('type')} {each.get('id')}" for each in error.get("references") or ()]
            yield f"refers to what is not there: {', '.join(names)}"
        case "conflict":
            yield "another object has its id"
        case "ambiguous_conflict":
            names = [str(each.get("id")) for each in error.get("destinations") or ()]
            yield f"several objects could be the one to replace: {', '.join(names)}"
        case "unsupported_type":
            yield "this Kibana does not know its type"
        case other:
            yield str(error.get("message") or other or "")
            if error.get("statusCode"):
                yield f"status {error['statusCode']}"
