"""Which sections say the same thing: alike in meaning by their vectors, and in wording by their shingles."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msglint.analysis.encoder.packing import unpacked

if TYPE_CHECKING:
    from msglint.analysis.encoder import Vectors

WIDTH = 5
"""Characters in a shingle."""
SIZE = 64
"""Hashes in a sketch."""
SHORTEST = 60
"""Sections with fewer characters are like one another by chance (「お問い合わせはこちら」)."""
WORDING = 0.5
"""Of the shingles of both, the share that has to be in both: vectors alone take one template for one content."""
BOILERPLATE = 5
"""A section with twins in so many articles is one that is repeated on purpose (a disclaimer, a contact)."""
_BLOCK = 256
"""Sections that are compared with all others at once: more of them would take memory, and no less time."""
_MARKS = re.compile(r"[\W_]+")


class Trace(NamedTuple):
    """What is kept of a section: its article's path, its vector and its sketch, both as text."""

    path: str
    vector: str
    sketch: str


class Pair(NamedTuple):
    """Two sections by their numbers, the earlier one first, and the cosine of their vectors."""

    first: int
    second: int
    similarity: float


def sketch(text: str) -> str:
    """Return the smallest hashes of the shingles of `text` (a bottom-k sketch, after Broder 1997) in base64.

    Blanks, punctuation and the forms of characters (NFKC) make no difference.
    """
    import numpy as np

    plain = _MARKS.sub("", unicodedata.normalize("NFKC", text))
    points = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    if len(points) < WIDTH:
        return ""
    count = len(points) - WIDTH + 1
    hashes = np.zeros(count, dtype=np.uint64)
    for i in range(WIDTH):
        hashes = hashes * np.uint64(1_099_511_628_211) ^ points[i : i + count]
    hashes = (hashes ^ (hashes >> np.uint64(31))) * np.uint64(0x9E3779B97F4A7C15)
    return base64.b64encode(np.unique(hashes)[:SIZE].astype("<u8").tobytes()).decode("ascii")


def resemblance(first: str, second: str) -> float:
    """Estimate the Jaccard index of the shingles of two texts from their sketches (exact for short texts)."""
    one, other = _hashes(first), _hashes(second)
    union = sorted(one | other)[:SIZE]
    return sum(h in one and h in other for h in union) / len(union) if union else 0.0


def _hashes(text: str) -> set[int]:
    import numpy as np

    return set(np.frombuffer(base64.b64decode(text), dtype="<u8").tolist())


def twins(traces: Sequence[Trace], least: float, named: Sequence[bool] | None = None) -> list[Pair]:
    """Return the pairs of sections of different articles that say the same, in the order of their members.

    Their vectors are alike by at least `least`, and so is their wording. Boilerplate is left out. With `named`, a
    section of each pair is named.
    """
    if len(traces) < 2:
        return []
    vectors = unpacked([t.vector for t in traces])
    found = alike(vectors, [t.path for t in traces], least, named)
    pairs = [p for p in found if resemblance(traces[p.first].sketch, traces[p.second].sketch) >= WORDING]
    count = Counter(i for pair in pairs for i in pair[:2])
    return [p for p in pairs if count[p.first] < BOILERPLATE and count[p.second] < BOILERPLATE]


def alike(vectors: Vectors, owners: Sequence[str], least: float, named: Sequence[bool] | None = None) -> Iterator[Pair]:
    """Yield the pairs of sections of different owners whose vectors are alike by at least `least`.

    A pair comes once, in the order of its members; with `named`, only pairs of which one section is named.
    """
    import numpy as np

    codes = np.unique(np.asarray(owners), return_inverse=True)[1] if len(owners) else np.zeros(0, int)
    wanted = np.ones(len(owners), bool) if named is None else np.asarray(named, bool)
    for start in range(0, len(owners), _BLOCK):
        rows = slice(start, start + _BLOCK)
        yield from _alike_in(vectors, codes, wanted, rows, least)


def _alike_in(vectors: Vectors, codes: Any, wanted: Any, rows: slice, least: float) -> Iterator[Pair]:
    import numpy as np

    similar = np.round(vectors[rows] @ vectors[rows.start :].T, 3)
    for i, j in np.argwhere(similar >= least):
        first, second = rows.start + int(i), rows.start + int(j)
        if first < second and codes[first] != codes[second] and (wanted[first] or wanted[second]):
            yield Pair(first, second, float(similar[i, j]))
