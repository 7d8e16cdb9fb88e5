"""The report of drift for programs: the contract's object, exactly."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from drift_sample import EMPTY, HOSTILE_HEADING, HOSTILE_PATH, SMALL, hostile

from msglint.drift.json import encode


def _section(heading: str | None, start: tuple[int, int, int], claims: tuple[float, float, float], on: float) -> Any:
    line, column, offset = start
    one, loop, value = claims
    return {
        "heading": heading,
        "start": {"line": line, "column": column, "offset": offset},
        "claims": {"consistent-message": one, "feedback-loop": loop, "value-over-records": value},
        "contradictions": {"consistent-message": 0.86} if heading == "逆の考え方" else {},
        "on_message": on,
        "off_message": on < 0.37,
    }


WHOLE = {
    "version": 1,
    "guide": "messaging.yaml",
    "encoder": {"name": "builtin", "hash": "0f3a9c51d2e84b76"},
    "threshold": 0.37,
    "articles": [
        {
            "path": "content/marketing/one-message.md",
            "carries": ["consistent-message"],
            "sections": [
                _section(None, (1, 1, 0), (0.499, 0.12, 0.031), 0.612),
                _section("主張をそろえる", (3, 1, 22), (0.938, 0.244, 0.05), 0.871),
                _section("逆の考え方", (7, 1, 114), (0.41, 0.1, 0.02), 0.702),
                _section("社員旅行のお知らせ", (11, 1, 154), (0.011, 0.02, 0.013), 0.183),
            ],
        },
        {
            "path": "content/news/autumn.md",
            "carries": [],
            "sections": [_section("展示会の日程", (1, 1, 0), (0.09, 0.15, 0.06), 0.368)],
        },
        {
            "path": "content/sales/what-sales-needs.md",
            "carries": ["consistent-message", "value-over-records"],
            "sections": [
                _section("名簿より関心を渡す", (1, 1, 0), (0.13, 0.33, 0.907), 0.9),
                _section("主張をそろえる", (6, 1, 68), (0.93, 0.21, 0.04), 0.88),
            ],
        },
    ],
    "uncarried": ["feedback-loop"],
    "duplicates": [
        {
            "similarity": 0.987,
            "sections": [
                {"path": "content/marketing/one-message.md", "heading": "主張をそろえる"},
                {"path": "content/sales/what-sales-needs.md", "heading": "主張をそろえる"},
            ],
        }
    ],
    "trend": [
        {
            "day": "2026-09-30",
            "articles": 2,
            "sections": 5,
            "coverage": {"consistent-message": 0.5, "feedback-loop": 0.0, "value-over-records": 0.0},
            "off_message": 0.4,
            "on_message": 0.55,
        },
        {
            "day": "2026-10-31",
            "articles": 3,
            "sections": 7,
            "coverage": {"consistent-message": 0.667, "feedback-loop": 0.0, "value-over-records": 0.333},
            "off_message": 0.286,
            "on_message": 0.645,
        },
    ],
}


def test_the_small_picture() -> None:
    text = encode(SMALL.drift)
    assert json.loads(text) == WHOLE
    assert text == json.dumps(WHOLE, ensure_ascii=False, indent=2) + "\n"


def test_without_history_there_is_no_trend() -> None:
    assert "trend" not in json.loads(encode(dataclasses.replace(SMALL.drift, trend=())))


def test_an_empty_picture_has_every_key() -> None:
    assert json.loads(encode(EMPTY.drift)) == {
        "version": 1,
        "guide": "messaging.yaml",
        "encoder": {"name": "builtin", "hash": "0f3a9c51d2e84b76"},
        "threshold": 0.37,
        "articles": [],
        "uncarried": [],
        "duplicates": [],
    }


def test_what_is_hostile_on_a_page_stays_as_it_is_here() -> None:
    (article,) = json.loads(encode(hostile().drift))["articles"]
    assert article["path"] == HOSTILE_PATH
    assert article["sections"][0]["heading"] == HOSTILE_HEADING
