"""The command `adjudge`: its own verbs here, those of the server rooms found by entry point."""
