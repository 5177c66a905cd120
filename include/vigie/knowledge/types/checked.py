"""What people write in YAML."""

from pydantic import BaseModel, ConfigDict


class Checked(BaseModel):
    """What people write in YAML: no key that we do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)
