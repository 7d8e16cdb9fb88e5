"""Passages and claims as numbers: what the network sees of each morpheme, alone and in the light of a claim."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msglint.analysis.contradiction.clauses import LINKS, word_class
from msglint.analysis.contradiction.reading import Clauses, Reading, read
from msglint.analysis.contradiction.words import lexicon
from msglint.analysis.encoder.rows import Rows
from msglint.analysis.passage import Passage

Floats = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Any]
"""Gives words (normalised forms) their vectors of length 1."""

LONGEST = 110
"""So many morphemes of a passage are looked at."""

FLOOR = 0.2
"""Words whose vectors have a smaller cosine have nothing to do with each other."""

_LIKE, _NEAREST = 0.4, 4
"""A word that is listed on no axis has the places of the listed ones that are so like it, of so many at most."""

_KINDS = tuple("名詞 動詞 形容詞 形状詞 副詞 助詞 助動詞 接続詞 代名詞 接尾辞 接頭辞 補助記号 連体詞".split())
_WEIGHTS = {"名詞": 1.0, "形状詞": 0.9, "動詞": 0.8, "形容詞": 0.8, "副詞": 0.4, "接尾辞": 0.4, "接頭辞": 0.4}
_NUMBER = re.compile(r"[0-9一二三四五六七八九十百]+|[ぁ-ん]{1,2}")
_OWN = 12
SAME = 0.9999
"""Words whose vectors have a greater cosine have the same."""

WIDTH = _OWN + len(LINKS) + len(_KINDS)
"""So many features a morpheme has by itself."""

RELATED = 17
"""So many features a morpheme has in the light of a claim."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Passages, one behind the other: `own` features of each morpheme, and which word it is (0: none with content).

    `vectors` and `poles` have the words' vectors and places on the axes; passage i begins at `starts[i]`. `rejected`
    has the views that are quoted and rejected, each with the number of its passage.
    """

    norms: tuple[str, ...]
    starts: NDArray[np.intp]
    own: Floats
    words: NDArray[np.intp]
    vectors: Floats
    poles: Floats
    rejected: tuple[tuple[int, Passage], ...]

    @property
    def axes(self) -> Floats:
        """The place of each morpheme on the axes."""
        return self.poles[self.words]


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What a claim says, or what contradicts it: the vector of each of its words, and the sign where it comes first.

    `cause` and `effect` have 1 for words that tell of what to do, of what comes of it (0: they do not).
    """

    vectors: Floats
    signs: Floats
    cause: Floats
    effect: Floats
    axes: Floats
    strength: Floats
    given: bool


class Sight:
    """Reads passages and claims with the word vectors that `embed` gives; both are kept."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._poles = _Poles(embed)

    def see(self, passages: Sequence[tuple[Passage, Passage | None]]) -> Seen:
        """Return passages as the network sees them, each read with the sentence that follows it, if one does."""
        clauses = {id(p): p for pair in passages for p in pair if p is not None}
        parts = {key: Clauses.of(passage) for key, passage in clauses.items()}
        readings = [read(parts[id(p)], parts[id(f)] if f is not None else None) for p, f in passages]
        norms = [passage.norms[:LONGEST] for passage, _ in passages]
        starts = np.cumsum([0, *map(len, norms)], dtype=np.intp)
        kept = [[w for w in reading.words if w.at < LONGEST] for reading in readings]
        content = [(at + w.at, w.norm) for at, found in zip(starts.tolist(), kept, strict=False) for w in found]
        numbers = {norm: i + 1 for i, norm in enumerate(sorted({norm for _, norm in content}))}
        words = np.zeros(starts[-1], np.intp)
        words[[at for at, _ in content]] = [numbers[norm] for _, norm in content]
        vectors = np.zeros((len(numbers) + 1, self._poles.width), np.float32)
        poles = np.zeros((len(numbers) + 1, len(self._poles.names)), np.float32)
        if numbers:
            vectors[1:] = self._embed(list(numbers))
            poles[1:] = self._poles.of(numbers)
        own = _own(readings, norms, [p.pos_ids[:LONGEST] for p, _ in passages])
        rejected = tuple((i, p.part(*r)) for i, (p, _) in enumerate(passages) for r in readings[i].rejected)
        return Seen(tuple(n for found in norms for n in found), starts, own, words, vectors, poles, rejected)

    def side(self, texts: Sequence[str]) -> Side:
        """Return what `texts` say together; with none of them an empty side."""
        passages = [Passage.of(text) for text in texts]
        parts = [(p, [w for w in read(Clauses.of(p)).words if not _NUMBER.fullmatch(w.norm)]) for p in passages]
        words = [w for _, found in parts for w in found]
        count = len(self._poles.names)
        if not words:
            empty = np.zeros(0, np.float32)
            none = np.zeros(count, np.float32)
            return Side(np.zeros((0, self._poles.width), np.float32), empty, empty, empty, none, none, given=False)
        vectors = np.asarray(self._embed([w.norm for w in words]), np.float32)
        signs = np.array([w.sign for w in words], np.float32)
        effect = np.array([w.at > _cut(p) for p, found in parts for w in found], np.float32)
        weights = np.array(
            [_WEIGHTS.get(word_class(p.pos_ids[w.at])[0], 0.3) for p, found in parts for w in found], np.float32
        )
        poles = self._poles.of(w.norm for w in words)
        axes, strength = (poles * (signs * weights)[:, None]).sum(0), (np.abs(poles) * weights[:, None]).sum(0)
        # Each vector once (words of like meaning share one): of two, rounding would tell which is nearer.
        which = ((vectors @ vectors.T > SAME) | np.eye(len(words), dtype=bool)).argmax(1)
        places = np.unique(which)
        return Side(
            vectors[places],
            signs[places],
            np.array([(effect[which == i] == 0).any() for i in places], np.float32),
            np.array([(effect[which == i] == 1).any() for i in places], np.float32),
            axes / max(float(np.abs(axes).sum()), 1.0),
            strength / max(float(strength.sum()), 1.0),
            given=True,
        )


def related(seen: Seen, claim: Side, against: Side, at: NDArray[np.intp] | None = None) -> Floats:
    """Return what morphemes (all, or those `at`) have to do with a claim and with what contradicts it."""
    words, own = (seen.words, seen.own) if at is None else (seen.words[at], seen.own[at])
    sides = [_to_side(seen, side, words, own[:, 0]) for side in (claim, against)]
    return np.column_stack([*sides, sides[0][:, 2] - sides[1][:, 2]]).astype(np.float32)


def _to_side(seen: Seen, side: Side, words: NDArray[np.intp], signs: Floats) -> Floats:
    made = np.zeros((len(words), 8), np.float32)
    if not side.given:
        return made
    like = np.maximum(0, (seen.vectors @ side.vectors.T - FLOOR) / (1 - FLOOR))
    best = like.argmax(1)
    made[:, 0] = (like * side.cause).max(1)[words]
    made[:, 1] = (like * side.effect).max(1)[words]
    made[:, 2] = (like[np.arange(len(best)), best] * side.signs[best])[words]
    made[:, 3] = made[:, 2] * signs
    made[:, 4] = (5 * (seen.poles @ side.axes))[words]
    made[:, 5] = made[:, 4] * signs
    made[:, 6] = (5 * (np.abs(seen.poles) @ side.strength))[words]
    made[:, 7] = 1
    return made


def _own(readings: Sequence[Reading], norms: Sequence[Sequence[str]], pos_ids: Sequence[Sequence[int]]) -> Floats:
    """Return the features that the morphemes of passages have by themselves, those of a clause spread over it."""
    signs, clauses, heads, at = list[tuple[float, ...]](), list[tuple[float, ...]](), list[int](), 0
    for reading, found in zip(readings, norms, strict=True):
        signs += [(at + w.at, w.sign, w.local) for w in reading.words if w.at < len(found)]
        for said in reading.said:
            clause = said.clause
            link, size = LINKS.index(clause.link), max(0, min(clause.behind, len(found)) - clause.first)
            clauses.append((size, link, said.outer, said.outcome, said.judges, said.does, clause.quoted > 0))
            if 0 <= clause.head < len(found):
                heads.append(at + clause.head)
        at += len(found)
    made = np.zeros((at, WIDTH), np.float32)
    if at:
        words, spread = np.array(signs).reshape(-1, 3), np.array(clauses)
        spread = np.repeat(spread[:, 1:], spread[:, 0].astype(np.intp), axis=0)
        places, every = words[:, 0].astype(np.intp), np.arange(at)
        made[places, :2], made[places, 11] = words[:, 1:], 1
        made[:, 2:6], made[:, 10] = spread[:, 1:5], spread[:, 5]
        made[heads, 6] = 1
        made[:, 7:10] = [_listed(norm) for found in norms for norm in found]
        made[every, _OWN + spread[:, 0].astype(np.intp)] = 1
        kinds = np.array([_kind(pos_id) for found in pos_ids for pos_id in found])
        made[every[kinds >= 0], kinds[kinds >= 0]] = 1
    return made


@functools.cache
def _kind(pos_id: int) -> int:
    """Return the column of a part of speech, -1 when it has none."""
    kind = word_class(pos_id)[0]
    return _OWN + len(LINKS) + _KINDS.index(kind) if kind in _KINDS else -1


@functools.cache
def _listed(norm: str) -> tuple[float, float, float]:
    words = lexicon()
    return words.predicates.get(norm, 0), words.judgements.get(norm, 0), words.outcomes.get(norm, 0)


def _cut(passage: Passage) -> int:
    """Where a claim goes over from what to do to what comes of it: behind its last は, else behind its last が."""
    for particle in ("は", "が"):
        places = [i for i, s in enumerate(passage.surfaces[:-2]) if s == particle]
        if places:
            return places[-1]
    return len(passage.surfaces)


class _Poles:
    """The axes of opposites, and where any word stands on them: as listed, else as the words nearest to it."""

    def __init__(self, embed: Embed) -> None:
        axes = lexicon().axes
        self.names = tuple(axes)
        self._words = {
            w: i for i, w in enumerate(sorted({w for poles in axes.values() for w in poles if " " not in w}))
        }
        self._embed = embed
        self._vectors = np.asarray(embed(list(self._words)), np.float32)
        self.width = self._vectors.shape[1]
        self._places = np.zeros((len(self._words), len(axes)), np.float32)
        for k, poles in enumerate(axes.values()):
            for word, place in poles.items():
                if word in self._words:
                    self._places[self._words[word], k] = place
        self._known = Rows(len(axes), self._meet)

    def of(self, norms: Iterable[str]) -> Floats:
        """Return the places of words on the axes, -1 to 1 on each."""
        return self._known.of(norms)

    def _meet(self, norms: Sequence[str]) -> Floats:
        made = np.zeros((len(norms), len(self.names)), np.float32)
        listed = [(i, self._words[norm]) for i, norm in enumerate(norms) if norm in self._words]
        made[[i for i, _ in listed]] = self._places[[word for _, word in listed]]
        others = [i for i, norm in enumerate(norms) if norm not in self._words]
        like = np.asarray(self._embed([norms[i] for i in others]), np.float32) @ self._vectors.T
        near = like > _LIKE
        many = np.flatnonzero(near.sum(axis=1) > _NEAREST)
        near[many[:, None], np.argpartition(-like[many], _NEAREST, axis=1)[:, _NEAREST:]] = False
        made[others] = np.where(near, (like - _LIKE) / (1 - _LIKE), 0) @ self._places
        return made
