"""Shares with their uncertainty, and whether a change is more than noise."""

from __future__ import annotations

import math
from dataclasses import dataclass

from msglint.model import Text
from msglint.proportion import Interval, wilson

FEW = 30
"""Below this number of cases a share is said to rest on few."""


@dataclass(frozen=True, slots=True)
class Share:
    """`k` of `n` cases."""

    k: int
    n: int

    @property
    def rate(self) -> float | None:
        """The share, 0 to 1; None without cases."""
        return self.k / self.n if self.n else None

    @property
    def interval(self) -> Interval:
        """Wilson's 95% interval of the share; 0 to 1 without cases."""
        return wilson(self.k, self.n)

    @property
    def few(self) -> bool:
        """Whether it rests on so few cases that this has to be said."""
        return self.n < FEW

    def said(self) -> Text:
        """Return it as it is to be printed: rate, k/n and interval, and that there are few cases when there are."""
        if self.rate is None:
            return Text("対象なし", "no cases")
        low, high = (f"{bound * 100:.0f}" for bound in self.interval)
        few = Text("、件数が少ない", ", few cases") if self.few else Text("", "")
        return Text(
            f"{self.rate * 100:.1f}%({self.k}/{self.n}件、95%区間 {low}〜{high}%{few.ja})",
            f"{self.rate * 100:.1f}% ({self.k}/{self.n}, 95% interval {low} to {high}%{few.en})",
        )


@dataclass(frozen=True, slots=True)
class Movement:
    """How a figure differs from an earlier one: `change` in its own unit, and whether noise explains it.

    `noise` is None when one of the two has no cases.
    """

    change: float
    interval: Interval
    noise: bool | None

    def said(self, unit: Text) -> Text:
        """Return it as it is to be printed, `change` in `unit`."""
        if self.noise is None:
            return Text("比べられない", "cannot be compared")
        size = f"{abs(self.change):.0f}"
        way = Text("増" if self.change > 0 else "減", "up" if self.change > 0 else "down")
        why = (
            Text("偶然のゆらぎの範囲", "within noise")
            if self.noise
            else Text("ゆらぎでは説明できない", "more than noise")
        )
        if size == "0":
            return Text(f"増減なし({why.ja})", f"no change ({why.en})")
        return Text(f"{size}{unit.ja}{way.ja}({why.ja})", f"{way.en} {size}{unit.en} ({why.en})")


def moved(before: Share, after: Share) -> Movement:
    """Return how a share moved, in points (1 = one percentage point), with Newcombe's 95% interval of the difference.

    Noise is what an interval with 0 in it leaves open. Newcombe, R. G. (1998), Statistics in Medicine 17, method 10.
    """
    if before.rate is None or after.rate is None:
        return Movement(0.0, Interval(-100.0, 100.0), None)
    change = after.rate - before.rate
    (l0, u0), (l1, u1) = before.interval, after.interval
    low = change - math.hypot(after.rate - l1, u0 - before.rate)
    high = change + math.hypot(u1 - after.rate, before.rate - l0)
    return Movement(change * 100, Interval(low * 100, high * 100), low <= 0 <= high)


def counted(before: int, after: int, days_before: int, days_after: int) -> Movement:
    """Return how a count of events (件) moved between periods of so many days; `change` is against the expected number.

    Noise when the later period's share of all the events is, by Wilson's interval, what its share of the days is: the
    conditional test of two Poisson rates (Przyborowski and Wilenski 1940).
    """
    if before + after == 0:
        return Movement(0.0, Interval(0.0, 0.0), None)
    low, high = wilson(after, before + after)
    expected = days_after / (days_before + days_after)
    was = before * days_after / days_before
    ratios = (_odds(bound) * days_before / days_after for bound in (low, high))
    changes = Interval(*(was * (ratio - 1) if was else ratio for ratio in ratios))
    return Movement(after - was, changes, low <= expected <= high)


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf
