"""One function per DAG task: adapters and the pure core put together; ids and counts in and out.

    collect     choose feeds → poll → choose pages → fetch
    articles    choose articles → extract → tag → index
    alerts      count → score and decide → notify
    upkeep      feed health, audit
    rework      import an archive, reprocess a range, rebuild the index, set up search

A step takes its `Stores` first. It claims what it works on, works, and records: it may be killed at any moment and
run again.
"""
