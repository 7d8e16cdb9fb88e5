"""The file that the built-in encoder reads: its arrays, one behind the other, mapped into memory as they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAGIC = b"msglint1"
_ALIGN = 64
_HEAD = 4096
_ARRAYS = {
    "hashes": "<u4",
    "rows": "<u2",
    "levels": "u1",
    "vectors": "i1",
    "scales": "<f4",
    "topic_hashes": "<u4",
    "topics": "i1",
    "topic_scales": "<f4",
    "place": "<f4",
    "grams": "u1",
}


@dataclass(frozen=True, slots=True)
class Table:
    """What was learned, for three views of a text: what is said (meaning), what it is about (subject), how (wording).

    A word's 32-bit hash stands in `hashes` (sorted); at the same place `rows` has the row of its meaning in `vectors`
    (8 bits, to be multiplied by the row's entry in `scales`) and `levels` its weight: `smallest` times `step` to the
    power of the level. Its subject is its meaning times `place`, and, for words of business text, the row of `topics`
    at the place of its hash in `topic_hashes` (sorted) on top. `grams` has the weight of a character n-gram by its
    hash, in units of `gram_unit`. `kinds` are the weights of the parts of speech, `shares` the views' in a cosine.
    """

    version: str
    hash: str
    wording: int
    shares: tuple[float, float, float]
    smallest: float
    step: float
    gram_unit: float
    kinds: Mapping[str, float]
    hashes: Any
    rows: Any
    levels: Any
    vectors: Any
    scales: Any
    topic_hashes: Any
    topics: Any
    topic_scales: Any
    place: Any
    grams: Any

    @property
    def views(self) -> tuple[slice, slice, slice]:
        """Where in a vector the three views stand."""
        meaning, subject = self.place.shape
        return slice(0, meaning), slice(meaning, meaning + subject), slice(meaning + subject, self.size)

    @property
    def size(self) -> int:
        """The number of dimensions of a vector."""
        return int(sum(self.place.shape)) + self.wording


def read(path: Path) -> Table:
    """Return the table in a file, its arrays mapped, not read. Raises ValueError when it is none."""
    from numpy import memmap

    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise ValueError(f"{path} is no table of word vectors")
        header = json.loads(file.read(int.from_bytes(file.read(4), "little")))
    arrays: dict[str, Any] = {name: memmap(path, kind, "r", *header["arrays"][name]) for name, kind in _ARRAYS.items()}
    return Table(**header["values"], **arrays)


def write(path: Path, values: Mapping[str, Any], arrays: Mapping[str, Any]) -> None:
    """Write a table: its values but the hash, which is that of all the rest, and its arrays."""
    blobs = {name: arrays[name].astype(kind).tobytes() for name, kind in _ARRAYS.items()}
    digest = hashlib.blake2b(json.dumps(values, sort_keys=True).encode(), digest_size=8)
    places, at = dict[str, Any](), _HEAD
    for name, blob in blobs.items():
        digest.update(blob)
        places[name] = at, arrays[name].shape
        at += -(-len(blob) // _ALIGN) * _ALIGN
    header = json.dumps({"values": {**values, "hash": digest.hexdigest()}, "arrays": places}, sort_keys=True).encode()
    with path.open("wb") as file:
        file.write((MAGIC + len(header).to_bytes(4, "little") + header).ljust(_HEAD, b"\0"))
        for blob in blobs.values():
            file.write(blob.ljust(-(-len(blob) // _ALIGN) * _ALIGN, b"\0"))
