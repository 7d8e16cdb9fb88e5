"""UTF-8 byte offsets, as the Markdown parser counts, → code points, as everything else counts."""

from __future__ import annotations


class Offsets:
    """Converts offsets one after the other; cheap as long as each lies near the one before.

    `raw` is what the byte offsets count in; its first byte is code point `start` of the source.
    """

    __slots__ = ("_at", "_byte", "_raw")

    def __init__(self, raw: bytes, start: int = 0) -> None:
        self._raw = raw
        self._byte = 0
        self._at = start

    def of(self, byte: int) -> int:
        """Return the code point that `byte` is the first byte of."""
        if byte > self._byte:
            self._at += len(self._raw[self._byte : byte].decode())
        elif byte < self._byte:
            self._at -= len(self._raw[byte : self._byte].decode())
        self._byte = byte
        return self._at
