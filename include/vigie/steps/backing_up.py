"""Back up the embedded stores together, and restore them to a state in which the audit adds up."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vigie.adapters.backup import copying, manifest, places
from vigie.adapters.backup.places import Places
from vigie.adapters.ledger import reconciling as ledger_reconciling
from vigie.errors import PermanentError, UsageError
from vigie.model import Sums
from vigie.steps import publishing, reconciling, rework
from vigie.stores import Stores


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup holds."""

    made_at: datetime
    files: int
    bytes: int


def back_up(stores: Stores, folder: Path) -> Backup:
    """Copy ledger, archive and index into a new folder, while Vigie works; `UsageError` when it is not empty."""
    found = _places(stores)
    manifest.prepare_folder(folder)
    copying.copy_stores(found, folder)
    return _describe(manifest.write_manifest(folder, stores.now()))


def restore(stores: Stores, folder: Path) -> tuple[Backup, Sums]:
    """Put a backup where the settings say the stores are, which must be empty, and mend what its index lacks.

    The sums are of what is to be indexed again, which the next run does. Leases are ended: whoever had them works on
    another ledger.
    """
    held = manifest.read_manifest(folder)
    found = _places(stores)
    places.check_free(found)
    manifest.check_files(folder, held)
    copying.put_stores(folder, found)
    ledger_reconciling.release_all(stores.ledger)
    mended = _mend(stores)
    publishing.publish_findings(stores)
    return _describe(held), mended


def _mend(stores: Stores) -> Sums:
    """A backup's index that this Vigie cannot read, of an older schema for one, is made anew from the archive."""
    try:
        return reconciling.mend_index(stores)
    except (UsageError, PermanentError):
        return rework.empty_index(stores)


def _places(stores: Stores) -> Places:
    settings = stores.settings
    return places.find_places(settings.ledger_address, settings.archive_address, settings.index_address)


def _describe(held: manifest.Manifest) -> Backup:
    return Backup(made_at=held.made_at, files=len(held.files), bytes=held.bytes)
