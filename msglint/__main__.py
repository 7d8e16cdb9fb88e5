"""`python -m msglint` is `msglint`."""

from __future__ import annotations

from msglint.app.cli.main import main

if __name__ == "__main__":
    main()
