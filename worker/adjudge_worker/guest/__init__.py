"""Programs that run inside the jail."""
