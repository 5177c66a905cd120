"""Extraction in a process of its own, with a limit of time and memory a page.

extractor   a page in, what it says out, whatever it does to the parser
process     the other process and the two pipes to it
child       what runs there
frames      the messages between the two
"""
