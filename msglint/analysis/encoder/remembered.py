"""Vectors that were made before are read, not made again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from msglint.analysis.encoder import Encoder, Identity

if TYPE_CHECKING:
    from msglint.analysis.encoder import Vectors

T = TypeVar("T")


class Store(Protocol):
    """Where bytes are kept from one run to the next; it may forget any of them at any time."""

    def held(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """Return what is kept under those of the keys that are known."""

    def keep(self, values: Mapping[bytes, bytes]) -> None:
        """Keep values under their keys."""


class Remembered:
    """An encoder that asks a store first: what stands there is returned, bit for bit, and the model not even loaded."""

    def __init__(self, encoder: Encoder, store: Store) -> None:
        self.inner = encoder
        self._store = store

    @property
    def identity(self) -> Identity:
        """Return the identity of the encoder inside."""
        return self.inner.identity

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text; see Encoder."""
        if not texts:
            return self.encode([""])[:0]  # only a vector tells how many dimensions there are
        return recalled(texts, self.inner.encode, self.inner.identity, self._store)


def recalled(
    items: Sequence[T], make: Callable[[Sequence[T]], Vectors], identity: Identity, store: Store | None
) -> Vectors:
    """Return `make(items)`, a row for each item, of which only the rows that `store` does not hold are made.

    There is at least one item, a text or a tuple of texts; `identity` is that of the model which makes the rows.
    """
    import numpy as np

    keys = [_key(identity, item) for item in items]
    rows = dict(store.held(list(dict.fromkeys(keys)))) if store else {}
    if len({len(row) for row in rows.values()}) > 1:  # not what one model made
        rows.clear()
    absent = {key: item for key, item in zip(keys, items, strict=True) if key not in rows}
    if absent:
        made = make(list(absent.values())).astype("<f4", copy=False)
        new = {key: row.tobytes() for key, row in zip(absent, made, strict=True)}
        if store:
            store.keep(new)
        rows |= new
    return np.frombuffer(b"".join(rows[key] for key in keys), "<f4").reshape(len(keys), -1).astype(np.float32)


def _key(identity: Identity, item: object) -> bytes:
    texts = item if isinstance(item, tuple) else (item,)
    seen = "\0".join((*identity, *texts)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(seen, digest_size=16).digest()
