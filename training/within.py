"""Measures contradiction in articles: python training/within.py --wheel ja_ginza-….whl --corpora DIR --folds FOLDER.

Passages of guides that nothing was learned from are put between sentences of the corpora's held out sections. The table
is put into README.md.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from contradiction import arrays, business, cross_validate, guides, joined, sentences, settled, stated
from evaluate import README, put
from folds import Folds
from texts import sections

from msglint.analysis.contradiction.network import Network
from msglint.analysis.contradiction.own import Contradictions
from msglint.analysis.meaning import CARRIED, RARITY
from msglint.analysis.passage import Passage
from msglint.guide.model import Claim

_AROUND = 5
"""Sentences around each passage."""
_EVERY = 5


class Read(NamedTuple):
    """Whether a passage contradicts, how likely it is said to contradict any claim, alone and among other sentences.

    `others` has the same of these.
    """

    contradicts: bool
    alone: float
    within: float
    others: Any


def read(passages: Sequence[dict[str, Any]], reading: Contradictions, prose: Sequence[Sequence[str]]) -> list[Read]:
    """Return what a guide's reading makes of its passages about claims."""
    made, rng = list[Read](), random.Random(0)
    for item in passages:
        around, own = [Passage.of(text) for text in rng.choice(prose)[:_AROUND]], sentences(item["text"])
        at = rng.randrange(1, _AROUND)
        found = reading.scores([[*around[:at], *own, *around[at:]]])[0].max(axis=1)
        inside = slice(at, at + len(own))
        alone = reading.scores([own])[0].max()
        against = item["kind"].startswith("contradicts")
        made.append(Read(against, float(alone), float(found[inside].max()), np.delete(found, inside)))
    return made


def measured(folds: Folds, corpora: Path) -> list[Read]:
    """Return what is made of the passages of every guide by what was learned without its part."""
    every = guides()
    parts = cross_validate(every, business(corpora), folds)
    bound, calibration = settled(joined(parts))
    prose = [s.sentences for s in sections(corpora) if s.held_out and len(s.sentences) >= _AROUND][::_EVERY]
    made = list[Read]()
    for part in parts:
        gate = replace(part.gate, bound=part.gate.bound + bound)
        network = Network(arrays(part.words, part.nets, calibration, gate, part.encoder))
        for name in part.names:
            claims = [Claim(c["id"], says[0], says[1:], no) for c in every[name]["claims"] for says, no in [stated(c)]]
            reading = Contradictions(claims, part.encoder, weigh=network)
            made += read([item for item in every[name]["items"] if item["claim"]], reading, prose)
    return made


def table(found: Sequence[Read]) -> str:
    """Return how many are flagged, as a Markdown table."""
    # What is shown to a writer is CARRIED after the odds are multiplied by RARITY.
    limit = CARRIED / (CARRIED + RARITY * (1 - CARRIED))

    def share(values: Sequence[Any]) -> str:
        return f"{float(np.mean(np.concatenate([np.atleast_1d(v) for v in values]) >= limit)):.2%}"

    against, others = [r for r in found if r.contradicts], [r for r in found if not r.contradicts]
    rows = [
        ("contradicts a claim", share([r.alone for r in against]), share([r.within for r in against])),
        ("supports a claim", share([r.alone for r in others]), share([r.within for r in others])),
        ("other people's sentences", "", share([r.others for r in found])),
    ]
    head = ["flagged of what", "a section of its own", "among other sentences"]
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * 3, *rows))


def main() -> None:
    """Print the table and put it into README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--folds", type=Path, help="where the encoders and networks learned without some guides are")
    options = parser.parse_args()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        made = table(measured(Folds(options.folds or Path(folder), options.wheel, options.corpora), options.corpora))
    print(made)
    put(README, "within", made)


if __name__ == "__main__":
    main()
