"""Pictures of drift made by hand: a small one with its articles, a big one, an empty one, and a hostile one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from msglint.analysis.encoder import Identity
from msglint.drift.model import ArticleDrift, ClaimPoint, Drift, Month, Place, Scored, SectionDrift, Twins
from msglint.model import Lines, Span

THRESHOLD = 0.37
ENCODER = Identity("builtin", "1", "0f3a9c51d2e84b76")
Scores = dict[str, tuple[float, str]]


class Sample(NamedTuple):
    """A picture, and the text of its articles by path."""

    drift: Drift
    texts: Mapping[str, str]


class Part(NamedTuple):
    """A section as a test writes it: for each claim a score and the sentence it rests on."""

    heading: str | None
    claims: Scores
    on: float
    point: tuple[float, float]
    against: Scores = {}  # noqa: RUF012
    nearest: str = "リードは増えたのに商談につながらない"


def article(path: str, text: str, carries: tuple[str, ...], *parts: Part) -> ArticleDrift:
    """Return an article whose sections are where `text` has their headings, and their sentences."""
    return ArticleDrift(path, carries, tuple(_section(text, part) for part in parts))


def _section(text: str, part: Part) -> SectionDrift:
    at = 0 if part.heading is None else text.index(f"## {part.heading}")
    return SectionDrift(
        heading=part.heading,
        start=Lines(text).position(at),
        claims=_scored(text, at, part.claims),
        contradictions=_scored(text, at, part.against),
        on_message=part.on,
        off_message=part.on < THRESHOLD,
        nearest=part.nearest,
        point=part.point,
    )


def _scored(text: str, at: int, scores: Scores) -> dict[str, Scored]:
    found = {}
    for claim, (value, sentence) in scores.items():
        start = text.index(sentence, at)
        found[claim] = Scored(value, Span(start, start + len(sentence)))
    return found


ONE = "全コンテンツで一貫したメッセージを発信する仕組みが、商談化率を高める"
LOOP = "商談で分かったことをコンテンツに戻す循環が、次の記事の質を高める"
VALUE = "営業に引き渡すべきものは名簿ではなく、見込み客の関心と課題である"
CLAIMS = (
    ClaimPoint("consistent-message", ONE, (0.8, 0.35)),
    ClaimPoint("feedback-loop", LOOP, (0.78, 0.31)),
    ClaimPoint("value-over-records", VALUE, (0.1, -0.7)),
)
MESSAGE = """\
どの記事も、同じ1つの主張から書きます。

## 主張をそろえる

どの記事を読んでも**主張がぶれない**ことが、質の高い[商談](https://example.com/deal)を生みます。書き手が何人いても同じです。

## 逆の考え方

記事ごとに訴求が違っていても、商談化率には影響しません。

## 社員旅行のお知らせ

今年の社員旅行は、温泉のある町に決まりました。集合は朝の8時です。
"""
HANDOVER = """\
## 名簿より関心を渡す

連絡先だけを渡しても、商談にはなりません。
何を読み、何に困っているかを伝えて、初めて会話が始まります。

## 主張をそろえる

どの記事を読んでも主張がぶれないことが、質の高い商談を生みます。
"""
NEWS = "## 展示会の日程\n\n秋の展示会は10月に開きます。\n"
PATHS = ("content/marketing/one-message.md", "content/news/autumn.md", "content/sales/what-sales-needs.md")
TEXTS = dict(zip(PATHS, (MESSAGE, NEWS, HANDOVER), strict=True))
ARTICLES = (
    article(
        PATHS[0],
        MESSAGE,
        ("consistent-message",),
        Part(
            None,
            {
                "consistent-message": (0.499, "どの記事も、同じ1つの主張から書きます。"),
                "feedback-loop": (0.12, "どの記事も、同じ1つの主張から書きます。"),
                "value-over-records": (0.031, "どの記事も、同じ1つの主張から書きます。"),
            },
            0.612,
            (0.5, 0.2),
        ),
        Part(
            "主張をそろえる",
            {
                "consistent-message": (
                    0.938,
                    "どの記事を読んでも**主張がぶれない**ことが、質の高い[商談](https://example.com/deal)を生みます。",
                ),
                "feedback-loop": (0.244, "書き手が何人いても同じです。"),
                "value-over-records": (0.05, "書き手が何人いても同じです。"),
            },
            0.871,
            (0.7, 0.3),
            nearest=ONE,
        ),
        Part(
            "逆の考え方",
            {
                "consistent-message": (0.41, "記事ごとに訴求が違っていても、商談化率には影響しません。"),
                "feedback-loop": (0.1, "記事ごとに訴求が違っていても、商談化率には影響しません。"),
                "value-over-records": (0.02, "記事ごとに訴求が違っていても、商談化率には影響しません。"),
            },
            0.702,
            (0.66, 0.12),
            against={"consistent-message": (0.86, "記事ごとに訴求が違っていても、商談化率には影響しません。")},
            nearest=ONE,
        ),
        Part(
            "社員旅行のお知らせ",
            {
                "consistent-message": (0.011, "今年の社員旅行は、温泉のある町に決まりました。"),
                "feedback-loop": (0.02, "集合は朝の8時です。"),
                "value-over-records": (0.013, "集合は朝の8時です。"),
            },
            0.183,
            (-1.0, 0.44),
        ),
    ),
    article(
        PATHS[1],
        NEWS,
        (),
        Part(
            "展示会の日程",
            {
                "consistent-message": (0.09, "秋の展示会は10月に開きます。"),
                "feedback-loop": (0.15, "秋の展示会は10月に開きます。"),
                "value-over-records": (0.06, "秋の展示会は10月に開きます。"),
            },
            0.368,
            (-0.7, -0.1),
        ),
    ),
    article(
        PATHS[2],
        HANDOVER,
        ("consistent-message", "value-over-records"),
        Part(
            "名簿より関心を渡す",
            {
                "consistent-message": (0.13, "連絡先だけを渡しても、商談にはなりません。"),
                "feedback-loop": (0.33, "何を読み、何に困っているかを伝えて、初めて会話が始まります。"),
                "value-over-records": (0.907, "何を読み、何に困っているかを伝えて、初めて会話が始まります。"),
            },
            0.9,
            (0.15, -0.6),
            nearest=VALUE,
        ),
        Part(
            "主張をそろえる",
            {
                "consistent-message": (0.93, "どの記事を読んでも主張がぶれないことが、質の高い商談を生みます。"),
                "feedback-loop": (0.21, "どの記事を読んでも主張がぶれないことが、質の高い商談を生みます。"),
                "value-over-records": (0.04, "どの記事を読んでも主張がぶれないことが、質の高い商談を生みます。"),
            },
            0.88,
            (0.72, 0.28),
            nearest=ONE,
        ),
    ),
)
TREND = (
    Month(
        date(2026, 9, 30), 2, 5, {"consistent-message": 0.5, "feedback-loop": 0.0, "value-over-records": 0.0}, 0.4, 0.55
    ),
    Month(
        date(2026, 10, 31),
        3,
        7,
        {"consistent-message": 0.667, "feedback-loop": 0.0, "value-over-records": 0.333},
        0.286,
        0.645,
    ),
)


def _twins() -> tuple[Twins, ...]:
    first, second = ARTICLES[0], ARTICLES[2]
    alike = (Place(first.path, first.sections[1].start.offset, "主張をそろえる"),)
    same = Place(second.path, second.sections[1].start.offset, "主張をそろえる")
    other = Place(second.path, second.sections[0].start.offset, "名簿より関心を渡す")
    return (
        Twins(0.987, *alike, same, True),
        Twins(0.811, Place(first.path, first.sections[0].start.offset, None), other, False),
    )


SMALL = Sample(
    Drift(
        guide="messaging.yaml",
        encoder=ENCODER,
        threshold=THRESHOLD,
        claims=CLAIMS,
        articles=ARTICLES,
        uncarried=("feedback-loop",),
        twins=_twins(),
        trend=TREND,
    ),
    TEXTS,
)
EMPTY = Sample(Drift("messaging.yaml", ENCODER, THRESHOLD, (), (), (), ()), {})

HOSTILE_PATH = 'content/"><script>alert(1)</script>\u202e.md'
HOSTILE_HEADING = "</script><img src=x onerror=alert(2)>&amp;"
HOSTILE_SENTENCE = "<style>body{display:none}</style>と{{ 7 * 7 }}は同じです。"
_HOSTILE_TEXT = f"## {HOSTILE_HEADING}\n\n{HOSTILE_SENTENCE}\x1b[31m]]></svg><!--\n"


def hostile() -> Sample:
    """Return a picture in which everything that somebody wrote tries to break out of the page."""
    claim = ClaimPoint('"><b>id</b>', "' onmouseover='alert(3)' <i>主張</i>", (0.0, 0.0))
    part = Part(
        HOSTILE_HEADING,
        {claim.id: (0.6, HOSTILE_SENTENCE)},
        -0.2,
        (0.0, 0.0),
        {claim.id: (1.0, HOSTILE_SENTENCE)},
        "</q></li></ol></details><script>alert(4)</script>",
    )
    shown = article(HOSTILE_PATH, _HOSTILE_TEXT, (claim.id,), part)
    place = Place(HOSTILE_PATH, shown.sections[0].start.offset, HOSTILE_HEADING)
    lost = Place("content/gone.md", 7, None)
    drift = Drift(
        "<u>guide</u>.yaml",
        Identity("<s>e</s>", "1", "<h>"),
        1.2,
        (claim,),
        (shown,),
        (),
        (Twins(1.0, place, lost, True),),
    )
    return Sample(drift, {HOSTILE_PATH: _HOSTILE_TEXT})


def big(articles: int = 300, claims: int = 8, sections: int = 9, months: int = 24) -> Sample:
    """Return a large picture, the same in every run; no two of its sections stand at the same place."""
    points = tuple(_claim(n, claims) for n in range(claims))
    made, texts = [], {}
    for a in range(articles):
        path = f"content/{('marketing', 'sales', 'editorial')[a % 3]}/{2024 + a % 3}/article-{a:04}.md"
        texts[path], found = _written(a, points, sections)
        carries = tuple(c.id for c in points if any(p.claims[c.id][0] >= 0.5 for p in found))
        made.append(article(path, texts[path], carries, *found))
    twins = tuple(
        Twins(round(0.99 - n / 100, 3), _place(made[n], 1), _place(made[n + 20], 2), n < 4)
        for n in range(min(20, articles - 20))
    )
    carried = {c for m in made for c in m.carries}
    uncarried = tuple(c.id for c in points if c.id not in carried)
    trend = tuple(_month(n, months, points) for n in range(months))
    return Sample(Drift("messaging.yaml", ENCODER, THRESHOLD, points, tuple(made), uncarried, twins, trend), texts)


_SUBJECTS = (
    "引き渡しの基準",
    "営業の声",
    "記事の要約と図",
    "転換率",
    "商談の記録",
    "メッセージガイド",
    "月次の会議",
    "見込み客の関心",
)


def _claim(n: int, claims: int) -> ClaimPoint:
    subject = _SUBJECTS[n % len(_SUBJECTS)]
    turn = 2 * math.pi * n / claims
    statement = f"{subject}を両部門で合意し、四半期ごとに見直す会社ほど、商談化率が高い(その{n + 1})"
    return ClaimPoint(f"claim-{n + 1}", statement, (round(0.75 * math.cos(turn), 3), round(0.5 * math.sin(turn), 3)))


def _written(a: int, claims: tuple[ClaimPoint, ...], sections: int) -> tuple[str, list[Part]]:
    text, parts = "", []
    for s in range(sections):
        subject = claims[(a * 3 + s) % len(claims)]
        strong = (a * 7 + s * 5) % 11 < 2 and subject is not claims[-1]
        heading = f"{_SUBJECTS[(a + s) % len(_SUBJECTS)]}について{s + 1}"
        sentence = f"第{a}回の{s + 1}つ目の話は、{subject.statement[:18]}ことから始まります。"
        text += f"## {heading}\n\n{sentence}そのあとで、例を2つ挙げます。\n\n"
        weak = {c.id: (round(((a * 31 + s * 17 + n * 13) % 47) / 100, 3), sentence) for n, c in enumerate(claims)}
        scores = weak | ({subject.id: (round(0.5 + (a * 13 + s) % 50 / 100, 3), sentence)} if strong else {})
        off = (a * 5 + s * 3) % 29 == 0
        on = round(0.1 + (a + s) % 25 / 100, 3) if off else round(0.4 + (a * 11 + s * 7) % 55 / 100, 3)
        against = {subject.id: (0.8, sentence)} if (a * 9 + s) % 211 == 0 else {}
        turn, far = (a * sections + s) * 2.399963, math.sqrt((a * sections + s + 1) / 3000)
        point = (round(max(-1, min(1, far * math.cos(turn))), 3), round(max(-1, min(1, 0.7 * far * math.sin(turn))), 3))
        parts.append(Part(heading, scores, on, point, against, subject.statement))
    return text, parts


def _place(made: ArticleDrift, number: int) -> Place:
    section = made.sections[number]
    return Place(made.path, section.start.offset, section.heading)


def _month(n: int, months: int, claims: tuple[ClaimPoint, ...]) -> Month:
    coverage = {
        c.id: round(0.1 + 0.6 * (i + 1) / len(claims) * (n + 6) / (months + 6) + 0.04 * math.sin(n + i), 3)
        for i, c in enumerate(claims)
    }
    year, month = divmod(2024 * 12 + 10 + n, 12)
    return Month(date(year, month + 1, 28), 40 + 10 * n, 360 + 90 * n, coverage, round(0.08 - 0.002 * n, 3), 0.6)
