"""Roles and API keys of least rights: one may write what a running Vigie writes, the other may only read.

Neither has a right on the cluster, on templates, or on other indices. Making one takes an administrator's login, once.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from vigie.adapters.index.elasticsearch.connecting import caller_for, connect
from vigie.adapters.index.elasticsearch.names import list_families
from vigie.adapters.index.port import PREFIX

Right = Literal["write", "read"]

READING = ("read", "view_index_metadata")
WRITING = (*READING, "index", "delete", "create_index")
"""A new month is made from the template that is there, so `create_index` is enough: no right on templates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeKey:
    """`encoded` is the secret, as VIGIE_INDEX_API_KEY takes it; the server does not tell it again."""

    id: str
    name: str
    encoded: str
    role: str


def describe_role(right: Right, prefix: str = PREFIX) -> dict[str, Any]:
    """The role in Elasticsearch's words."""
    names = [f"{family.alias}*" for family in list_families(prefix).values()]
    privileges = {"write": WRITING, "read": READING}[right]
    return {"cluster": [], "indices": [{"names": names, "privileges": list(privileges)}]}


def make_key(
    url: str,
    right: Right,
    *,
    login: tuple[str, str] | None,
    api_key: str | None,
    ca_file: Path | None,
    days: int | None,
    prefix: str = PREFIX,
) -> MadeKey:
    """Bring the role up to date and make a key that has it. `login` or else `api_key` is an administrator's."""
    client = connect(
        url, api_key=None if login else api_key, ca_file=ca_file, timeout_s=30.0, task="vigie search-keys"
    )
    call = caller_for(url, ca_file)
    asked = client.options(basic_auth=login) if login else client
    role, body = f"vigie-{right}", describe_role(right, prefix)
    try:
        call(asked.security.put_role, name=role, cluster=body["cluster"], indices=body["indices"])
        expiry = {"expiration": f"{days}d"} if days else {}
        made = call(asked.security.create_api_key, name=role, role_descriptors={role: body}, **expiry)
    finally:
        client.close()
    return MadeKey(id=made["id"], name=made["name"], encoded=made["encoded"], role=role)
