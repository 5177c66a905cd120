"""Tagging in processes of their own, as many as there are cores: for a stream that is long.

crew    texts in, tags out, in order of asking, whatever a text does to a tagger
child   what runs in each process
tagger  the tagger that the detector of new topics needs, loaded once a process
"""
