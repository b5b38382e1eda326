# A regular expression that takes for ever.
import re

re.match(r"(a+)+$", "a" * 60 + "b")
