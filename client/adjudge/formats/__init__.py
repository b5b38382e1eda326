"""Programming problems as data sets store them, read into tasks for the verifier ``programs``.

    task = formats.from_humaneval(row)                      # a row is a dict
    task = formats.from_taco(row, partial_credit=True)      # options go to tasks.programs
    task = formats.from_kattis("packages/hello")            # a folder or a zip

Every reader takes one row (or path) and returns one Task. Rows are read as data: nothing in them is
evaluated, unpickled or run. Fields that a reader does not know are ignored. A row of another shape,
or without tests, raises RowError, which names the field, what was expected and what came.
``docs/datasets.md`` shows all of them.
"""

from adjudge.formats.apps import from_apps, from_taco
from adjudge.formats.codecontests import Solution, codecontests_solutions, from_codecontests
from adjudge.formats.errors import NotSupported, RowError, SeveralAnswersWarning
from adjudge.formats.humaneval import from_humaneval
from adjudge.formats.humanevalpack import from_humanevalpack
from adjudge.formats.kattis import from_kattis
from adjudge.formats.kodcode import from_kodcode
from adjudge.formats.livecodebench import from_livecodebench
from adjudge.formats.mbpp import from_mbpp
from adjudge.formats.primeintellect import from_primeintellect
from adjudge.formats.statement import accepts_several_answers

__all__ = [
    "NotSupported",
    "RowError",
    "SeveralAnswersWarning",
    "Solution",
    "accepts_several_answers",
    "codecontests_solutions",
    "from_apps",
    "from_codecontests",
    "from_humaneval",
    "from_humanevalpack",
    "from_kattis",
    "from_kodcode",
    "from_livecodebench",
    "from_mbpp",
    "from_primeintellect",
    "from_taco",
]
