"""Regular expressions that are compiled when they are first used.

A class with the kanji in it takes a millisecond to compile, and most articles need half of msglint's expressions only.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def expression(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what stands for `re.compile(pattern, flags)`: its methods are there, the compiling is still to come."""
    return cast("re.Pattern[AnyStr]", _Deferred(pattern, flags))


class _Deferred:
    """Takes on the methods of the compiled expression when the first of them is asked for."""

    def __init__(self, *source: Any) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._source)
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return getattr(compiled, name)


_METHODS = tuple(name for name in dir(re.Pattern) if not name.startswith("_"))
