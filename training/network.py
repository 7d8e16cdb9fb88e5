"""The encoder while it learns: the same sums as in msglint, with weights and projections that move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from material import Material
from texts import CONTENT
from torch import Tensor, nn
from torch.nn import functional

from msglint.analysis.encoder.vocabulary import wording

MEANING, SUBJECT, WORDING = 208, 112, 256
_TOPIC_SHARE = 0.6
"""How much of a word's subject comes from the corpora rather than from chiVe, before anything is learned."""


class Network(nn.Module):
    """Texts in three views, each of length 1: what is said, what it is about, and in which words.

    `project` turns chiVe's vectors into meanings, `place` chiVe's and the corpora's vectors into subjects, `kinds` has
    the logarithms of the weights of the parts of speech, `shares` those of the views' shares in a cosine.
    """

    def __init__(self, material: Material) -> None:
        super().__init__()
        words = material.words
        names = sorted(set(words.kinds))
        self.names = names
        number = {name: i for i, name in enumerate(names)}
        self.kind = torch.tensor([number[kind] for kind in words.kinds])
        self.rarity = torch.tensor(material.rarity)
        self.meanings = torch.tensor(material.meanings)
        both = [material.meanings * (1 - _TOPIC_SHARE) ** 0.5, material.topics * _TOPIC_SHARE**0.5]
        self.subjects = torch.tensor(np.hstack(both).astype(np.float32))
        self.wordings = torch.tensor(_wordings(words.norms, material.gram_weights))
        at_first = [0.0 if name.startswith(CONTENT) else -9.0 for name in names]
        numerals = [name.startswith("名詞-数詞") for name in names]
        self.kinds = nn.Parameter(torch.tensor([-1.0 if n else w for n, w in zip(numerals, at_first, strict=True)]))
        # Words of the corpora are the ones that are met: their axes are kept.
        known = np.abs(material.topics).sum(axis=1) > 0
        self.project = nn.Parameter(_axes(self.meanings.numpy()[known], MEANING))
        self.place = nn.Parameter(_axes(self.subjects.numpy()[known], SUBJECT))
        self.shares = nn.Parameter(torch.log(torch.tensor([0.5, 0.25, 0.25])))
        self.start = {name: value.detach().clone() for name, value in self.named_parameters()}

    def views(self, bags: Sequence[Any]) -> tuple[Tensor, Tensor, Tensor]:
        """Return the three views of the texts."""
        words = torch.from_numpy(np.concatenate(bags))
        starts = torch.from_numpy(np.cumsum([0, *(len(bag) for bag in bags[:-1])]))
        kinds = torch.exp(self.kinds[self.kind[words]])
        weights = kinds * torch.exp(self.rarity[words])
        fixed = weights.detach()
        meaning = _sums(self.meanings, words, starts, weights) @ self.project
        subject = _sums(self.subjects, words, starts, fixed) @ self.place
        wording = _sums(self.wordings, words, starts, kinds.detach())
        return functional.normalize(meaning), functional.normalize(subject), functional.normalize(wording)

    def forward(self, bags: Sequence[Any]) -> Tensor:
        """Return one vector for each text, the views side by side by their shares."""
        shares = torch.softmax(self.shares, 0).sqrt()
        return torch.cat([view * share for view, share in zip(self.views(bags), shares, strict=True)], 1)

    def drift(self, name: str) -> Tensor:
        """Return how far a parameter has gone from where it began (squared)."""
        return ((self.get_parameter(name) - self.start[name]) ** 2).sum()


def _sums(table: Tensor, words: Tensor, starts: Tensor, weights: Tensor) -> Tensor:
    return functional.embedding_bag(words, table, starts, mode="sum", per_sample_weights=weights)


def _axes(vectors: Any, count: int) -> Tensor:
    values, axes = np.linalg.eigh(vectors.T @ vectors)
    chosen = axes[:, np.argsort(-values)[:count]]
    # An axis has no sign of its own: its largest entry is made positive, so that every machine gets the same.
    signs = np.sign(chosen[np.abs(chosen).argmax(axis=0), np.arange(count)])
    return torch.tensor((chosen * signs).astype(np.float32))


def _wordings(norms: list[str], weights: Any) -> Any:
    made = np.zeros((len(norms), WORDING), np.float32)
    for i, norm in enumerate(norms):
        made[i] = wording(norm, weights, WORDING)
    return made
