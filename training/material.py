"""All that the encoder is learned from, as words: read once, then learned from as often as wanted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import chive
import numpy as np
import subjects
from texts import CONTENT, Bag, Item, Labelled, Words, jsts, labelled, sections

from msglint.analysis.encoder.vocabulary import grams, hash_of

_HASHED = 1 << 16


class Likeness(NamedTuple):
    """Pairs of sentences and how alike they are."""

    first: list[Bag]
    second: list[Bag]
    likeness: Any


class Guide(NamedTuple):
    """A labelled guide as words; `claims` holds each claim's statement and paraphrases."""

    name: str
    claims: list[list[Bag]]
    others: list[Bag]
    items: list[tuple[Item, Bag]]


@dataclass
class Material:
    """Words with their vectors, pairs to learn from, and labelled guides.

    `meanings` are chiVe's vectors of the words (centred, of length 1, from their parts where chiVe has none), `topics`
    those of `subjects`; `rarity` is the logarithm of a word's weight by its rank; `gram_weights` the inverse document
    frequencies of hashed character n-grams.
    """

    words: Words
    chive: chive.Chive
    meanings: Any
    topics: Any
    rarity: Any
    gram_weights: Any
    pairs: list[tuple[Bag, Bag]]
    train: Likeness
    guides: list[Guide]


def read(wheel: Path, corpora: Path) -> Material:
    """Read everything (about two minutes, nearly all of it for the corpora's words)."""
    words, pretrained = Words(), chive.read(wheel)
    guides = [_guide(words, found) for found in labelled()]
    likeness = jsts(corpora, "train")
    train = Likeness([*map(words.bag, likeness.first)], [*map(words.bag, likeness.second)], likeness.likeness)
    kept = [s for s in sections(corpora) if not s.held_out]
    headings = [words.bag(s.heading) if s.heading else None for s in kept]
    bodies = [[words.bag(text) for text in s.sentences] for s in kept]
    content = np.array([kind.startswith(CONTENT) for kind in words.kinds])
    documents = list(subjects.documents(headings, bodies, content))
    return Material(
        words=words,
        chive=pretrained,
        meanings=_meanings(words.norms, pretrained),
        topics=subjects.learn(documents, len(words.norms)),
        rarity=np.log([weight(rank) for rank in _ranks(words.norms, pretrained)]).astype(np.float32),
        gram_weights=_gram_weights(words, [*documents, *train.first], content),
        pairs=[pair for heading, body in zip(headings, bodies, strict=True) for pair in _pairs(heading, body)],
        train=train,
        guides=guides,
    )


def weight(rank: int) -> float:
    """Return the weight of a word by its rank: smooth inverse frequency (Arora and others 2017) under Zipf's law."""
    return 3e-4 / (3e-4 + 0.08 / (rank + 2.7))


def unit(pretrained: chive.Chive) -> Any:
    """Return chiVe's vectors without what the frequent ones have in common, of length 1."""
    centred = pretrained.vectors - pretrained.vectors[:5000].mean(axis=0)
    return (centred / np.linalg.norm(centred, axis=1, keepdims=True)).astype(np.float32)


def _meanings(norms: list[str], pretrained: chive.Chive) -> Any:
    vectors = unit(pretrained)
    made = np.zeros((len(norms), vectors.shape[1]), np.float32)
    for i, norm in enumerate(norms):
        row = pretrained.rows.get(norm)
        parts = vectors[_parts(norm, pretrained.rows)].sum(axis=0) if row is None else vectors[row]
        made[i] = parts / max(float(np.linalg.norm(parts)), 1e-9)
    return made


def _parts(word: str, rows: dict[str, int]) -> list[int]:
    """Return the rows of the longest known pieces of a word, from the left."""
    found, at = list[int](), 0
    while at < len(word):
        ends = (end for end in range(len(word), at, -1) if end - at < len(word) and word[at:end] in rows)
        end = next(ends, at + 1)
        if word[at:end] in rows and (end - at > 1 or not word[at].isascii()):
            found.append(rows[word[at:end]])
        at = end
    return found


def _ranks(norms: list[str], pretrained: chive.Chive) -> list[int]:
    ranks = {word: i for i, word in enumerate(pretrained.rows)}
    return [ranks.get(norm, 200_000) for norm in norms]


def _gram_weights(words: Words, documents: list[Bag], content: Any) -> Any:
    held = [{hash_of(gram) % _HASHED for gram in grams(norm)} for norm in words.norms]
    frequency, count = np.zeros(_HASHED), 0
    for bag in documents:
        seen = set[int]().union(*(held[i] for i in bag[content[bag]]))
        frequency[list(seen)] += 1
        count += 1
    return (np.log((count + 1) / (frequency + 1)) + 1).astype(np.float32)


def _pairs(heading: Bag | None, body: list[Bag]) -> list[tuple[Bag, Bag]]:
    """Return what belongs together: a heading and its text, and the two halves of a text."""
    found = list[tuple[Bag, Bag]]()
    start = np.concatenate(body[:6])
    if heading is not None and len(heading) > 1 and len(start) > 7:
        found.append((heading, start))
    half = min(len(body), 12) // 2
    if half > 1:
        first, second = np.concatenate(body[:half]), np.concatenate(body[half : 2 * half])
        if len(first) > 7 and len(second) > 7:
            found.append((first, second))
    return found


def _guide(words: Words, found: Labelled) -> Guide:
    message = found.message
    return Guide(
        found.name,
        [[words.bag(text) for text in (c.statement, *c.paraphrases)] for c in message.claims],
        [words.bag(text) for text in (*message.challenges, *message.definitions, *message.subjects)],
        [(item, words.bag(item.text)) for item in found.items],
    )
