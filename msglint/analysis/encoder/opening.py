"""Opens the encoder that a guide names."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from msglint.analysis.encoder import Encoder
    from msglint.analysis.encoder.hub import Told
    from msglint.analysis.encoder.model import Model
    from msglint.analysis.encoder.remembered import Store

BUILTIN = "builtin"


@functools.cache
def builtin() -> Encoder:
    """Return the encoder that ships with msglint, the same one in a whole process."""
    from msglint.analysis.encoder.builtin import Builtin

    return Builtin()


def open_encoder(name: str, root: str | Path, store: Store | None = None, told: Told | None = None) -> Encoder:
    """Return the encoder that a guide in the folder `root` calls `name`; its vectors are kept in `store`.

    Its identity and what stands in the store are there without its libraries; the model is loaded for the first text
    that is new, once in a process. `told` is called with one line before the network is used, which only a model of
    the hub that is not on disk needs. Raises ModelUnusable.
    """
    if name == BUILTIN:
        return builtin()
    from msglint.analysis.encoder.find import find
    from msglint.analysis.encoder.remembered import Remembered

    encoder = _encoder(find(name, Path(root).resolve(), store, told))
    return encoder if store is None else Remembered(encoder, store)


@functools.lru_cache(maxsize=4)
def _encoder(model: Model) -> Encoder:
    from msglint.analysis.encoder.static import Static, is_static
    from msglint.analysis.encoder.transformers import Transformers

    return Static(model) if is_static(model) else Transformers(model)


def in_one_process(encoder: Encoder) -> bool:
    """Whether an encoder is so heavy, and so busy on all cores by itself, that a second copy is only in the way."""
    from msglint.analysis.encoder.transformers import Transformers

    return isinstance(getattr(encoder, "inner", encoder), Transformers)
