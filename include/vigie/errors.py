"""The errors that Vigie raises on purpose.

    VigieError
    ├── UsageError          the person asked for something that cannot be: a bad setting, file or option (exit 2)
    │   └── OutdatedStore   a store is as another version of Vigie left it, until a command that is named is run
    ├── TransientError      try again later: a server that is slow or away, a lock that is held
    │   └── StoreAway       a store of ours does not answer or is full: nothing can go on, so the step ends
    └── PermanentError      do not try again: the thing itself is wrong

Outcomes that belong to the day's work (a page that did not change, an entry that is refused) are values in
`vigie.model`, not errors. Only adapters raise `TransientError` and `PermanentError`; each message names the URL,
feed or file it is about.
"""


class VigieError(Exception):
    """The root; its message is one line that a person can act on."""


class UsageError(VigieError):
    """A setting, file or option is wrong; the message names the place and the way out."""


class OutdatedStore(UsageError):
    """A store was made by another version of Vigie; the message names the command that brings it up to date."""


class TransientError(VigieError):
    """The same call may succeed later."""


class StoreAway(TransientError):
    """The ledger, the archive or the index does not answer or is full; never the fault of a page or a feed."""


class PermanentError(VigieError):
    """The same call will fail again."""
