"""Three invented outlets on one local port: what `make demo` watches and what the tests poll.

    Newsroom(now=...)            starts on a free port of 127.0.0.1, stops on exit
      content/*.yml              what was written, by people who do not exist
      writing.py, past.py        from texts and a clock to dated stories; the past as JSON Lines
      feeds.py, pages.py         from stories to RSS 2.0, Atom, RSS 1.0 and HTML
      odd.py                     what a hostile or broken site answers, under /odd/
      server.py                  sockets, a request log, a webhook receiver

Titles, places, figures and quotations are invented; public figures appear in made-up, ordinary business only.
"""

from demo.newsroom.newsroom import Newsroom

__all__ = ["Newsroom"]
