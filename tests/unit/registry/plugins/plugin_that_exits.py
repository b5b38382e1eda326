"""A plugin that wants to end its process."""

import sys

sys.exit("no GPU here")
