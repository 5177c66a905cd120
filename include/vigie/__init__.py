"""Vigie watches the Élysée and the press.

An article's way, from a feed's address to an alert:

    for feed in ledger.due_feeds(now):
        entries      = parse_feed(web.fetch(feed.url))          # the body goes to the archive, as it came
        ledger.record_polls(feed, entries)                      # new entries get their article id, once
    for article in ledger.due_pages(now):
        page         = web.fetch(article.url)                   # to the archive too
        article      = compose_article(entry, extract_page(page))
        tagged       = tagger.tag(article)                      # leaders at that date, topics, places, quotes, events
        index.put(build_document(tagged))
    sightings        = list_sightings(tagged)                   # the terms that count
    for alert in detect(known, sightings):                      # absent before, and now more than chance
        ledger.record_decision(alert)                           # written before it is sent
        notify(alert, channel)
"""
