"""The small networks that weigh the signs of a passage against a claim, in plain NumPy."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msglint.analysis.contradiction.features import Floats
from msglint.analysis.contradiction.gate import DOUBT, Gate

MODEL = Path(__file__).with_name("model.npz")
_BATCH = 128
"""Sequences that are worked on in one go: more would not stay in the processor's cache."""

NEARNESS = 0.35
"""A passage whose cosine to all that is said of a claim is smaller is less likely about it."""

FAR = 7.0
"""By so much, for each unit of cosine, the answer for such a passage is lowered (in logits)."""

OPEN = -3.0
"""Where the first network's answer (in logits) is below, the others are not asked."""

Indices = NDArray[np.intp]


def distance(near: Sequence[float] | Floats) -> Floats:
    """Return what is taken from the answers for passages with these cosines to the claim."""
    return np.asarray(FAR * np.maximum(0, NEARNESS - np.asarray(near, np.float32)), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Morphemes:
    """Morphemes as they are and in the light of claims.

    `names` has the number of each in the vocabulary (0: not in it), `own` its features; `at` says which morpheme is
    read in each row of `light`, which has its features in the light of a claim.
    """

    names: Indices
    own: Floats
    at: Indices
    light: Floats


class Network:
    """Several small bidirectional GRUs; the first is asked of everything, the others where it does not say no.

    `weights` has for each its arrays, named `<number>.<array>`, the `vocabulary` of words known by name, what makes a
    probability of the average and the cues (`scale`, `share` and `shift`) and of the gate's answer alone (`slope` and
    `level`), the hash of the `table` of word vectors that it has learned with, and what the gate needs.
    """

    def __init__(self, weights: Mapping[str, Any]) -> None:
        self._known = {str(word): i + 1 for i, word in enumerate(weights["vocabulary"])}
        self._scale, self._share, self._shift = (float(weights[name]) for name in ("scale", "share", "shift"))
        self._slope, self._level = float(weights["slope"]), float(weights["level"])
        self.table = str(weights["table"])
        self.gate = Gate.stored(weights)
        count = 1 + max(int(name.split(".")[0]) for name in weights if name[0].isdigit())
        parts = [
            {name[2:]: np.asarray(weights[name], np.float32) for name in weights if name.startswith(f"{k}.")}
            for k in range(count)
        ]
        self._nets = [_Net(part) for part in parts]

    def names(self, norms: Sequence[str]) -> Indices:
        """Return the numbers of words in the vocabulary."""
        return np.array([self._known.get(norm, 0) for norm in norms], np.intp)

    def probabilities(self, read: Morphemes, sequences: Sequence[Indices], near: Any, heard: Any) -> Floats:
        """Return for each sequence of morphemes how likely it contradicts the claim that it was read in the light of.

        `near` is each one's cosine to the claim, `heard` what its cues say.
        """
        if not sequences:
            return np.zeros(0, np.float32)
        given = self._share * np.asarray(heard, np.float32) + self._shift - distance(near)
        answers = self._scale * self._nets[0].logits(read, sequences) + given
        unsure = np.flatnonzero(answers > OPEN)
        if len(unsure) and len(self._nets) > 1:
            asked = [sequences[i] for i in unsure.tolist()]
            more = [self._scale * net.logits(read, asked) + given[unsure] for net in self._nets[1:]]
            answers[unsure] = np.mean([answers[unsure], *more], axis=0)
        return np.asarray(1 / (1 + np.exp(-answers)), np.float32)

    def doubts(self, glance: Any) -> Any:
        """Return how likely passages contradict a claim that are not read closely, from the gate's answers (below 0).

        It is what close reading would answer on average.
        """
        return np.minimum(DOUBT, 1 / (1 + np.exp(-self._slope * np.minimum(0, glance) - self._level)))


class _Net:
    """One network, both directions of its GRU side by side, and its gates apart: small blocks are worked on fastest."""

    def __init__(self, part: Mapping[str, Floats]) -> None:
        words = part["emb.weight"].shape[1]
        self._words = part["emb.weight"] @ part["inp.weight"][:, :words].T + part["inp.bias"]
        self._inp = np.ascontiguousarray(part["inp.weight"][:, words:].T)
        ways = [{name: part[f"gru.{name}_l0{way}"] for name in _GRU} for way in ("", "_reverse")]
        self._size = size = ways[0]["weight_hh"].shape[1]
        # The first two gates are kept negated (their function is 1 / (1 + exp(-x))), with both biases in the input.
        turn, both = np.array([-1, -1, 1], np.float32), np.array([1, 1, 0], np.float32)
        given, own, bias, own_bias = (
            np.stack([_by_gate(w[name], size) for w in ways], axis=1) * turn.reshape(3, 1, 1, 1) for name in _GRU
        )
        self._given = given
        self._given_bias = bias + own_bias * both.reshape(3, 1, 1, 1)
        # A state ends with a 1, whose weight is the bias of the last gate.
        self._own = np.concatenate([own, own_bias * (1 - both.reshape(3, 1, 1, 1))], axis=2)
        self._look, self._look_bias = part["att.weight"].T, part["att.bias"]
        self._out = [(part[f"out.{k}.weight"].T, part[f"out.{k}.bias"]) for k in (0, 3)]

    def logits(self, read: Morphemes, sequences: Sequence[Indices]) -> Floats:
        """Return the answer for each sequence of morphemes."""
        width = read.own.shape[1]
        own = read.own @ self._inp[:width] + self._words[read.names]
        hidden = read.light @ self._inp[width:]
        hidden += own[read.at]
        given = np.matmul(np.maximum(hidden, 0, out=hidden), self._given)
        given += self._given_bias
        made = np.zeros(len(sequences), np.float32)
        order = np.argsort([-len(s) for s in sequences], kind="stable")
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            made[batch] = self._answers(given, [sequences[i] for i in batch.tolist()])
        return made

    def _answers(self, given: Floats, sequences: Sequence[Indices]) -> Floats:
        """Answer for sequences from the longest to the shortest."""
        lengths = np.array([len(s) for s in sequences])
        at = np.zeros((2, lengths[0], len(sequences)), np.intp)
        for i, sequence in enumerate(sequences):
            at[0, : len(sequence), i], at[1, : len(sequence), i] = sequence, sequence[::-1]
        both = self._states(given, at, lengths)
        inside = np.arange(lengths[0])[:, None] < lengths
        # The second way was gone backwards: its state at a morpheme stands as far from the end.
        back = np.where(inside, lengths - 1 - np.arange(lengths[0])[:, None], 0)
        states = np.concatenate([both[:, 0], both[back, 1, np.arange(len(sequences))]], axis=2)
        gone = np.where(inside, np.float32(0), np.float32(-1e4))[:, :, None]
        look = states @ self._look + self._look_bias + gone
        look = np.exp(look - look.max(0))
        look /= look.sum(0)
        seen = np.matmul(look.transpose(1, 2, 0), states.transpose(1, 0, 2)).reshape(len(sequences), -1)
        (first, first_bias), (last, last_bias) = self._out
        middle = np.maximum(0, np.concatenate([seen, (states + gone).max(0)], axis=1) @ first + first_bias)
        return np.asarray(middle @ last + last_bias)[:, 0]

    def _states(self, given: Floats, at: Indices, lengths: Any) -> Floats:
        """Run both directions of the GRU: steps × ways × sequences × size; what has ended is left out."""
        size, (_, steps, count) = self._size, at.shape
        states = np.zeros((steps + 1, 2, count, size + 1), np.float32)
        states[..., size] = 1
        places = at + np.array([0, given.shape[2]]).reshape(2, 1, 1)
        inputs = given.reshape(3, -1, size).take(places, axis=1)
        running = (lengths[None, :] > np.arange(steps)[:, None]).sum(1).tolist()
        with np.errstate(over="ignore"):  # a gate that is shut for good
            for t, going in enumerate(running):
                now, state = inputs[:, :, t, :going], states[t, :, :going]
                gates = np.matmul(state, self._own)
                reset, keep, new = gates
                shut = gates[:2]
                shut += now[:2]
                np.exp(shut, out=shut)
                shut += 1
                np.reciprocal(shut, out=shut)
                new *= reset
                new += now[2]
                np.tanh(new, out=new)
                keep *= state[:, :, :size] - new
                np.add(new, keep, out=states[t + 1, :, :going, :size])
        return states[1:, :, :, :size]


_GRU = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def _by_gate(weights: Floats, size: int) -> Floats:
    """Return weights (or a bias) as gates × inputs × size."""
    return weights.reshape(3, size, -1).transpose(0, 2, 1)


@functools.cache
def network() -> Network:
    """Return the network that ships with msglint."""
    with np.load(MODEL, allow_pickle=False) as stored:
        return Network({name: stored[name] for name in stored.files})
