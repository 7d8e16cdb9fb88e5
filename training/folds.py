"""Encoders that have not seen some of the labelled guides: what is judged on a guide has to be learned without it.

The guides are left out in four parts of different subjects: what is learned without a part is judged on all of it.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar, cast

import torch
from learn import learn
from material import Material, read
from packed import write

from msglint.analysis.encoder.builtin import Builtin

T = TypeVar("T")

PARTS = 4


def parts(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the parts that guides of those names are left out in."""
    return [tuple(names[i::PARTS]) for i in range(PARTS)]


@contextlib.contextmanager
def opened(parser: argparse.ArgumentParser) -> Iterator[tuple[argparse.Namespace, Folds]]:
    """Read a script's options, and where to learn from and to keep what is learned; give them with the folds."""
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--folds", type=Path, help="where to keep what is learned without some guides")
    options = parser.parse_args()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        yield options, Folds(options.folds or Path(folder), options.wheel, options.corpora)


class Folds:
    """Learns encoders when they are asked for, and keeps their tables in a folder for the next time.

    What else was learned without some guides is kept beside them.
    """

    def __init__(self, folder: Path, wheel: Path, corpora: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.wheel = wheel
        self._folder, self._corpora = folder, corpora

    @functools.cached_property
    def material(self) -> Material:
        """All that is learned from; read at the first call."""
        return read(self.wheel, self._corpora)

    @functools.cache  # noqa: B019 - lives as long as the script
    def without(self, names: Sequence[str]) -> Builtin:
        """Return the encoder learned without the guides of those names (a tuple)."""
        path = self._path(names, "bin")
        if not path.exists():
            material = self.material
            write(path, material, learn(material, [guide for guide in material.guides if guide.name not in names]))
        return Builtin(path)

    def kept(self, names: Sequence[str], what: str, learn: Callable[[], T]) -> T:
        """Return what `learn` gives without the guides of those names, learned at the first call and kept as `what`."""
        path = self._path(names, f"{what}.pt")
        if not path.exists():
            torch.save(learn(), path)
        return cast("T", torch.load(path, weights_only=True))

    def _path(self, names: Sequence[str], ending: str) -> Path:
        return self._folder / f"{'+'.join(names) or 'none'}.{ending}"
