"""The literals that a regular expression of the guide cannot match without."""

from __future__ import annotations

import re

from msglint.guide.jschars import JsRegexError
from msglint.guide.jsregex import translate

# What is written alike, and means the same, in JavaScript's expressions and Python's: only of these are they known.
_COMMON = re.compile(r"(?:[^\\(\[]|\((?!\?)|\(\?(?::|<?[=!])|\[(?!\[)|\\[wWdDsSbB]|\\[^A-Za-z0-9])*")
# Python's own: a count with no lower end, fuzzy matching, and letter cases that are more than ASCII's.
_OWN = re.compile(r"\{(?!\d+(?:,\d*)?\})|\(\?i:[^)]*[^\x00-\x7f\u3040-\u30ff\u3400-\u9fff]")
_POSSESSIVE = re.compile(r"(\\.|\[(?:\\.|[^\]\\])*\])|([?*+}])\+")


def needles_of(pattern: str) -> tuple[str, ...]:
    """Return literals one of which is in every match of `pattern`, evened out; none when they are not known."""
    if _OWN.search(pattern):
        return ()
    # Letter case is evened out anyway, and a possessive repetition matches nothing that a plain one does not.
    pattern = _POSSESSIVE.sub(lambda found: found[1] or found[2], pattern.replace("(?i:", "(?:"))
    if not _COMMON.fullmatch(pattern):
        return ()
    try:
        return translate(pattern).needles
    except JsRegexError:
        return ()
