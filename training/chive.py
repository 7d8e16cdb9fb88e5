"""chiVe's word vectors as ja-ginza carries them, read straight from its wheel."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import msgpack
import numpy as np

_MASK = (1 << 64) - 1
_MULTIPLIER = 0xC6A4A7935BD1E995


class Chive(NamedTuple):
    """`vectors` (20,000 × 300); `rows`: the row of each word; the words come from the most frequent to the rarest."""

    vectors: Any
    rows: dict[str, int]


def murmur64(data: bytes, seed: int = 1) -> int:
    """Return MurmurHash64A, under which spaCy keeps its strings."""
    made = (seed ^ (len(data) * _MULTIPLIER)) & _MASK
    whole = len(data) // 8 * 8
    for i in range(0, whole, 8):
        k = int.from_bytes(data[i : i + 8], "little") * _MULTIPLIER & _MASK
        k = (k ^ k >> 47) * _MULTIPLIER & _MASK
        made = (made ^ k) * _MULTIPLIER & _MASK
    if whole < len(data):
        made = (made ^ int.from_bytes(data[whole:], "little")) * _MULTIPLIER & _MASK
    made = (made ^ made >> 47) * _MULTIPLIER & _MASK
    return made ^ made >> 47


def read(wheel: Path) -> Chive:
    """Return the vectors and the words of a ja-ginza wheel; neither spaCy nor ja-ginza has to be installed."""
    with zipfile.ZipFile(wheel) as archive:
        held = {Path(name).name: name for name in archive.namelist() if "/vocab/" in name}
        vectors = np.load(io.BytesIO(archive.read(held["vectors"])))
        rows = msgpack.unpackb(archive.read(held["key2row"]), strict_map_key=False)
        strings = json.loads(archive.read(held["strings.json"]))
    order = {key: i for i, key in enumerate(rows)}
    keyed = sorted((order[key], word, key) for word in strings if (key := murmur64(word.encode())) in order)
    return Chive(vectors, {word: rows[key] for _, word, key in keyed})
