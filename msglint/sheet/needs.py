"""What is said where a format's library is not installed."""

from __future__ import annotations

from importlib.util import find_spec

from msglint.model import Text
from msglint.sheet.model import Unrenderable


def require(extra: str, *libraries: str) -> None:
    """Raise Unrenderable, naming the extra to install, unless all of `libraries` are there."""
    lacking = [name for name in libraries if find_spec(name) is None]
    if lacking:
        raise Unrenderable(
            Text(
                f"必要なライブラリー({'、'.join(lacking)})がありません。pip install 'msglint[{extra}]' で入ります。",
                f"Not installed: {', '.join(lacking)}. Install with pip install 'msglint[{extra}]'.",
            )
        )
