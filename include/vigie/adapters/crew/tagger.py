"""The tagger that the detector of new topics needs, loaded once a process."""

from functools import cache

from vigie.adapters.knowledge_files import load_knowledge
from vigie.tagging.pipeline import DETECTION_STEPS, Tagger, load_tagger


@cache
def load_detection_tagger() -> Tagger:
    """The tagger of this process with the steps that the detector asks for."""
    return load_tagger(load_knowledge(), DETECTION_STEPS)
