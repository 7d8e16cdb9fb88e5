"""Whether a figure of a text agrees with a value of the guide."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from msglint.analysis.marks import Mark

if TYPE_CHECKING:
    from msglint.analysis.quantities import Quantity
    from msglint.guide.model import Bound

_AGAINST: dict[str, frozenset[Mark]] = {
    "exact": frozenset({"at_least", "over", "at_most", "under"}),
    "over": frozenset({"at_most", "under", "weak"}),
    "at_least": frozenset({"at_most", "under", "weak"}),
    "at_most": frozenset({"at_least", "over", "strong"}),
    "under": frozenset({"at_least", "over", "strong"}),
    "about": frozenset(),
}
_TOLERANCE = Decimal("1e-9")


def agrees(q: Quantity, low: Decimal, high: Decimal, bound: Bound) -> bool:
    """Whether `q` states the value `low` to `high` (in `q.unit`), a fact with this `bound`.

    exact: the value itself with no bound mark (37.2%以上 says something else than 37.2%); with 約, ほど, 前後 also
    rounded to two digits or more; with 弱 or 強 rounded to one or more, on the side that the mark tells.
    over, at_least, at_most, under: the value itself, with marks of that direction or none.
    about: within 10 % of the value, whatever the marks.
    A band (60%台, 7割台) agrees with every value that begins so.

    A range agrees end by end, and its まで and 以内 say no more than its end does. One figure agrees with a range only
    where its mark points into it (最大5点, 2点以上 and 2点から with 2〜5点), and for `about` also where it lies inside.
    """
    marks = frozenset(q.marks) if q.low == q.high else frozenset(q.marks) - {"at_most"}
    if "band" in marks:
        return q.low <= low and high < q.high
    if bound == "about":
        near = _near(q.low, low) and _near(q.high, high)
        return near or (low <= q.low <= q.high <= high)
    if low != high and q.low == q.high:
        upper, lower = marks & {"at_most"}, marks & {"at_least", "from"}
        return bool((upper and _same(q.high, high)) or (lower and _same(q.low, low)))
    if marks & _AGAINST[bound]:
        return False
    if bound != "exact":
        return _same(q.low, low) and _same(q.high, high)
    return _states(q.low, low, marks) and _states(q.high, high, marks)


def _states(figure: Decimal, value: Decimal, marks: frozenset[Mark]) -> bool:
    if "weak" in marks or "strong" in marks:
        right_side = value < figure if "weak" in marks else value > figure
        return right_side and any(_same(figure, rounded) for rounded in _rounded(value, 1))
    return _same(figure, value) or ("about" in marks and any(_same(figure, rounded) for rounded in _rounded(value, 2)))


def _rounded(value: Decimal, fewest: int) -> Iterator[Decimal]:
    """Give `value` rounded to `fewest` significant digits and more."""
    digits = len(value.as_tuple().digits)
    for count in range(fewest, min(digits, 20)):
        yield value.quantize(Decimal(1).scaleb(value.adjusted() - count + 1), ROUND_HALF_UP)


def _same(a: Decimal, b: Decimal) -> bool:
    return abs(a - b) <= _TOLERANCE * max(abs(b), Decimal(1))


def _near(figure: Decimal, value: Decimal) -> bool:
    return abs(figure - value) * 10 <= abs(value)
