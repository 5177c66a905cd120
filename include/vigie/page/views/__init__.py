"""What the screens show, as frozen types, and the reading of each from ledger, index and archive."""
