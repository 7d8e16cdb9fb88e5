"""Who came, and what they did: leads of half a year with their actions, by a seed."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from msglint.demo import story
from msglint.demo.story import ZONE
from msglint.loop.model import Action, Lead

LAST = date(2026, 10, 31)
END = datetime.combine(LAST, time(18), ZONE).astimezone(UTC)
"""The moment the demo's data end."""
TRY_ON = LAST + timedelta(days=1)
"""The day by whose eyes the demo is best looked at: October is over, and nothing has been forgotten yet."""
_A_MONTH = {4: 44, 5: 47, 6: 55, 7: 54, 8: 43, 9: 60, 10: 67}
_SOURCES = {
    "自然検索": (34, 0.3),
    "広告": (24, -0.6),
    "セミナー": (16, 0.3),
    "資料請求サイト": (14, -0.5),
    "紹介": (12, 0.9),
}
_INDUSTRIES = {"製造業": 30, "情報通信業": 26, "卸売業": 14, "サービス業": 18, "建設業": 7, "金融業": 5}
_NAMES = (
    "サンプル株式会社{:03}",
    "㈱サンプル髙台{:03}",
    "サンプル①製作所{:03}",
    "サンプルシステムズ株式会社{:03}",
    "架空商事㈱{:03}",
)
_TITLES = {
    "marketing-lead": ("マーケティング部 部長", "マーケティング課 課長", "広報・マーケティング担当"),
    "sales-lead": ("営業部 部長", "営業企画課 課長", "インサイドセールス課 課長"),
}
_MEAN_PAUSE_DAYS = 5.0


class Page(NamedTuple):
    """What an action is about: where it happened, and how well it goes with a persona."""

    path: str
    persona: str = ""


_ARTICLES = (
    Page("/awareness/why-deals-stay-flat", "marketing-lead"),
    Page("/problem/scattered-claims", "marketing-lead"),
    Page("/comparison/handover-rules-compared", "marketing-lead"),
    Page("/comparison/three-month-pilot", "marketing-lead"),
    Page("/awareness/call-with-a-clue", "sales-lead"),
    Page("/problem/before-it-cools", "sales-lead"),
    Page("/problem/one-table-for-both", "sales-lead"),
    Page("/comparison/thirty-seconds-after", "sales-lead"),
)
_PLACES = {
    "資料ダウンロード": ("連携の進め方ガイド", "引き渡し条件のひな型", "サービス資料"),
    "セミナー参加": ("営業とマーケティングの共同セミナー",),
    "事例ページ閲覧": ("/cases/manufacturing", "/cases/software", "/cases/wholesale"),
    "価格ページ閲覧": ("/pricing",),
    "問い合わせ": ("/contact",),
    "メール配信停止": ("",),
}


@dataclass(frozen=True, slots=True)
class Prospect:
    """A lead as it came in, with what no CRM knows: which persona it is, and its `heat`, about -3 to 3."""

    lead: Lead
    persona: str
    heat: float
    actions: tuple[Action, ...]


def prospects(random: Random) -> tuple[Prospect, ...]:
    """Return the leads of the half year in the order they came, with all they did."""
    moments = sorted(_moment(random, month) for month, count in _A_MONTH.items() for _ in range(count))
    return tuple(_prospect(random, number, at) for number, at in enumerate(moments, 1))


def working_moment(random: Random, day: date) -> datetime:
    """Return a moment of `day` at which people are at work, most of them late in the morning or in the afternoon."""
    hour = random.gauss(*random.choice(((10.8, 1.1), (15.2, 1.6))))
    minutes = min(max(int(hour * 60), 8 * 60 + 10), 21 * 60 + 50)
    return datetime.combine(day, time(minutes // 60, minutes % 60), ZONE).astimezone(UTC)


def drawn(random: Random, weights: dict[str, int]) -> str:
    """Return one of the keys, as often as its weight says."""
    return random.choices(list(weights), list(weights.values()))[0]


def _moment(random: Random, month: int) -> datetime:
    first = date(2026, month, 1)
    days = (date(2026, month + 1, 1) - first).days
    while True:
        day = first + timedelta(days=random.randrange(days))
        if day.weekday() < 5 or random.random() < 0.2:
            return working_moment(random, day)


def _prospect(random: Random, number: int, at: datetime) -> Prospect:
    source = drawn(random, {name: weight for name, (weight, _) in _SOURCES.items()})
    persona = "marketing-lead" if random.random() < 0.56 else "sales-lead"
    employees = max(8, round(math.exp(random.gauss(math.log(170), 1.25))))
    free = random.random() < 0.09
    heat = _SOURCES[source][1] + (0.35 if employees >= 300 else 0) - (0.8 if free else 0) + random.gauss(0, 1)
    host = random.choice(("gmail.example", "yahoo.example")) if free else f"sample{number:03}.example"
    record = str(40_210_000 + number * 37)
    lead = Lead(
        f"hubspot:{record}", "hubspot", record,
        email=f"contact{number:03}@{host}",
        company=random.choice(_NAMES).format(number),
        employees=f"{employees:,}" if random.random() < 0.93 else None,
        industry=drawn(random, _INDUSTRIES) if random.random() < 0.95 else None,
        title=random.choice(_TITLES[persona]),
        source=source,
        lifecycle="lead",
        created_at=at,
    )  # fmt: skip
    return Prospect(lead, persona, heat, tuple(_actions(random, lead, persona, heat)))


def _actions(random: Random, lead: Lead, persona: str, heat: float) -> Iterator[Action]:
    assert lead.created_at is not None
    at = lead.created_at
    number = 2 + _poisson(random, math.exp(1.38 + 0.4 * heat))
    for nth in range(number):
        if nth:
            later = (at + timedelta(days=random.expovariate(1 / _MEAN_PAUSE_DAYS))).astimezone(ZONE).date()
            at = max(working_moment(random, later), at + timedelta(minutes=random.randint(2, 25)))
        if at > END:
            return
        name = _name(random, lead, heat, nth)
        yield Action(lead.id, name, at, _detail(random, name, persona, at))
        if name == "メール配信停止":
            return


def _name(random: Random, lead: Lead, heat: float, nth: int) -> str:
    if nth == 0 and lead.source == "セミナー":
        return "セミナー参加"
    warm = 1 / (1 + math.exp(-(heat + 0.25 * nth - 0.4)))
    return drawn(
        random,
        {
            "記事閲覧": 34,
            "資料ダウンロード": 24,
            "事例ページ閲覧": 8 + round(10 * warm),
            "価格ページ閲覧": 4 + round(34 * warm),
            "セミナー参加": 10,
            "問い合わせ": round(19 * warm),
            "メール配信停止": 2,
        },
    )


def _detail(random: Random, name: str, persona: str, at: datetime) -> str:
    if name != "記事閲覧":
        return random.choice(_PLACES[name])
    day = at.astimezone(ZONE).date()
    there = [page for page in _ARTICLES if begun(page.path) <= day] or [_ARTICLES[0]]
    return random.choices(there, [5 if page.persona == persona else 1 for page in there])[0].path


def _poisson(random: Random, mean: float) -> int:
    limit, number, product = math.exp(-mean), 0, random.random()
    while product > limit:
        number, product = number + 1, product * random.random()
    return number


def article_paths() -> Sequence[str]:
    """Return the paths of the articles on the web."""
    return [page.path for page in _ARTICLES]


@functools.cache
def begun(path: str) -> date:
    """Return the day on which the article at `path` was published."""
    return next(commit.at.date() for commit in story.commits() if f"content{path}.md" in commit.paths)
