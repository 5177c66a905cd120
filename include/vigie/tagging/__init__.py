"""Tags: who and what an article is about. One room a tagger, each with its spaCy component.

leaders      who is named, whatever they are called there
topics       what it is about, by the desk's words
places       places and organisations
quotes       who said what
events       what happens when
keyphrases   its own words, which the detector of new topics counts

pipeline     the way from a text to its tags; the only module that the others need not know
context      what a text does not say of itself; moment: its date; words: folding, tokens, tries; trials: many texts
"""
