"""Sales velocity: what sales earns a day, and which of its four factors moved."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from msglint.loop.intervals import Share
from msglint.loop.metrics import win_rate
from msglint.loop.model import Deal, Period

Factor = Literal["number", "amount", "win_rate", "days"]

LEAST = 20
"""Closed deals below which velocity is withheld: its factors are too uncertain to be multiplied."""


@dataclass(frozen=True, slots=True)
class Velocity:
    """The four factors: deals (件), mean won amount (円), win rate (0–1), mean days (日) from opening to winning.

    `without_amount` and `without_days` are the won deals (件) that lack what their mean is of.
    """

    number: int
    amount: float | None
    won: Share
    days: float | None
    without_amount: int = 0
    without_days: int = 0

    @property
    def enough(self) -> bool:
        """Whether enough deals are closed for the product to mean something."""
        return self.won.n >= LEAST

    @property
    def missing(self) -> int:
        """How many closed deals (件) are lacking for that."""
        return max(LEAST - self.won.n, 0)

    @property
    def value(self) -> float | None:
        """Velocity in 円/日; None (withheld) with too few closed deals, or where a factor is not known."""
        return self.product if self.enough else None

    @property
    def product(self) -> float | None:
        """N × A × W ÷ L, in 円/日, however few the deals; None where a factor is not known."""
        if self.amount is None or self.won.rate is None or self.days is None:
            return None
        return product(self.number, self.amount, self.won.rate, self.days)


def product(number: float, amount: float, win_rate: float, days: float) -> float | None:
    """Return N × A × W ÷ L in 円/日; None for a cycle of no days.

    Source: the form that all the sources found give; which N, A, W and L is said at `velocity`.
    """
    return number * amount * win_rate / days if days > 0 else None


def velocity(deals: Iterable[Deal], period: Period) -> Velocity:
    """Return the sales velocity of a period (円/日) with its factors.

    N (件) are the deals open at any time in the period. A (円), W (0–1) and L (日) are of the twelve months that end
    with it: the mean amount of won deals, won ÷ (won + lost), and the mean days from opening to winning of won deals. A
    mean leaves out what has no amount or no opening day.
    """
    known = list(deals)
    year = Period(_year_before(period.until), period.until)
    number = sum(_open_in(deal, period) for deal in known)
    won = [deal for deal in known if deal.outcome == "won" and year.has(deal.closed_on)]
    amounts = [deal.amount for deal in won if deal.amount is not None]
    cycles = [(d.closed_on - d.opened_on).days for d in won if d.closed_on is not None and d.opened_on is not None]
    return Velocity(
        number,
        statistics.fmean(amounts) if amounts else None,
        win_rate(known, year),
        statistics.fmean(cycles) if cycles else None,
        len(won) - len(amounts),
        len(won) - len(cycles),
    )


def contributions(before: Velocity, after: Velocity) -> dict[Factor, float] | None:
    """Return how much of the change each factor made, as logarithms that add up to that of after ÷ before.

    The largest in size moved it; a shorter cycle counts as positive. None where a factor is unknown or 0.
    """
    if not before.product or not after.product:
        return None
    pairs: dict[Factor, tuple[float | None, float | None]] = {
        "number": (before.number, after.number),
        "amount": (before.amount, after.amount),
        "win_rate": (before.won.rate, after.won.rate),
        "days": (after.days, before.days),
    }
    if any(not was or not now or was < 0 or now < 0 for was, now in pairs.values()):
        return None
    return {factor: math.log(now / was) for factor, (was, now) in pairs.items() if was and now}


def moved_most(before: Velocity, after: Velocity) -> Factor | None:
    """Return the factor that made most of the change; None when nothing changed or none can be told."""
    made = contributions(before, after)
    if not made or not any(made.values()):
        return None
    return max(made, key=lambda factor: abs(made[factor]))


def _open_in(deal: Deal, period: Period) -> bool:
    """Whether the deal was open on a day of the period; one without an opening day is not known to have been."""
    return (
        deal.opened_on is not None
        and deal.opened_on < period.until
        and (deal.closed_on is None or deal.closed_on >= period.since)
    )


def _year_before(day: date) -> date:
    """Return the day a year before; that of 29 February is 1 March."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 3, 1)
