"""What sales said after meetings: how warm they were, and what became of the sheets they showed."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from random import Random
from typing import Any

from msglint.demo import story
from msglint.demo.market import END, LAST, working_moment
from msglint.demo.selling import Case
from msglint.demo.story import ZONE
from msglint.loop.model import Deal, Verdict

OPEN = "content/comparison/handover-rules-compared.md"
"""The article that sales cannot use any more, and that nobody has changed since."""
_TURNED = date(2026, 9, 1)  # from then on sales explains it otherwise
_VERDICTS: tuple[Verdict, ...] = ("helped", "shown_no_effect", "not_usable", "not_used")
_USUAL = (0.55, 0.27, 0.05, 0.13)
_LIKED: Mapping[tuple[str, int], Sequence[float]] = {
    ("content/problem/scattered-claims.md", 0): (0.22, 0.3, 0.36, 0.12),
    ("content/problem/scattered-claims.md", 1): (0.74, 0.15, 0.01, 0.1),
    ("content/problem/before-it-cools.md", 0): (0.38, 0.34, 0.16, 0.12),
    ("content/problem/before-it-cools.md", 1): (0.7, 0.17, 0.02, 0.11),
    ("content/awareness/why-deals-stay-flat.md", 0): (0.36, 0.36, 0.12, 0.16),
    ("content/awareness/call-with-a-clue.md", 0): (0.3, 0.48, 0.01, 0.21),
    ("content/comparison/thirty-seconds-after.md", 0): (0.72, 0.14, 0.02, 0.12),
}
_SOURED = (0.16, 0.26, 0.48, 0.1)
_STALE = 0.13
_TELLS = {"lead": 0.76, "deal": 0.97}
_SILENT = "担当-06"  # never answered before the summer


@dataclass(frozen=True, slots=True)
class Shown:
    """What became of a sheet: that of `article` as its commit number `edition` (from 0) left it."""

    article: str
    edition: int
    verdict: Verdict
    reason: str | None = None
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a sales person wrote at `at` of a meeting on `met_on`, of a lead or a deal (their record ids)."""

    at: datetime
    met_on: date
    rep: str
    lead: str | None
    deal: str | None
    temperature: int
    as_promised: bool | None
    need: str | None
    request: str | None
    shown: tuple[Shown, ...]


def told(random: Random, cases: Sequence[Case], others: Sequence[Deal]) -> tuple[Told, ...]:
    """Return all feedback, in the order in which it was written."""
    meetings = sorted(_meetings(random, cases, others), key=lambda meeting: (meeting.on, meeting.of))
    spoilt = Counter[str]()
    found = [one for meeting in meetings if (one := _told(random, meeting, spoilt)) is not None]
    return tuple(sorted(found, key=lambda one: one.at))


@functools.cache
def editions(article: str) -> tuple[date, ...]:
    """Return the days on which the article was committed."""
    return tuple(commit.at.date() for commit in story.commits() if article in commit.paths)


@dataclass(frozen=True, slots=True)
class _Meeting:
    on: date
    rep: str
    of: str
    lead: str | None
    deal: str | None
    persona: str
    heat: float
    stages: tuple[str, ...]


def _meetings(random: Random, cases: Sequence[Case], others: Sequence[Deal]) -> Iterator[_Meeting]:
    for case in cases:
        lead, persona, heat = case.lead, case.prospect.persona, case.prospect.heat
        rep = lead.owner or "担当-01"
        if lead.called_at is not None and random.random() < _TELLS["lead"]:
            on = lead.called_at.astimezone(ZONE).date()
            yield _Meeting(on, rep, lead.id, lead.record, None, persona, heat, ("awareness", "problem"))
        if case.deal is not None:
            yield from _of_deal(random, case.deal, rep, persona, heat)
    for deal in others:
        persona = random.choice(("marketing-lead", "sales-lead"))
        yield from _of_deal(random, deal, deal.owner or "担当-01", persona, 0.2)


def _of_deal(random: Random, deal: Deal, rep: str, persona: str, heat: float) -> Iterator[_Meeting]:
    assert deal.opened_on is not None
    last = deal.closed_on or LAST
    on = deal.opened_on + timedelta(days=random.randint(1, 9))
    if date(2026, 5, 7) <= on <= last and random.random() < _TELLS["deal"]:
        yield _Meeting(on, rep, deal.id, None, deal.record, persona, heat, ("problem", "comparison"))


def _told(random: Random, meeting: _Meeting, spoilt: Counter[str]) -> Told | None:
    on = meeting.on if meeting.on.weekday() < 5 else meeting.on + timedelta(days=7 - meeting.on.weekday())
    at = working_moment(random, on) + timedelta(minutes=40)
    quiet = meeting.rep == _SILENT and on < date(2026, 8, 1)
    if quiet or on > LAST or at > END:
        return None
    said = _words()
    shown = tuple(_shown(random, meeting, on, spoilt))
    temperature = min(5, max(1, round(3.1 + 0.7 * meeting.heat + random.gauss(0, 0.75))))
    conflict = any(one.conflict for one in shown)
    kept = None if random.random() < 0.1 else not conflict and random.random() > 0.15
    need = random.choice(said["needs"][meeting.persona]) if random.random() < 0.72 else None
    request = random.choice(said["requests"]) if random.random() < 0.14 else None
    return Told(at, on, meeting.rep, meeting.lead, meeting.deal, temperature, kept, need, request, shown)


def _shown(random: Random, meeting: _Meeting, on: date, spoilt: Counter[str]) -> Iterator[Shown]:
    there = [article for article in _articles(meeting.persona, meeting.stages) if editions(article)[0] < on]
    for article in random.sample(there, min(len(there), random.choice((1, 1, 2)))):
        newest = sum(day < on for day in editions(article)) - 1
        edition = max(0, newest - (random.random() < _STALE))
        yield _judged(random, article, edition, on, spoilt)


def _judged(random: Random, article: str, edition: int, on: date, spoilt: Counter[str]) -> Shown:
    soured = article == OPEN and on >= _TURNED
    weights = _SOURED if soured else _LIKED.get((article, edition), _USUAL)
    verdict = random.choices(_VERDICTS, weights)[0]
    last = edition == len(editions(article)) - 1
    said = _words()
    if verdict == "not_usable":
        spoilt[article] += 1
        if not soured and last and spoilt[f"{article} at last"]:
            return Shown(article, edition, "shown_no_effect")  # one voice alone leaves an article in peace
        if last:
            spoilt[f"{article} at last"] += 1
        conflict = soured and spoilt["conflict"] < 1 and spoilt[f"{article} at last"] > 1
        spoilt["conflict"] += conflict
        reasons = said["conflicts" if conflict else "reasons"]
        listed = reasons.get(article) or reasons["other"]
        return Shown(article, edition, verdict, listed[spoilt[article] % len(listed)], conflict)
    mended = last and article != OPEN
    return Shown(article, edition, verdict, _remark(random, "" if mended else article, verdict))


def _remark(random: Random, article: str, verdict: Verdict) -> str | None:
    """Return what a sales person writes who need not give a reason; `article` is one that lacks something."""
    if verdict == "helped" or random.random() < 0.6:
        return None
    said = _words()
    usual: list[str] = said["remarks"] if verdict == "not_used" else said["lukewarm"]
    own: list[str] = said["reasons"].get(article, []) if verdict != "not_used" else []
    return random.choice(own or usual)


@functools.cache
def _articles(persona: str, stages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the articles for `persona` at one of `stages`, as their front matter says."""
    found = []
    for path, content in story.as_of(END).items():
        lines = content.decode().splitlines()
        if path.startswith("content/") and f"persona: {persona}" in lines and path.split("/")[1] in stages:
            found.append(path)
    return tuple(sorted(found))


@functools.cache
def _words() -> dict[str, Any]:
    import yaml

    said: dict[str, Any] = yaml.safe_load(files("msglint.demo").joinpath("voices.yaml").read_text("utf-8"))
    return said
