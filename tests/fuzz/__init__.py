"""Fuzzing of the five readers of what strangers send: feeds, addresses, dates, pages and WARC files.

    readers.py    for each reader, what must hold whatever the bytes are
    seeds.py      where a run starts from: our own golden files and a few odd samples
    __main__.py   `python -m tests.fuzz feed --seconds 720`: coverage-guided, with atheris
    found/        inputs that once broke a promise, by reader; `make test` reads each again

`make test` holds the readers to the same promises with hypothesis, for a few seconds (tests/properties/test_readers.py).
Atheris is no dependency of Vigie: `pip install atheris` in an environment beside it.
"""
