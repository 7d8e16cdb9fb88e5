"""What a first guide can take from articles: the folders, readers, words and figures that they already share."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from msglint.expression import expression
from msglint.guide.model import Register, Term
from msglint.guide.sales import KINDS
from msglint.model import Found
from msglint.start.expansions import Abbreviation, expansions
from msglint.start.figures import Figure, figures
from msglint.start.observed import ABOUT, OBSERVING, Observed
from msglint.start.words import Word, by_use, words

_SPECIAL = expression(r"[\\*?\[\]!#]")
"""What means something in a glob."""
_MOST = 0.5
"""The share of articles from which on something is a habit of theirs."""
_CLEAR = 0.8
"""The share of a reader's sentences from which on they are in one register."""
_SENTENCES = 10
"""So many sentences tell in which register a reader is spoken to."""
_WORDS, _FIGURES = 40, 12
"""How many of each a person reads through."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A persona that articles name, how many, and the register that they are plainly in."""

    id: str
    articles: int
    register: Register | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that a first guide is written from.

    `include` are globs; `required` are the kinds of sales sections that every tagged article has, `kinds` all of them;
    `dropped` are terms of the packs that the articles spell otherwise.
    """

    articles: int
    include: tuple[str, ...]
    titled: bool
    readers: tuple[Reader, ...]
    stages: tuple[str, ...]
    words: tuple[Word, ...]
    abbreviations: tuple[Abbreviation, ...]
    figures: tuple[Figure, ...]
    kinds: tuple[str, ...]
    required: tuple[str, ...]
    dropped: tuple[Word, ...]


def proposal(
    evidence: Sequence[Found],
    measured: Collection[tuple[str, int]],
    packed: Collection[Term],
    folders: Sequence[str] = (),
) -> Proposal:
    """Return what a first guide can say, from the evidence of the articles and the terms that the packs decide.

    `measured` are the articles and offsets of figures that somebody measured, `folders` those whose articles were
    asked for (none: all that there are).
    """
    seen = {f.path: Observed.of(f.value) for f in evidence if f.rule == OBSERVING.id and f.about == ABOUT}
    seen = {path: one for path, one in sorted(seen.items()) if one.japanese}
    articles = list(seen.values())
    told = [f for f in evidence if f.path in seen]
    spelt = sorted(words(str(f.value) for f in told if f.about == "spellings"), key=by_use)
    tagged = [one.kinds for one in articles if one.kinds]
    given = dict.fromkeys(kind for each in tagged for kind in each)
    kinds = (*(kind for kind in KINDS if kind in given), *(kind for kind in given if kind not in KINDS))
    decided = {term.term: term for term in packed}
    others = {variant for term in packed for variant in term.variants}
    return Proposal(
        articles=len(articles),
        include=_include(list(seen), folders),
        titled=sum(one.titled for one in articles) >= _MOST * len(articles),
        readers=tuple(_readers(articles)),
        stages=_named([one.stage for one in articles]),
        words=tuple(w for w in spelt if w.term not in decided and w.term not in others)[:_WORDS],
        abbreviations=expansions(articles),
        figures=tuple(figures([f for f in told if f.about == "figure"], measured))[:_FIGURES],
        kinds=kinds,
        required=tuple(kind for kind in kinds if all(kind in each for each in tagged)),
        dropped=tuple(w for w in spelt if any(s in decided and w.term in decided[s].variants for s, _ in w.rarer)),
    )


def _include(paths: Sequence[str], folders: Sequence[str]) -> tuple[str, ...]:
    """Return globs for the folders, or for the topmost ones that have articles.

    Articles beside these folders are named only where nothing else is.
    """
    globs = dict[str, None]()
    for path in map(PurePosixPath, paths):
        within = next((f for f in folders if path.is_relative_to(f)), path.parts[0] if len(path.parts) > 1 else ".")
        folder = "" if within == "." else _SPECIAL.sub(r"\\\g<0>", within) + "/"
        globs[f"{folder}**/*{path.suffix.lower()}"] = None
    return tuple(glob for glob in globs if not glob.startswith("**")) or tuple(globs)


def _named(given: Sequence[str | None]) -> tuple[str, ...]:
    """Return the ids that are given, in order of first use; none where most articles give none."""
    ids = [one for one in given if one]
    return tuple(dict.fromkeys(ids)) if ids and len(ids) >= _MOST * len(given) else ()


def _readers(seen: Sequence[Observed]) -> Iterator[Reader]:
    for persona in _named([one.persona for one in seen]):
        own = [one for one in seen if one.persona == persona]
        polite, plain = sum(one.polite for one in own), sum(one.plain for one in own)
        clear = polite + plain >= _SENTENCES and max(polite, plain) >= _CLEAR * (polite + plain)
        register: Register | None = ("polite" if polite > plain else "plain") if clear else None
        yield Reader(persona, len(own), register)
