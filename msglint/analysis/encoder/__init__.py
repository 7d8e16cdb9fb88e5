"""What turns passages into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:  # numpy is loaded by whoever makes vectors, not by whoever speaks of them
    from numpy import float32
    from numpy.typing import NDArray

    Vectors: TypeAlias = NDArray[float32]


class Identity(NamedTuple):
    """Which encoder made a vector: its name, its version, and a hash of all that its vectors depend on."""

    name: str
    version: str
    hash: str


class Encoder(Protocol):
    """Anything that gives texts of like meaning like vectors."""

    def __hash__(self) -> int:
        """Return a hash: what is made of a guide by an encoder is kept for both together."""

    @property
    def identity(self) -> Identity:
        """Return what the vectors depend on, part of every key they are kept under."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text: float32 of shape (texts, dimensions), of length 1.

        A text in which the encoder knows nothing gives a vector of zeros. A vector depends on its text alone,
        never on the others.
        """
