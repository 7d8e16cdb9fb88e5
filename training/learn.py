"""Learn the built-in encoder's table: python training/learn.py --wheel ja_ginza-….whl --corpora DIR."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from material import Guide, Material, read
from network import Network
from packed import write
from torch import Tensor
from torch.nn import functional

OUTPUT = Path(__file__).resolve().parents[1] / "msglint" / "analysis" / "encoder" / "builtin.bin"
_TEMPERATURE = 0.07
_STEPS = 300
_GUIDES = 5
"""From so many guides passages are taken at each step."""


def learn(material: Material, guides: Sequence[Guide]) -> Network:
    """Return the encoder learned from the material and those labelled guides (half a minute on one thread)."""
    torch.manual_seed(0)
    network = Network(material)
    _learn_subjects(network, material, guides)
    _learn_meanings(network, material, guides)
    return network


def _learn_subjects(network: Network, material: Material, guides: Sequence[Guide]) -> None:
    """Draw headings to their texts and halves to halves, passages on message to their guide and others away from it."""
    random, pairs = np.random.default_rng(0), material.pairs
    optimizer = torch.optim.Adam([network.place], 1e-3)
    for _ in _decaying(optimizer, _STEPS):
        chosen = [pairs[i] for i in random.integers(0, len(pairs), 256)]
        near = _subject(network, [a for a, _ in chosen]) @ _subject(network, [b for _, b in chosen]).T / _TEMPERATURE
        own = torch.arange(len(chosen))
        loss = (functional.cross_entropy(near, own) + functional.cross_entropy(near.T, own)) / 2
        if guides:
            loss = loss + _on_message(network, guides[int(random.integers(len(guides)))], random)
        loss = loss + 0.3 * network.drift("place") / network.place.shape[1]
        _step(optimizer, loss)


def _subject(network: Network, bags: Sequence[Any]) -> Tensor:
    return network.views(bags)[1]


def _on_message(network: Network, guide: Guide, random: np.random.Generator) -> Tensor:
    message = _subject(network, [*(text for claim in guide.claims for text in claim), *guide.others])

    def nearness(bags: list[Any]) -> Tensor:
        chosen = [bags[i] for i in random.choice(len(bags), 24, replace=False)]
        return torch.logsumexp(_subject(network, chosen) @ message.T / _TEMPERATURE, 1)

    belonging = nearness([bag for item, bag in guide.items if item.on_message])
    others = nearness([bag for item, bag in guide.items if item.off_message])
    return functional.softplus(others[None, :] - belonging[:, None]).mean()


def _learn_meanings(network: Network, material: Material, guides: Sequence[Guide]) -> None:
    """Bring cosines in line with judged likeness (JSTS), and passages to the claim they are about."""
    random, train = np.random.default_rng(0), material.train
    moving = [{"params": [network.project], "lr": 4e-4}, {"params": [network.kinds, network.shares], "lr": 2e-3}]
    optimizer = torch.optim.Adam(moving)
    for _ in _decaying(optimizer, _STEPS):
        chosen = random.integers(0, len(train.likeness), 384)
        first = network.views([train.first[i] for i in chosen])
        second = network.views([train.second[i] for i in chosen])
        cosines = torch.stack([(a * b).sum(1) for a, b in zip(first, second, strict=True)])
        likeness = torch.tensor(train.likeness[chosen])
        joined = (torch.softmax(network.shares, 0).detach()[:, None] * cosines).sum(0)
        loss = 2 - _correlation(joined, likeness) - _correlation(cosines[0], likeness)
        for _ in range(_GUIDES if guides else 0):
            loss = loss + 0.15 * _about(network, guides[int(random.integers(len(guides)))], random)
        loss = loss + 0.3 * network.drift("project") / 300 + 0.1 * network.drift("kinds") / len(network.names)
        _step(optimizer, loss + 0.1 * network.drift("shares"))


def _about(network: Network, guide: Guide, random: np.random.Generator) -> Tensor:
    items = [(item, bag) for item, bag in guide.items if item.claim >= 0]
    chosen = [items[i] for i in random.choice(len(items), 64, replace=False)]
    texts = [text for claim in guide.claims for text in claim]
    near = network([bag for _, bag in chosen]) @ network(texts).T / _TEMPERATURE
    ends = np.cumsum([len(claim) for claim in guide.claims])[:-1]
    by_claim = torch.stack([part.mean(1) for part in torch.tensor_split(near, [int(e) for e in ends], 1)], 1)
    return functional.cross_entropy(by_claim, torch.tensor([item.claim for item, _ in chosen]))


def _correlation(a: Tensor, b: Tensor) -> Tensor:
    a, b = a - a.mean(), b - b.mean()
    return (a * b).sum() / torch.sqrt((a * a).sum() * (b * b).sum())


def _decaying(optimizer: torch.optim.Optimizer, steps: int) -> Any:
    """Yield the steps' numbers, the learning rates falling to nothing."""
    rates = [group["lr"] for group in optimizer.param_groups]
    for step in range(steps):
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * (1 - step / steps)
        yield step


def _step(optimizer: torch.optim.Optimizer, loss: Tensor) -> None:
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def main() -> None:
    """Learn from everything and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    material = read(options.wheel, options.corpora)
    write(options.output, material, learn(material, material.guides))


if __name__ == "__main__":
    main()
