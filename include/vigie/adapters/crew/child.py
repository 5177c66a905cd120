"""What runs beside `vigie.adapters.crew.crew`: texts in, their tags out, until the pipe ends.

`python -m vigie.adapters.crew.child` loads a tagger, says that it is ready, and answers one message after the other.
Both sides are ours and of one version, so the messages are pickles.
"""

import os
import pickle
import signal

from vigie.adapters.confined.frames import READY, read_message, take_stdout, write_message
from vigie.adapters.crew.tagger import load_detection_tagger
from vigie.tagging.trials import tag_each


def main() -> None:
    """Tag what comes; whoever asked and went away is no error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started us ends us
    answers = take_stdout()
    questions = os.fdopen(0, "rb", buffering=0, closefd=False)
    tagger = load_detection_tagger()
    try:
        write_message(answers, READY)
        while (asked := read_message(questions)) is not None:
            texts = pickle.loads(asked)  # noqa: S301 - from our own parent, through a pipe that nobody else has
            with tagger.forgetting():
                answer = pickle.dumps(tag_each(tagger, texts))
            write_message(answers, answer)
    except BrokenPipeError:
        pass


if __name__ == "__main__":
    main()
