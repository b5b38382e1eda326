"""The command `adjudge`; also `python -m adjudge`."""

from adjudge.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
