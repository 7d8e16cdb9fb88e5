"""Which of a guide's claims a section carries."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from msglint.analysis.encoder.builtin import Builtin
from msglint.analysis.encoder.opening import builtin
from msglint.analysis.encoder.rows import Rows
from msglint.analysis.on_message import BACKGROUND
from msglint.analysis.passage import Passage
from msglint.guide.model import Claim

if TYPE_CHECKING:
    from msglint.analysis.encoder import Encoder

WEIGHTS = Path(__file__).with_name("coverage.json")
_SHORT = 3
"""A section of so few sentences is read as one,"""
_WIDTHS = (2, 3)
"""a longer one also in pieces of so many: a claim is rarely spread over more."""
_MEANING, _WORDING = 0.8, 0.6
"""How much of a word's likeness to another is that of meanings, and of spellings (squares that add up to 1)."""
_TINY = 1e-9
_ALONE = 1.0
"""By so much (logarithm of the odds) has a sentence alone to be better: it is like a claim by chance more often."""


class Weights(NamedTuple):
    """What the features of a text are multiplied by, and what is added, to give the logarithm of the odds."""

    factors: tuple[float, ...]
    offset: float


class Coverage:
    """Tells how surely sections carry the claims that it was made for.

    What is said against a claim is not looked at: a section that denies a claim is as near to it as one that holds it.
    """

    def __init__(self, claims: Sequence[Claim], encoder: Encoder, weights: Weights | None = None) -> None:
        import numpy as np

        groups = [*((claim.statement, *claim.paraphrases) for claim in claims), BACKGROUND]
        said, sizes = [Passage.of(text) for group in groups for text in group], [len(group) for group in groups]
        self._starts = np.cumsum([0, *sizes[:-1]])
        self._sizes = np.array(sizes, np.float32)
        self._encoder = encoder
        self._views = getattr(encoder, "views", None)
        self._background = encoder.encode(BACKGROUND).mean(axis=0) if self._views is None else np.float32(0)
        self._said = encoder.encode(said) - self._background
        # Words are compared by the built-in encoder, whatever compares the sentences.
        self._overlap = Overlap(said, encoder if isinstance(encoder, Builtin) else cast("Builtin", builtin()))
        self._weights = weights or _shipped("whole" if self._views is None else "views")

    def scores(self, sentences: Sequence[Passage], title: str | None = None) -> tuple[Any, Any]:
        """Return for each claim how likely a section carries it, and the number of the sentence that tells most."""
        import numpy as np

        odds = self.features(sentences, title) @ np.array(self._weights.factors) + self._weights.offset
        alone, together = odds[: len(sentences)], odds[len(sentences) :].max(axis=0)
        best = np.maximum(together, alone.max(axis=0) - _ALONE) if len(sentences) > _SHORT else together
        return 1 / (1 + np.exp(-best)), alone.argmax(axis=0)

    def features(self, sentences: Sequence[Passage], title: str | None = None) -> Any:
        """Return what the scores are made of, for each text that is read as one (see `_windows`) and each claim.

        These are the text's likenesses to the claim (a cosine for each of the encoder's views, the overlap both ways),
        and then how like it is, in the same ways, to everything else: what does not stand out is no evidence.
        """
        import numpy as np

        texts = [*sentences, *([Passage.of(title)] if title else [])]
        rows = _windows(len(sentences), len(texts))
        vectors = self._encoder.encode(texts) - self._background
        pieces = np.stack([vectors[row].sum(axis=0) for row in rows])
        likenesses = [self._near(pieces, view) for view in self._views or (slice(None),)]
        likenesses += map(self._by_claim, self._overlap.of(texts, rows))
        values = np.stack(likenesses, axis=2).astype(np.float64)
        return np.concatenate([values[:, :-1], _others(values)], axis=2)

    def _near(self, texts: Any, view: slice) -> Any:
        import numpy as np

        return self._by_claim(np.einsum("id,jd->ij", _unit(texts[:, view]), _unit(self._said[:, view])))

    def _by_claim(self, values: Any) -> Any:
        """Return the mean over each claim's sentences."""
        import numpy as np

        return np.add.reduceat(values, self._starts, axis=1) / self._sizes


class Overlap:
    """How much of one text's words, by weight, comes back in another: as they are, or as words of like meaning."""

    def __init__(self, said: Sequence[Passage], encoder: Builtin) -> None:
        import numpy as np

        self._encoder = encoder
        # Every sentence ends with a word that is none, so that no sentence is without words.
        words = [[*self._words(passage), -1] for passage in said]
        numbers = np.array([number for found in words for number in found], np.intp)
        self._numbers, self._real = np.maximum(numbers, 0), numbers >= 0
        self._starts = np.cumsum([0, *(len(found) for found in words[:-1])])
        self._weights, self._alike, self._best = Rows(1), Rows(len(numbers)), Rows(len(said))
        self._said = self._plain(0)[self._numbers]

    def of(self, texts: Sequence[Passage], rows: Sequence[list[int]]) -> tuple[Any, Any]:
        """Return, for the texts of a row together and a sentence, the share of theirs in it, and of it in them."""
        import numpy as np

        words = [np.array(self._words(text), np.intp) for text in texts]
        self._meet()
        heavy, alike, best = self._weights.values[:, 0], self._alike.values, self._best.values
        weights = np.array([heavy[found].sum() for found in words])
        shared = np.array([heavy[found] @ best[found] for found in words])
        reached = np.array([alike[found].max(axis=0, initial=0) for found in words])
        forth = np.array([shared[row].sum(axis=0) / max(float(weights[row].sum()), _TINY) for row in rows])
        own = heavy[self._numbers] * self._real
        back = np.array([reached[row].max(axis=0) for row in rows]) * own
        return forth, np.add.reduceat(back, self._starts, axis=1) / np.maximum(
            np.add.reduceat(own, self._starts), _TINY
        )

    def _words(self, passage: Passage) -> list[int]:
        """Return the numbers of a passage's words, each once, in their order in the text: so their sum is the same."""
        return list(dict.fromkeys(self._encoder.weighed(passage)[0]))

    def _meet(self) -> None:
        """Compare words that are new with those of the sentences."""
        import numpy as np

        start = len(self._alike)
        if start < len(vectors := self._encoder.word_vectors):
            alike = np.maximum(np.einsum("id,jd->ij", self._plain(start), self._said), 0) * self._real
            self._weights.extend(np.sqrt(np.sum(vectors[start:, self._encoder.views[0]] ** 2, axis=1, keepdims=True)))
            self._alike.extend(alike)
            self._best.extend(np.maximum.reduceat(alike, self._starts, axis=1))

    def _plain(self, start: int) -> Any:
        """Return the words' vectors from one on, of length 1, as words are compared."""
        import numpy as np

        meaning, _, wording = self._encoder.views
        vectors = self._encoder.word_vectors[start:]
        return np.hstack([_unit(vectors[:, meaning]) * _MEANING, _unit(vectors[:, wording]) * _WORDING])


def _windows(count: int, size: int) -> list[list[int]]:
    """Return which texts are read as one: each sentence, every few in a row, and, as the last, everything."""
    widths = (1, *(_WIDTHS if count > _SHORT else ()))
    return [*([*range(i, i + width)] for width in widths for i in range(count - width + 1)), [*range(size)]]


def _others(values: Any) -> Any:
    """Return for each claim the mean of the other claims' values and the last one, which is the background's.

    The background counts like two claims, so that a claim alone has something to stand out from.
    """
    claims, background = values[:, :-1], values[:, -1:]
    return (claims.sum(axis=1, keepdims=True) - claims + 2 * background) / (claims.shape[1] + 1)


def _unit(rows: Any) -> Any:
    import numpy as np

    found = np.sqrt(np.sum(rows * rows, axis=1, keepdims=True))
    return np.divide(rows, found, out=np.zeros_like(rows), where=found > 1e-9)


@functools.cache
def _shipped(kind: str) -> Weights:
    found = json.loads(WEIGHTS.read_text(encoding="utf-8"))[kind]
    return Weights(tuple(found["factors"]), found["offset"])
