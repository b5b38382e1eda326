"""A plugin that cannot be imported."""

raise ValueError("half installed")
