"""The picture as a page shows it: claims with numbers and words, scores with sentences, places with links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from msglint.analysis.meaning import CARRIED


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its number, from 1, and its words; `articles` counts those that carry it."""

    number: int
    id: str
    statement: str
    articles: int
    point: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Said:
    """How surely a section carries, or contradicts, a claim; the sentence; and the link that leads to it."""

    claim: ClaimView
    value: float
    quote: str
    anchor: str

    @property
    def carried(self) -> bool:
        """Whether that is sure enough."""
        return self.value >= CARRIED


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section; `opening` are its first words, `quote` the sentence that it stands for."""

    anchor: str
    heading: str
    line: int
    on: float
    off: bool
    nearest: str
    opening: str
    said: tuple[Said, ...]
    against: tuple[Said, ...]
    point: tuple[float, float]

    @property
    def quote(self) -> str:
        """The sentence that says a claim most surely, else the first words."""
        return self.said[0].quote if self.said and self.said[0].quote else self.opening


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article; `best` has for each claim, in order, the section that says it most surely (None: no section).

    `denied` has by a claim's number the sentence that contradicts it most surely.
    """

    number: int
    path: str
    sections: tuple[SectionView, ...]
    best: tuple[Said | None, ...]
    denied: Mapping[int, Said]

    @property
    def folder(self) -> str:
        """The path up to the last /."""
        return self.path[: self.path.rfind("/") + 1]

    @property
    def name(self) -> str:
        """The path from there on."""
        return self.path[self.path.rfind("/") + 1 :]

    @property
    def carried(self) -> tuple[ClaimView, ...]:
        """The claims that a section says."""
        return tuple(b.claim for b in self.best if b and b.carried)

    @property
    def nearest(self) -> Said | None:
        """What it says most surely of all."""
        return max((b for b in self.best if b), key=lambda b: b.value, default=None)

    @property
    def off(self) -> int:
        """How many sections are off message."""
        return sum(s.off for s in self.sections)

    @property
    def against(self) -> int:
        """How many sections contradict a claim."""
        return sum(bool(s.against) for s in self.sections)


@dataclass(frozen=True, slots=True)
class Closest:
    """A claim that no article carries, and where it is said most nearly."""

    claim: ClaimView
    article: ArticleView | None
    said: Said | None


@dataclass(frozen=True, slots=True)
class End:
    """One of two similar sections; `section` is None when it is not among those shown."""

    path: str
    heading: str
    section: SectionView | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two similar sections."""

    similarity: float
    ends: tuple[End, End]
    duplicate: bool


@dataclass(frozen=True, slots=True)
class View:
    """Everything on the page but the drawings."""

    claims: tuple[ClaimView, ...]
    articles: tuple[ArticleView, ...]
    uncarried: tuple[Closest, ...]
    pairs: tuple[Pair, ...]

    @property
    def sections(self) -> tuple[SectionView, ...]:
        """All sections in order."""
        return tuple(s for a in self.articles for s in a.sections)

    @property
    def silent(self) -> tuple[ArticleView, ...]:
        """The articles that carry no claim."""
        return tuple(a for a in self.articles if not a.carried) if self.claims else ()
