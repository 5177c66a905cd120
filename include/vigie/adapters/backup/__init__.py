"""Backups of the embedded stores: a SQLite ledger, an archive in a folder, a Tantivy index.

    places    where the three lie, and whether a restore may write there
    copying   a whole copy of each, taken while Vigie works
    manifest  what a backup holds, and whether it is still as it was written

PostgreSQL, object storage and Elasticsearch have tools of their own: docs/operating.md says which, in which order.
"""
