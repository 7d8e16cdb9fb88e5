"""Learn what makes a claim carried: python training/weigh.py --wheel ja_ginza-….whl --corpora DIR (after learn.py).

Each labelled guide is measured by an encoder that has not learned from it: to the passages that an encoder has learned
from it is nearer than it will be to any others, and weights learned from these would trust it too much.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from folds import opened, parts
from scipy.optimize import minimize
from texts import Item, Labelled, labelled

from msglint.analysis.coverage import WEIGHTS, Coverage, Weights
from msglint.analysis.encoder import Encoder
from msglint.analysis.encoder.builtin import Builtin
from msglint.analysis.passage import Passage
from msglint.document.model import Block, Kind
from msglint.document.sentences import sentences
from msglint.model import Span

_CHOICE = 5.0
"""How much the choice of the right claim among a guide's counts beside the question whether a claim is carried."""

_EMPTY = -2.5
"""The logarithm of the odds that a text like nothing at all carries a claim, at most."""


class Measured(NamedTuple):
    """A guide's items, and for each the features of all the texts in it for each claim (texts × claims × features)."""

    items: tuple[Item, ...]
    features: list[Any]


def split(text: str) -> list[Passage]:
    """Return the sentences of a passage."""
    return [Passage.of(s.text) for s in sentences(Block(0, Kind.PARAGRAPH, text, (), Span(0, len(text))))]


def measure(guide: Labelled, encoder: Builtin, *, whole: bool = False) -> Measured:
    """Return the features of a labelled guide's items; `whole`: as of an encoder without views, as any other is."""
    coverage = Coverage(guide.message.claims, Whole(encoder) if whole else encoder, words=encoder)
    return Measured(guide.items, [coverage.features(split(item.text)) for item in guide.items])


def fit(guides: Sequence[Measured]) -> Weights:
    """Return logistic weights, learned from whole items: an item that contradicts a claim is no example of either.

    Likeness to a claim never counts against it, likeness to the rest never for it, and a text that is like nothing
    carries nothing: what is learned has to hold for texts unlike the labelled ones.
    """
    rows, carried, choices, right = list[Any](), list[bool](), list[Any](), list[int]()
    for items, features in guides:
        for item, by_claim in zip(items, features, strict=True):
            for claim, row in enumerate(by_claim[-1]):
                if item.claim != claim or item.supports:
                    rows.append(row)
                    carried.append(item.claim == claim)
            if item.supports:
                choices.append(by_claim[-1])
                right.append(item.claim)
    spread = np.std(rows, axis=0) + 1e-9
    half = len(spread) // 2
    bounds = [(0.0, None)] * half + [(None, 0.0)] * half + [(None, _EMPTY)]
    loss = _Loss(np.array(rows) / spread, np.array(carried), [c / spread for c in choices], right)
    found = minimize(loss, np.zeros(len(bounds)), jac=True, method="L-BFGS-B", bounds=bounds).x
    return Weights(tuple((found[:-1] / spread).tolist()), float(found[-1]))


class _Loss:
    """The loss of weights and its gradient.

    Logistic for what is carried (examples of it count twice), and that of a choice (softmax) among a guide's claims.
    """

    def __init__(self, rows: Any, carried: Any, choices: Sequence[Any], right: Sequence[int]) -> None:
        self._rows, self._counts = rows, np.where(carried, 2.0, 1.0)
        self._signs = np.where(carried, 1.0, -1.0)
        self._choices = np.concatenate(choices)
        self._first = np.cumsum([0, *map(len, choices[:-1])])
        self._sizes = [*map(len, choices)]
        self._right = self._first + right

    def __call__(self, weights: Any) -> tuple[float, Any]:
        odds = self._signs * (self._rows @ weights[:-1] + weights[-1])
        slope = -self._counts * self._signs / (1 + np.exp(odds))
        among = self._choices @ weights[:-1]
        among -= np.repeat(np.maximum.reduceat(among, self._first), self._sizes)
        shares = np.exp(among)
        shares /= np.repeat(np.add.reduceat(shares, self._first), self._sizes)
        loss = np.sum(self._counts * np.logaddexp(0, -odds)) + 0.5 * np.sum(weights[:-1] ** 2)
        loss -= _CHOICE * np.sum(np.log(shares[self._right] + 1e-12))
        shares[self._right] -= 1
        by_weight = self._rows.T @ slope + weights[:-1] + _CHOICE * self._choices.T @ shares
        return float(loss), np.append(by_weight, slope.sum())


def main() -> None:
    """Write the weights for encoders with views (the built-in one) and for any other."""
    parser = argparse.ArgumentParser(description=__doc__)
    with opened(parser) as (_, folds):
        by_name = {guide.name: guide for guide in labelled()}
        guides = [(by_name[name], folds.without(out)) for out in parts([*by_name]) for name in out]
        learned = {
            "views": fit([measure(guide, encoder) for guide, encoder in guides]),
            "whole": fit([measure(guide, encoder, whole=True) for guide, encoder in guides]),
        }
    plain = {
        name: {"factors": [round(float(f), 4) for f in found.factors], "offset": round(found.offset, 4)}
        for name, found in learned.items()
    }
    WEIGHTS.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")


class Whole:
    """An encoder without its views, as any other is."""

    def __init__(self, encoder: Encoder) -> None:
        self.identity, self.encode = encoder.identity, encoder.encode


if __name__ == "__main__":
    main()
