"""Who comes to the page on a real Airflow, and with what: the simple auth manager's users, tokens, cookies."""

from typing import Any

import httpx

from demo.stage import USER, Stage

READER, STRANGER = "lectrice", "absente"
USERS = {USER: "admin", READER: "viewer", STRANGER: ""}
"""Who may do everything, who may read and not act, who is known and may nothing."""
BROWSER = {"Accept": "text/html"}
BAD_TOKEN = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiIsInJvbGUiOiJhZG1pbiJ9."
"""Says that it is the administrator, and is signed by nobody."""


class Visitors:
    """Ask the page as anybody."""

    def __init__(self, stage: Stage) -> None:
        self.page = httpx.Client(base_url=stage.page_url, timeout=60, trust_env=False)
        self._tokens = {user: _log_in(stage, user) for user in stage.passwords}

    def ask(
        self,
        method: str,
        path: str,
        *,
        bearer: str | None = None,
        cookie: str | None = None,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> httpx.Response:
        """One request; `bearer` and `cookie` are a user's name, or a token."""
        sent = dict(headers or {})
        if bearer:
            sent["Authorization"] = f"Bearer {self._tokens.get(bearer, bearer)}"
        if cookie:
            sent["Cookie"] = f"_token={self._tokens.get(cookie, cookie)}"
        return self.page.request(method, path.lstrip("/"), headers=sent, **more)

    def token(self, user: str) -> str:
        """A user's token."""
        return self._tokens[user]

    def close(self) -> None:
        """Let go of the connections."""
        self.page.close()


def _log_in(stage: Stage, user: str) -> str:
    given = {"username": user, "password": stage.passwords[user]}
    answer = httpx.post(f"{stage.airflow_url}/auth/token", json=given, timeout=60, trust_env=False)
    answer.raise_for_status()
    token: str = answer.json()["access_token"]
    return token
