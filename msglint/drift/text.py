"""For people, on a terminal: which article carries which claim, and what has drifted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msglint.analysis.meaning import CARRIED
from msglint.drift.model import Drift, Place, SectionDrift, Twins, percent
from msglint.drift.tables import hung, matrix, trend
from msglint.model import Language, Text
from msglint.report.widths import fold, shown

_PAIRS = 5
_NARROWEST = 40
_OPENING = Text("(冒頭)", "(opening)")


def encode(drift: Drift, *, language: Language, width: int = 80) -> str:
    """Return the picture as text of at most `width` columns (40 at least), but for paths that are longer."""
    room = max(width, _NARROWEST)
    parts = [
        _claims(drift, language, room),
        matrix(drift, language, room),
        _off_message(drift, language, room),
        _contradictions(drift, language, room),
        _listed(
            Text("どの記事も伝えていない主張", "Claims that no article carries"),
            [(f"{number:>3} ", c.statement) for number, c in enumerate(drift.claims, 1) if c.id in drift.uncarried],
            language,
            room,
        ),
        _listed(
            Text("主張を1つも伝えていない記事", "Articles that carry no claim"),
            [("  ", shown(path)) for path in drift.silent] if drift.claims else [],
            language,
            room,
        ),
        _twins(drift.twins[:_PAIRS], language, room),
        trend(drift.trend, language, room),
    ]
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part))) + "\n"


def _claims(drift: Drift, language: Language, room: int) -> Iterator[str]:
    if not drift.claims:
        yield Text("ガイドに主張(claims)がありません。", "The guide has no claims.").in_(language)
        return
    yield Text("主張と、伝えている記事の数", "Claims, and how many articles carry them").in_(language)
    for number, claim in enumerate(drift.claims, 1):
        count = sum(claim.id in a.carries for a in drift.articles)
        carried = Text(f"{claim.id}、{count}件", f"{claim.id}, {count}").in_(language)
        yield from hung(f"{number:>3} ", f"{claim.statement} ({carried})", room)


def _off_message(drift: Drift, language: Language, room: int) -> Iterator[str]:
    found = [(a.path, s) for a in drift.articles for s in a.sections if s.off_message]
    if not found:
        return
    limit = f"{drift.threshold:.3f}"
    head = Text(f"主張から離れた節(近さが {limit} 未満)", f"Sections off message (nearness under {limit})")
    yield from fold(head.in_(language), room)
    for path, section in found:
        yield from hung("  ", _where(path, section, language), room)
        near = Text(f"最も近いのは「{section.nearest}」", f'nearest: "{section.nearest}"').in_(language)
        yield from hung(f"    {section.on_message:.3f} ", near, room)


def _contradictions(drift: Drift, language: Language, room: int) -> Iterator[str]:
    claims = [(number, c.id, c.statement) for number, c in enumerate(drift.claims, 1)]
    found = [
        (
            a.path,
            s,
            [(number, statement, s.contradictions[c].value) for number, c, statement in claims if _denies(s, c)],
        )
        for a in drift.articles
        for s in a.sections
        if any(_denies(s, c.id) for c in drift.claims)
    ]
    if found:
        yield Text("主張と逆のことを述べた節", "Sections that contradict a claim").in_(language)
        for path, section, denied in found:
            yield from hung("  ", _where(path, section, language), room)
            for number, statement, value in denied:
                yield from hung(f"    {percent(value):>3}% ", f"{number} {statement}", room)


def _denies(section: SectionDrift, claim: str) -> bool:
    return claim in section.contradictions and section.contradictions[claim].value >= CARRIED


def _where(path: str, section: SectionDrift, language: Language) -> str:
    return f"{shown(path)}:{section.start.line} {_heading(section.heading, language)}"


def _heading(heading: str | None, language: Language) -> str:
    return " ".join((heading or _OPENING.in_(language)).split())


def _listed(title: Text, entries: Sequence[tuple[str, str]], language: Language, room: int) -> Iterator[str]:
    if entries:
        yield title.in_(language)
        for lead, entry in entries:
            yield from hung(lead, entry, room)


def _twins(twins: Sequence[Twins], language: Language, room: int) -> Iterator[str]:
    if twins:
        yield Text("最も似ている節の組", "The most similar sections").in_(language)
        for pair in twins:
            lead = f"  {pair.similarity:.3f} "
            yield from hung(lead, _named(pair.first, language), room)
            yield from hung(" " * len(lead), _named(pair.second, language), room)


def _named(place: Place, language: Language) -> str:
    return f"{shown(place.path)} {_heading(place.heading, language)}"
