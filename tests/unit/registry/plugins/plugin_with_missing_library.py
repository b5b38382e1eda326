"""A plugin that imports at the top what is not installed."""

import no_such_library_anywhere  # noqa: F401 - the point of it
