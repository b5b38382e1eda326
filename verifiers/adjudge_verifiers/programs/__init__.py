"""Programs: candidate source code, run in the sandbox and compared outside it."""
