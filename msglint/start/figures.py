"""Figures that a guide might register: of surveys, and those that several articles give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from msglint.model import Found

_VALUES = 3
"""So many different figures a subject has at most: of more, none is the company's."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A subject that articles give a figure of: each as value, unit, words, and the articles that have it."""

    subject: str
    stated: tuple[tuple[Decimal, str, str, tuple[str, ...]], ...]


def figures(stated: Sequence[Found], measured: Collection[tuple[str, int]]) -> Iterator[Figure]:
    """Yield the subjects of a figure that was measured or that several articles give, those of most articles first.

    `measured` are the articles and offsets of figures that somebody measured.
    """
    by_subject: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for found in stated:
        if "/" not in found.value["unit"]:
            by_subject[found.value["subject"], found.value["unit"]].append(found)
    ordered = []
    for group in by_subject.values():
        values: dict[str, list[Found]] = defaultdict(list)
        for found in group:
            if found.value["low"] == found.value["high"]:
                values[found.value["low"]].append(found)
        shared = any(len({f.path for f in same}) > 1 for same in values.values())
        known = any((f.path, f.span.start) in measured for f in group)
        if 0 < len(values) <= _VALUES and (shared or known):
            ordered.append((-len({f.path for f in group}), group[0].path, group[0].span, tuple(values.values())))
    for *_, values_of_one in sorted(ordered, key=lambda one: one[:3]):
        yield Figure(str(values_of_one[0][0].value["words"]), tuple(map(_stated, values_of_one)))


def _stated(same: Sequence[Found]) -> tuple[Decimal, str, str, tuple[str, ...]]:
    said = same[0].value
    value, unit = Decimal(said["low"]), str(said["unit"])
    if unit == "時間" and value < 1:  # as nobody writes it
        value, unit = Decimal(round(value * 60)), "分"
    return value, unit, str(said["text"]), tuple(dict.fromkeys(found.path for found in same))
