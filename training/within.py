"""Measures contradiction in articles: python training/within.py --wheel ja_ginza-….whl --corpora DIR --folds FOLDER.

Passages of guides that nothing was learned from are put between sentences of the corpora's held out sections. The table
is put into README.md.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from contradiction import claims_of, guides, sentences, unseen
from evaluate import README, markdown, put
from folds import Folds, opened
from texts import sections

from msglint.analysis.contradiction.own import Contradictions
from msglint.analysis.meaning import CARRIED, RARITY
from msglint.analysis.passage import Passage

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
    every, made = guides(), list[Read]()
    prose = [s.sentences for s in sections(corpora) if s.held_out and len(s.sentences) >= _AROUND][::_EVERY]
    for part, network in unseen(every, folds, corpora):
        for name in part.names:
            reading = Contradictions(claims_of(every[name]), part.encoder, weigh=network)
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
    return markdown([head, ["---"] * len(head), *rows])


def main() -> None:
    """Print the table and put it into README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    with opened(parser) as (options, folds):
        made = table(measured(folds, options.corpora))
    print(made)
    put(README, "within", made)


if __name__ == "__main__":
    main()
