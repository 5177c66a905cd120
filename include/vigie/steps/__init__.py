"""One function per DAG task: adapters and the pure core put together; ids and counts in and out.

    polling      choose feeds → poll (asking_feeds, poll_answers, poll_verdicts, feed_faults)
    fetching     choose pages → fetch
    extracting   from the archived page to an article
    articles     choose articles → tag → index
    alerts       count → score and decide → notify
    feed_health  do the feeds bring what they should?
    feed_alerts  tell operators of feeds that turned bad
    operating    and of stages that fail
    measuring    what the gauges show
    publishing   alerts and topics into the index, and standings: how feeds fare, what became of entries
    dashboards   Kibana's saved objects into Kibana
    auditing     does it all add up?
    rework       import an archive, reprocess a range, rebuild the index, set up search
    reconciling  bring the index back to what the ledger says of it
    backing_up   back up the embedded stores, and restore them
    passes       one pass over all of it

A step takes its `Stores` first. It claims what it works on, works, and records: it may be killed at any moment and
run again.
"""
