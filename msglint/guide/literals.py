"""The literals that a regular expression of the guide cannot match without."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from msglint.expression import expression

# What is written alike, and means the same, in JavaScript's expressions and Python's: only of these are they known.
_COMMON = expression(r"(?:[^\\(\[]|\((?!\?)|\(\?(?::|<?[=!])|\[(?!\[|\^?\])|\\[wWdDsSbB]|\\[^A-Za-z0-9])*")
# Python's own: a count with no lower end, fuzzy matching, and letter cases that are more than ASCII's.
_OWN = expression(r"\{(?!\d+(?:,\d*)?\})")
_CASED = expression(r"\(\?i:[^)]*[^\x00-\x7f\u3040-\u30ff\u3400-\u9fff]")
_POSSESSIVE = expression(r"(\\.|\[(?:\\.|[^\]\\])*\])|([?*+}])\+")


@functools.lru_cache(maxsize=4096)
def needles_of(pattern: str) -> tuple[str, ...]:
    """Return literals one of which is in every match of `pattern`, evened out; none when they are not known."""
    return shipped()[pattern] if pattern in shipped() else read_needles(pattern)


@functools.cache
def shipped() -> dict[str, tuple[str, ...]]:
    """Return the needles of the packs' own expressions, read when msglint was built: to read them takes 50 ms."""
    held = (Path(__file__).with_name("packs") / "needles.json").read_text("utf-8")
    return {pattern: tuple(needles) for pattern, needles in json.loads(held).items()}


def read_needles(pattern: str) -> tuple[str, ...]:
    """Read the needles of `pattern` from the expression itself."""
    from msglint.guide.jschars import JsRegexError
    from msglint.guide.jsregex import translate

    if _OWN.search(pattern) or ("(?i:" in pattern and _CASED.search(pattern)):
        return ()
    # Letter case is evened out anyway, and a possessive repetition matches nothing that a plain one does not.
    pattern = _POSSESSIVE.sub(lambda found: found[1] or found[2], pattern.replace("(?i:", "(?:"))
    if not _COMMON.fullmatch(pattern):
        return ()
    try:
        return translate(pattern).needles
    except JsRegexError:
        return ()
