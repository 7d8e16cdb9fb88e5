"""Encoders that have not seen some of the labelled guides: what is judged on a guide has to be learned without it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from learn import learn
from material import Material, read
from packed import write

from msglint.analysis.encoder.builtin import Builtin


class Folds:
    """Learns encoders when they are asked for, and keeps their tables in a folder for the next time."""

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
        path = self._folder / f"{'+'.join(names) or 'none'}.bin"
        if not path.exists():
            material = self.material
            write(path, material, learn(material, [guide for guide in material.guides if guide.name not in names]))
        return Builtin(path)
