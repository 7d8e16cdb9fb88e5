"""Which of a guide's claims a section carries."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from msglint.analysis.encoder.builtin import Builtin
from msglint.analysis.encoder.lengths import products, to_length
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
_KNOTS = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.0)
"""Between these likenesses of words what a likeness counts for rises evenly; at the first it counts for nothing."""
_TINY, _SAME = 1e-9, 1e-6
_AT_ONCE = 32
"""Sections that are read in one go: the vectors of more would not stay in the processor's cache."""
_ALONE = 1.0
"""By so much (logarithm of the odds) has a sentence alone to be better: it is like a claim by chance more often."""


Section = tuple[Sequence[Passage], str | None]
"""A section's sentences and its heading."""


class Weights(NamedTuple):
    """What the features of a text are multiplied by, and what is added, to give the logarithm of the odds."""

    factors: tuple[float, ...]
    offset: float


class Coverage:
    """Tells how surely sections carry the claims that it was made for.

    Which side a section takes is not looked at: one that denies a claim is as near to it as one that holds it, and what
    contradicts a claim tells as well what it is about.
    """

    def __init__(
        self,
        claims: Sequence[Claim],
        encoder: Encoder,
        weights: Weights | None = None,
        words: Builtin | None = None,
    ) -> None:
        """`encoder` compares sentences, `words` (the built-in one, unless given) words."""
        import numpy as np

        groups = [*((c.statement, *c.paraphrases, *c.contradictions) for c in claims), BACKGROUND]
        said = [Passage.of(text) for group in groups for text in group]
        claim_of = np.repeat(np.arange(len(groups)), [*map(len, groups)])
        # What each sentence counts for each claim: the mean of likenesses is the likeness to the mean.
        counts = (np.arange(len(groups))[:, None] == claim_of).astype(np.float32)
        counts /= counts.sum(axis=1, keepdims=True)
        views = getattr(encoder, "views", None)
        self._encoder = encoder
        self._background = encoder.encode(BACKGROUND).mean(axis=0) if views is None else np.float32(0)
        vectors = encoder.encode(said) - self._background
        self._said = [(view, (counts @ to_length(vectors[:, view])).T) for view in views or (slice(None),)]
        words = words or (encoder if isinstance(encoder, Builtin) else cast("Builtin", builtin()))
        self._overlap = Overlap([[*map(Passage.of, group)] for group in groups], words)
        self._weights = weights or _shipped("whole" if views is None else "views")

    def scores(self, sentences: Sequence[Passage], title: str | None = None) -> tuple[Any, Any]:
        """Return for each claim how likely a section carries it, and the number of the sentence that tells most."""
        return next(self.each([(sentences, title)]))

    def each(self, sections: Sequence[Section]) -> Iterator[tuple[Any, Any]]:
        """Yield the scores of each of some sections, many at a time."""
        for first in range(0, len(sections), _AT_ONCE):
            yield from self._scores(sections[first : first + _AT_ONCE])

    def features(self, sentences: Sequence[Passage], title: str | None = None) -> Any:
        """Return what the scores are made of, for each text that is read as one (see Windows) and each claim.

        These are the text's likenesses to the claim (a cosine for each of the encoder's views, the overlap of words
        both ways), and then the same to everything else: what does not stand out is no evidence.
        """
        section = (sentences, title)
        return self._features([section], Windows([section]))

    def _scores(self, sections: Sequence[Section]) -> Iterator[tuple[Any, Any]]:
        import numpy as np

        windows = Windows(sections)
        odds = self._features(sections, windows) @ np.array(self._weights.factors) + self._weights.offset
        alone, together = odds[: windows.count], odds[windows.count :]
        of = windows.sections[windows.count :]
        for i, (start, (sentences, _)) in enumerate(zip(windows.starts.tolist(), sections, strict=True)):
            each, best = alone[start : start + len(sentences)], together[of == i].max(axis=0)
            if len(sentences) > _SHORT:
                best = np.maximum(best, each.max(axis=0) - _ALONE)
            # Of sentences that tell the same the first one counts: rounding decides nothing.
            yield 1 / (1 + np.exp(-best)), (each > each.max(axis=0) - _SAME).argmax(axis=0)

    def _features(self, sections: Sequence[Section], windows: Windows) -> Any:
        import numpy as np

        texts = [passage for sentences, _ in sections for passage in sentences]
        texts += [Passage.of(title) for _, title in sections if title]
        read = windows.joined(self._encoder.encode(texts) - self._background, np.add)
        likenesses = [to_length(read[:, view]) @ said for view, said in self._said]
        values = np.concatenate([np.stack(likenesses, axis=2), self._overlap.of(texts, windows)], axis=2)
        values = values.astype(np.float64)
        return np.concatenate([values[:, :-1], _others(values)], axis=2)


class Windows:
    """Which texts are read as one: each sentence, every few in a row of a longer section, and all of a section.

    In this order; `count` is that of the sentences, `starts` has where those of each section begin, `sections` the
    number of the section of each window. Behind the sentences of all sections come their titles.
    """

    def __init__(self, sections: Sequence[Section]) -> None:
        import numpy as np

        sizes = np.array([len(sentences) for sentences, _ in sections])
        of = np.repeat(np.arange(len(sizes)), sizes)
        self.count = len(of)
        self.starts = np.cumsum(sizes) - sizes
        self._titled = [i for i, (_, title) in enumerate(sections) if title]
        left = np.where(sizes > _SHORT, self.starts + sizes, 0)[of] - np.arange(self.count)
        self._few = [(width, np.flatnonzero(left >= width)) for width in _WIDTHS]
        self.sections = np.concatenate([of, *(of[first] for _, first in self._few), np.arange(len(sizes))])

    def joined(self, values: Any, join: Any) -> Any:
        """Return for each window what the ufunc `join` makes of the rows of its texts."""
        import numpy as np

        alone = values[: self.count]
        few = [functools.reduce(join, [alone[first + i] for i in range(width)]) for width, first in self._few]
        whole = join.reduceat(alone, self.starts, axis=0)
        whole[self._titled] = join(whole[self._titled], values[self.count :])
        return np.concatenate([alone, *few, whole])


class Overlap:
    """How much of one text's words, by weight, comes back in another, and how well: as they are, or in like ones.

    The others are what is said of each claim and, as the last of the `groups`, the background.
    """

    def __init__(self, groups: Sequence[Sequence[Passage]], encoder: Builtin) -> None:
        import numpy as np

        self._encoder = encoder
        words = [[*dict.fromkeys(chain.from_iterable(map(self._words, group)))] for group in groups]
        column = {word: i for i, word in enumerate(dict.fromkeys(chain.from_iterable(words)))}
        vectors = encoder.word_vectors(column)
        self._said = self._plain(vectors).T
        # Every group ends with a word that is like none, so that no group is without words.
        self._columns = [column.get(word, -1) for found in words for word in (*found, "")]
        self._starts = np.cumsum([0, *(1 + len(found) for found in words[:-1])])
        inside = np.array([[word in found for word in column] for found in map(set, words)], bool)
        # What many claims have in common tells them apart no more.
        common = np.maximum(inside[:-1].sum(axis=0), 1)
        shares = inside * self._heavy(vectors) * np.log(len(groups) / common)
        self._shares = (shares / np.maximum(shares.sum(axis=1, keepdims=True), _TINY)).astype(np.float32)
        self._known = Rows(len(column) + len(groups) * (len(_KNOTS) - 1) + 1, self._meet)

    def of(self, texts: Sequence[Passage], windows: Windows) -> Any:
        """Return for each window and group how its words come back in what is said there, and the reverse.

        Both are shares of words, by weight, for each step from a knot of likeness to the next.
        """
        import numpy as np

        words = [self._words(text) for text in texts]
        sizes = np.array([*map(len, words)])
        rows, filled = self._known.of(chain.from_iterable(words)), np.flatnonzero(sizes)
        groups, size = self._shares.shape
        first = (np.cumsum(sizes) - sizes)[filled]
        reached = np.zeros((len(texts), size), np.float32)
        shared = np.zeros((len(texts), rows.shape[1] - size), np.float32)
        if len(filled):
            reached[filled] = np.maximum.reduceat(rows[:, :size], first, axis=0)
            shared[filled] = np.add.reduceat(rows[:, size:], first, axis=0)
        shared = windows.joined(shared, np.add)
        there = (shared[:, :-1] / np.maximum(shared[:, -1:], _TINY)).reshape(len(shared), groups, -1)
        here = np.matmul(self._shares, _steps(windows.joined(reached, np.maximum)))
        return np.concatenate([there, here], axis=2)

    def _words(self, passage: Passage) -> list[str]:
        """Return a passage's words, each once, in their order in the text: so their sum is the same."""
        return [*dict.fromkeys(self._encoder.content(passage))]

    def _meet(self, words: list[str]) -> Any:
        """Return how like each word is to each that is said; the best of these by group, weighed; its weight."""
        import numpy as np

        vectors = self._encoder.word_vectors(words)
        alike = np.clip(products(self._plain(vectors), self._said), 0, 1)
        ended = np.pad(alike, ((0, 0), (0, 1)))
        best = _steps(np.maximum.reduceat(ended[:, self._columns], self._starts, axis=1))
        weights = self._heavy(vectors)[:, None]
        return np.hstack([alike, best.reshape(len(words), -1) * weights, weights])

    def _plain(self, vectors: Any) -> Any:
        """Return words' vectors as words are compared, of length 1."""
        import numpy as np

        meaning, _, wording = self._encoder.views
        return np.hstack([to_length(vectors[:, meaning], _MEANING), to_length(vectors[:, wording], _WORDING)])

    def _heavy(self, vectors: Any) -> Any:
        """Return the weights of words: the length of their meanings."""
        import numpy as np

        return np.sqrt(np.sum(vectors[:, self._encoder.views[0]] ** 2, axis=1))


def _steps(likenesses: Any) -> Any:
    """Return how far likenesses have come from each knot to the next, 0 to 1 (a further axis)."""
    import numpy as np

    knots = np.array(_KNOTS, np.float32)
    return np.clip((likenesses[..., None] - knots[:-1]) / np.diff(knots), 0, 1)


def _others(values: Any) -> Any:
    """Return for each claim the mean of the other claims' values and the last one, which is the background's.

    The background counts like two claims, so that a claim alone has something to stand out from.
    """
    claims, background = values[:, :-1], values[:, -1:]
    return (claims.sum(axis=1, keepdims=True) - claims + 2 * background) / (claims.shape[1] + 1)


@functools.cache
def _shipped(kind: str) -> Weights:
    found = json.loads(WEIGHTS.read_text(encoding="utf-8"))[kind]
    return Weights(tuple(found["factors"]), found["offset"])
