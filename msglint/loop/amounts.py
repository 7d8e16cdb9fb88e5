"""Amounts, counts and yes-or-no as exports write them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from msglint.loop.model import Misread

_MOST = 10**15
_NUMBER = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)
_SCIENTIFIC = re.compile(r"-?\d+(?:\.\d+)?e[+-]?\d+", re.ASCII | re.IGNORECASE)
_FOREIGN = re.compile(r"[$€£₩]|\b(?:USD|EUR|GBP|KRW|CNY|RMB)\b|元|ドル|ユーロ", re.IGNORECASE)
_TENFOLD = {"千": 10**3, "万": 10**4, "百万": 10**6, "億": 10**8}
_MINUS = "-−‐–△▲"
_YES = frozenset("true yes y 1 はい 済 確認済 確認済み あり 有 ○ ◯ 〇 ✓ ✔ on".split())
_NO = frozenset("false no n 0 いいえ なし 無 未確認済 ng × ✕ off".split())
_UNASKED = frozenset("- ? 未 未確認 不明 unknown n/a".split())


def yen(written: str) -> int | None:
    """Return the amount in whole yen, None for an empty cell (which is not 0); raises Misread.

    Reads ¥1,200,000, １２０万円 and, as negative, (1,000), -1,000 and △1,000. Another currency, a fraction of a yen and
    what Excel shortened (1.2E+06) are refused.
    """
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", written))
    if not text:
        return None
    if _FOREIGN.search(text):
        raise Misread(f"「{written}」は円ではありません。", f"{written} is not in yen.")
    bare = re.sub(r"^JPY|JPY$|[¥\\円]", "", text, flags=re.IGNORECASE)  # CP932 has the backslash for ¥
    bare, negative = _sign(bare)
    unit = next((u for u in ("百万", "億", "万", "千") if bare.endswith(u)), "")
    amount = _number(bare.removesuffix(unit), written) * _TENFOLD.get(unit, 1)
    if amount != int(amount):
        raise Misread(f"「{written}」に円未満の端数があります。", f"{written} has a fraction of a yen.")
    return -int(amount) if negative else int(amount)


def count(written: str) -> int | None:
    """Return a number of things (件, 回), None for an empty cell; raises Misread."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", written))
    if not text:
        return None
    number = _number(text, written)
    if number != int(number):
        raise Misread(f"「{written}」は整数ではありません。", f"{written} is no whole number.")
    return int(number)


def answer(written: str) -> bool | None:
    """Return yes or no; None for an empty cell and for what says that nobody asked; raises Misread."""
    text = unicodedata.normalize("NFKC", written).strip().casefold()
    if not text or text in _UNASKED:
        return None
    if text in _YES or text in _NO:
        return text in _YES
    raise Misread(
        f"「{written}」が「はい」か「いいえ」かわかりません(true / false、はい / いいえ、○ / ×)。",
        f"{written} is neither yes nor no (true / false).",
    )


def _sign(text: str) -> tuple[str, bool]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1], True
    return (text[1:], True) if text[:1] in _MINUS and text else (text, False)


def _number(text: str, written: str) -> Decimal:
    if _SCIENTIFIC.fullmatch(text):
        raise Misread(
            f"「{written}」は桁が失われています(Excelの指数表示)。もとの数で書き出してください。",
            f"{written} has lost digits (Excel's scientific notation).",
        )
    if not _NUMBER.fullmatch(text):
        raise Misread(f"「{written}」を数として読めません。", f"{written} cannot be read as a number.")
    number = Decimal(text.replace(",", ""))
    if number >= _MOST:
        raise Misread(f"「{written}」は大きすぎます。", f"{written} is too large.")
    return number
