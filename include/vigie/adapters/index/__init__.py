"""The index: one port, two engines, one contract (`tests/contract`).

port            what Vigie needs of a search engine, and the words of a question
opening         the engine that an address names
tantivy         in process, on disk
elasticsearch   a cluster
"""
