"""The two tables of the report for a terminal: articles × claims, and the months; where they are too wide, as lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msglint.analysis.meaning import CARRIED
from msglint.drift.model import ArticleDrift, Drift, Month, percent
from msglint.model import Language, Text
from msglint.report.widths import columns, fold, pad, shown

_CELL = 4
_OFF = Text("離れた節", "off message")
_LISTED = Text("、", ", ")


def hung(lead: str, text: str, room: int) -> Iterator[str]:
    """Yield `text` folded, its first line led by `lead`, the others as far in."""
    for i, line in enumerate(fold(text, room - columns(lead))):
        yield f"{lead if i == 0 else ' ' * columns(lead)}{line}".rstrip()


def matrix(drift: Drift, language: Language, room: int) -> Iterator[str]:
    """Yield for each article which claims it carries, and how many of its sections are off message."""
    if not drift.articles:
        yield Text("調べた記事がありません。", "There are no articles.").in_(language)
        return
    head = Text(
        f"記事 × 主張(伝えている確からしさ、{CARRIED:.0%}以上だけ)と、主張から離れた節の数",
        f"Articles × claims (probability of carrying it, from {CARRIED:.0%} on), and sections off message",
    )
    yield from fold(head.in_(language), room)
    numbers = "".join(f"{n:>{_CELL}}" for n in range(1, len(drift.claims) + 1))
    names = max(columns(shown(a.path)) for a in drift.articles)
    top = f"{' ' * names}{numbers}  {_OFF.in_(language)}"
    narrow = columns(top) > room
    if not narrow:
        yield top
    for article in drift.articles:
        found = [(n, _sureness(article, c.id)) for n, c in enumerate(drift.claims, 1)]
        off = f"{sum(s.off_message for s in article.sections)}/{len(article.sections)}"
        if narrow:
            yield shown(article.path)
            yield from hung("    ", _entry(found, off, language), room)
        else:
            cells = "".join(f"{percent(value) if value >= CARRIED else '-':>{_CELL}}" for _, value in found)
            yield f"{pad(shown(article.path), names)}{cells}  {off}"


def _sureness(article: ArticleDrift, claim: str) -> float:
    return max((s.claims[claim].value for s in article.sections if claim in s.claims), default=0.0)


def _entry(found: Sequence[tuple[int, float]], off: str, language: Language) -> str:
    carried = _LISTED.in_(language).join(f"{n}:{percent(value)}%" for n, value in found if value >= CARRIED)
    said = Text(f"主張 {carried or 'なし'}、離れた節 {off}", f"claims {carried or 'none'}, off message {off}")
    return said.in_(language)


def trend(months: Sequence[Month], language: Language, room: int) -> Iterator[str]:
    """Yield for each month the share of articles that carry each claim, and of sections off message."""
    if not months:
        return
    head = Text("月ごとの動き(主張を伝えている記事の割合、%)", "By month (share of articles that carry the claim, %)")
    yield from fold(head.in_(language), room)
    numbers = "".join(f"{n:>{_CELL}}" for n in range(1, len(months[-1].coverage) + 1))
    day, articles = Text("日付", "day").in_(language), Text("記事", "articles").in_(language)
    top = f"  {pad(day, 10)}  {articles}{numbers}  {_OFF.in_(language)}"
    narrow = columns(top) > room
    if not narrow:
        yield top
    for month in months:
        shares = [round(share * 100) for share in month.coverage.values()]
        if narrow:
            yield f"  {month.day.isoformat()}"
            yield from hung("    ", _month(month, shares, language), room)
        else:
            cells = "".join(f"{share:>{_CELL}}" for share in shares)
            yield f"  {month.day.isoformat()}  {month.articles:>{columns(articles)}}{cells}  {month.off_message:.1%}"


def _month(month: Month, shares: Sequence[int], language: Language) -> str:
    claims = _LISTED.in_(language).join(f"{n}:{share}%" for n, share in enumerate(shares, 1))
    off = f"{month.off_message:.1%}"
    said = Text(
        f"記事 {month.articles}件、離れた節 {off}、主張 {claims}",
        f"articles {month.articles}, off message {off}, claims {claims}",
    )
    return said.in_(language)
