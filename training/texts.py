"""The texts that are learned from and measured on, each as the words it is made of."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from msglint.analysis.message import Message
from msglint.analysis.passage import Passage
from msglint.analysis.tokens import pos_of
from msglint.document.model import Block, Kind
from msglint.document.parse import parse
from msglint.document.sentences import sentences
from msglint.guide.model import Claim
from msglint.model import InputInvalid, Source

CONTENT = ("名詞", "動詞", "形容詞", "副詞", "形状詞")
"""Kinds of words that say something by themselves."""
LABELLED = Path(__file__).with_name("labelled")
_LONGEST = 400
"""Characters of a sentence that are read, and _MOST sentences of a section: tables and lists have no end."""
_MOST = 60

Bag = Any
"""The words of a text by their numbers, in order: an array of integers."""


@dataclass
class Words:
    """Numbers words as they come: a word is a normalised form and its kind (part of speech in three levels)."""

    norms: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    _numbers: dict[tuple[str, int], int] = field(default_factory=dict)

    def bag(self, text: str) -> Bag:
        """Return the words of `text`."""
        passage = Passage.of(text)
        return np.array([self._number(*key) for key in zip(passage.norms, passage.pos_ids, strict=True)], np.int64)

    def _number(self, norm: str, pos_id: int) -> int:
        if (norm, pos_id) not in self._numbers:
            self._numbers[norm, pos_id] = len(self.norms)
            self.norms.append(norm)
            self.kinds.append("-".join(pos_of(pos_id)[:3]))
        return self._numbers[norm, pos_id]


class Section(NamedTuple):
    """A section of a corpus: its file, its heading (None before the first) and its sentences."""

    corpus: str
    path: str
    heading: str | None
    sentences: tuple[str, ...]

    @property
    def held_out(self) -> bool:
        """Whether its file is kept for evaluation: every fourth of the handbook, by a hash of its path."""
        digest = hashlib.sha256(self.path.encode()).digest()
        return self.corpus.startswith("gitlab") and digest[0] % 4 == 0


def sections(corpora: Path) -> Iterator[Section]:
    """Yield the sections of all Markdown files of the corpora, in the order of their paths."""
    for corpus in sorted(p for p in corpora.iterdir() if p.is_dir()):
        for path in sorted(corpus.rglob("*.md")):
            name = path.relative_to(corpus).as_posix()
            try:
                document = parse(Source(name, path.read_bytes()))
            except InputInvalid:
                continue
            for section in document.sections:
                blocks = [document.blocks[i] for i in section.blocks]
                heading = next((b.text for b in blocks if b.index == section.heading), None)
                body = [b for b in blocks if b.index != section.heading and b.kind not in (Kind.ALT, Kind.DESCRIPTION)]
                if said := tuple(_said(body))[:_MOST]:
                    yield Section(corpus.name, name, heading, said)


def _said(body: Iterable[Block]) -> Iterator[str]:
    return (text[:_LONGEST] for b in body for s in sentences(b) if (text := s.text.strip()))


class Pairs(NamedTuple):
    """Pairs of sentences with their likeness from 0 to 5 (JSTS)."""

    first: list[str]
    second: list[str]
    likeness: Any


def jsts(corpora: Path, part: str) -> Pairs:
    """Return JSTS's pairs, `part` train or valid."""
    lines = (corpora / "jglue" / f"jsts-{part}.json").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    likeness = np.array([row["label"] for row in rows], np.float32)
    return Pairs([row["sentence1"] for row in rows], [row["sentence2"] for row in rows], likeness)


class Item(NamedTuple):
    """A labelled passage: its kind, the number of its claim (-1: none) and its text."""

    kind: str
    claim: int
    text: str

    @property
    def supports(self) -> bool:
        """Whether it carries its claim."""
        return self.kind.startswith("supports")

    @property
    def on_message(self) -> bool:
        """Whether it belongs to the guide's world and is not against it."""
        return self.supports or self.kind == "on-message"

    @property
    def off_message(self) -> bool:
        """Whether it does not belong there."""
        return self.kind in ("near-miss", "off-message")


class Labelled(NamedTuple):
    """A guide's message and the passages that were labelled for it."""

    name: str
    message: Message
    items: tuple[Item, ...]


def labelled(folder: Path = LABELLED) -> list[Labelled]:
    """Return the labelled set, guide by guide."""
    return [_guide(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.yaml"))]


def _guide(raw: dict[str, Any]) -> Labelled:
    claims = tuple(
        Claim(c["id"], c["statement"], _texts(c.get("paraphrases")), _texts(c.get("contradictions")))
        for c in raw["claims"]
    )
    number = {c.id: i for i, c in enumerate(claims)}
    message = Message(
        claims=claims,
        challenges=tuple(c for p in raw["personas"] for c in p["challenges"]),
        definitions=tuple(f"{t['term']}とは、{t['definition']}" for t in raw["terms"]),
        subjects=tuple(f["subject"] for f in raw["facts"]),
    )
    items = (Item(i["kind"], number.get(i.get("claim"), -1), i["text"]) for i in raw["items"])
    return Labelled(raw["name"], message, tuple(items))


def _texts(found: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(found or ())
