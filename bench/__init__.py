"""The benchmark: `make bench`. How fast, how much memory, and how both grow; each figure beside a baseline.

    press    an invented press: feeds and pages, the same ones every time
    site     serves it on 127.0.0.1, each feed on a port, which is a host, of its own
    collect  poll and fetch, beside bare requests for the same bodies
    extract  from archived pages to articles, beside bare trafilatura on them
    tag      articles through the tagger, beside bare spaCy on their texts
    newsroom thirteen invented newsrooms: titles and summaries in time order, as many as are asked for
    detect   such a stream through `vigie detect`, untagged and tagged
    live     one pass of counting and deciding on a ledger that holds weeks
    corpus   tagged articles by the hundred thousand, made directly
    search   questions and bulks on them, in both engines (`questions` says which)
    screens  the page's screens over them (`seeding` makes their ledger)
    report   what all of it comes to, into docs/performance.md

Everything that is measured runs in a process of its own (`work`), so its peak memory is its own. To measure one more
thing: a small file with a function that takes a `Job` and gives a `Figure`, and a row in `plan`.
"""
