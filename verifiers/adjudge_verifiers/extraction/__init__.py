r"""Finding the answer in a completion.

    >>> extract(r"<think>2+2</think> So it is \boxed{4}.", AnswerPolicy())
    Extraction(answer='4', how='boxed', reason='', message='')

Only what follows the last ``</think>`` counts; a ``<think>`` that is never closed is no answer.
The policy's sources are asked in order and the first one that holds anything decides:

* ``boxed``: ``\boxed{…}`` and ``\fbox{…}`` with balanced braces; of nested boxes the innermost;
  for ``several="last"`` boxes with nothing but "," "and" "or" between them are one answer;
  a value that the text calls its "final answer" after the last box counts instead of it;
* ``tags``: ``<answer>…</answer>``; the last one may lack its end, because trainers stop on it;
* ``final_line``: what follows "final answer is", "the answer is", "answer:";
* ``fence``: a block between lines of three or more backticks;
* ``whole``: all of it.

Everything here takes time linear in the completion, however hostile it is.
"""

from adjudge_verifiers.extraction.policy import AnswerPolicy, Extraction, Source
from adjudge_verifiers.extraction.search import SEARCHED_CHARACTERS, extract

__all__ = ["SEARCHED_CHARACTERS", "AnswerPolicy", "Extraction", "Source", "extract"]
