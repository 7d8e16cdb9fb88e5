"""From the picture to what its page shows: numbers what is linked to, and cuts the sentences out of the articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msglint.analysis.meaning import CARRIED
from msglint.drift.model import ArticleDrift, ClaimPoint, Drift, Place, Scored, SectionDrift, Twins
from msglint.drift.quotes import Openings, line, quote
from msglint.drift.view import ArticleView, ClaimView, Closest, End, Pair, Said, SectionView, View
from msglint.report.widths import shown

_Places = Mapping[tuple[str, int], SectionView]


class _Article(NamedTuple):
    """An article with its text; `best` has for each claim's id the index of the section that says it best."""

    drift: ArticleDrift
    text: str
    openings: Openings
    best: Mapping[str, int]


def gather(drift: Drift, texts: Mapping[str, str], opening: str) -> View:
    """Return `drift` as it is shown; `opening` is what the section before the first heading is called.

    `texts` gives the articles' text by path, without a BOM; of an article that is not there no sentence is shown.
    """
    claims = tuple(_claim(number, claim, drift) for number, claim in enumerate(drift.claims, 1))
    articles, places, before = list[ArticleView](), dict[tuple[str, int], SectionView](), 0
    for number, article in enumerate(drift.articles, 1):
        text = texts.get(article.path, "")
        best = {c.id: i for c in claims if (i := _best(article.sections, c.id)) is not None}
        source = _Article(article, text, Openings(text), best)
        sections = [_section(i, source, claims, f"s{before + i + 1}", opening) for i in range(len(article.sections))]
        places |= {(article.path, s.start.offset): v for s, v in zip(article.sections, sections, strict=True)}
        articles.append(_article(number, source, claims, sections))
        before += len(sections)
    uncarried = (_closest(c, articles) for c in claims if c.id in drift.uncarried)
    return View(claims, tuple(articles), tuple(uncarried), tuple(_pair(t, places, opening) for t in drift.twins))


def _claim(number: int, claim: ClaimPoint, drift: Drift) -> ClaimView:
    count = sum(claim.id in a.carries for a in drift.articles)
    return ClaimView(number, claim.id, line(claim.statement), count, claim.point)


def _best(sections: Sequence[SectionDrift], claim: str) -> int | None:
    scored = [(-s.claims[claim].value, i) for i, s in enumerate(sections) if claim in s.claims]
    return min(scored)[1] if scored else None


def _section(index: int, source: _Article, claims: Sequence[ClaimView], anchor: str, opening: str) -> SectionView:
    section = source.drift.sections[index]
    said = {c for c, s in section.claims.items() if s.value >= CARRIED or source.best.get(c) == index}
    against = {c for c, s in section.contradictions.items() if s.value >= CARRIED}
    return SectionView(
        anchor=anchor,
        heading=line(section.heading or "") or opening,
        line=section.start.line,
        on=section.on_message,
        off=section.off_message,
        nearest=line(section.nearest),
        opening=source.openings.at(section.start),
        said=_said((c for c in claims if c.id in said), section.claims, source.text, f"{anchor}c"),
        against=_said((c for c in claims if c.id in against), section.contradictions, source.text, f"{anchor}x"),
        point=section.point,
    )


def _said(claims: Iterable[ClaimView], scores: Mapping[str, Scored], text: str, anchor: str) -> tuple[Said, ...]:
    """Return what is said of `claims`, most surely first."""
    said = (Said(c, scores[c.id].value, quote(text, scores[c.id].span), f"{anchor}{c.number}") for c in claims)
    return tuple(sorted(said, key=lambda s: -s.value))


def _article(
    number: int, source: _Article, claims: Sequence[ClaimView], sections: Sequence[SectionView]
) -> ArticleView:
    best = {c: {s.claim.id: s for s in sections[i].said}[c] for c, i in source.best.items()}
    denied = {s.claim.number: s for s in sorted((s for v in sections for s in v.against), key=lambda s: s.value)}
    return ArticleView(number, shown(source.drift.path), tuple(sections), tuple(best.get(c.id) for c in claims), denied)


def _closest(claim: ClaimView, articles: Iterable[ArticleView]) -> Closest:
    found = ((a, b) for a in articles if (b := a.best[claim.number - 1]))
    article, said = max(found, key=lambda f: f[1].value, default=(None, None))
    return Closest(claim, article, said)


def _pair(twins: Twins, places: _Places, opening: str) -> Pair:
    ends = (_end(twins.first, places, opening), _end(twins.second, places, opening))
    return Pair(twins.similarity, ends, twins.duplicate)


def _end(place: Place, places: _Places, opening: str) -> End:
    section = places.get((place.path, place.offset))
    return End(shown(place.path), line(place.heading or "") or opening, section)
