"""The report of drift for a terminal, line by line."""

from __future__ import annotations

import dataclasses

import pytest
from drift_sample import EMPTY, HOSTILE_PATH, SMALL, big, hostile

from msglint.drift.text import encode
from msglint.report.widths import columns

WIDE = """\
主張と、伝えている記事の数
  1 全コンテンツで一貫したメッセージを発信する仕組みが、商談化率を高める
    (consistent-message、2件)
  2 商談で分かったことをコンテンツに戻す循環が、次の記事の質を高める
    (feedback-loop、0件)
  3 営業に引き渡すべきものは名簿ではなく、見込み客の関心と課題である
    (value-over-records、1件)

記事 × 主張(伝えている確からしさ、50%以上だけ)と、主張から離れた節の数
                                    1   2   3  離れた節
content/marketing/one-message.md   93   -   -  1/4
content/news/autumn.md              -   -   -  1/1
content/sales/what-sales-needs.md  93   -  90  0/2

主張から離れた節(近さが 0.370 未満)
  content/marketing/one-message.md:11 社員旅行のお知らせ
    0.183 最も近いのは「リードは増えたのに商談につながらない」
  content/news/autumn.md:1 展示会の日程
    0.368 最も近いのは「リードは増えたのに商談につながらない」

主張と逆のことを述べた節
  content/marketing/one-message.md:7 逆の考え方
     86% 1 全コンテンツで一貫したメッセージを発信する仕組みが、商談化率を高める

どの記事も伝えていない主張
  2 商談で分かったことをコンテンツに戻す循環が、次の記事の質を高める

主張を1つも伝えていない記事
  content/news/autumn.md

最も似ている節の組
  0.987 content/marketing/one-message.md 主張をそろえる
        content/sales/what-sales-needs.md 主張をそろえる
  0.811 content/marketing/one-message.md (冒頭)
        content/sales/what-sales-needs.md 名簿より関心を渡す

月ごとの動き(主張を伝えている記事の割合、%)
  日付        記事   1   2   3  離れた節
  2026-09-30     2  50   0   0  40.0%
  2026-10-31     3  67   0  33  28.6%
"""

NARROW = """\
主張と、伝えている記事の数
  1 全コンテンツで一貫したメッセージを発信する仕組みが、商談
    化率を高める (consistent-message、2件)
  2 商談で分かったことをコンテンツに戻す循環が、次の記事の質
    を高める (feedback-loop、0件)
  3 営業に引き渡すべきものは名簿ではなく、見込み客の関心と課
    題である (value-over-records、1件)

記事 × 主張(伝えている確からしさ、50%以上だけ)と、主張から離
れた節の数
                                    1   2   3  離れた節
content/marketing/one-message.md   93   -   -  1/4
content/news/autumn.md              -   -   -  1/1
content/sales/what-sales-needs.md  93   -  90  0/2

主張から離れた節(近さが 0.370 未満)
  content/marketing/one-message.md:11 社員旅行のお知らせ
    0.183 最も近いのは「リードは増えたのに商談につながらな
          い」
  content/news/autumn.md:1 展示会の日程
    0.368 最も近いのは「リードは増えたのに商談につながらな
          い」

主張と逆のことを述べた節
  content/marketing/one-message.md:7 逆の考え方
     86% 1 全コンテンツで一貫したメッセージを発信する仕組み
         が、商談化率を高める

どの記事も伝えていない主張
  2 商談で分かったことをコンテンツに戻す循環が、次の記事の質
    を高める

主張を1つも伝えていない記事
  content/news/autumn.md

最も似ている節の組
  0.987 content/marketing/one-message.md 主張をそろえる
        content/sales/what-sales-needs.md 主張をそろえる
  0.811 content/marketing/one-message.md (冒頭)
        content/sales/what-sales-needs.md 名簿より関心を渡す

月ごとの動き(主張を伝えている記事の割合、%)
  日付        記事   1   2   3  離れた節
  2026-09-30     2  50   0   0  40.0%
  2026-10-31     3  67   0  33  28.6%
"""

ENGLISH = """\
Claims, and how many articles carry them
  1 全コンテンツで一貫したメッセージを発信する仕組みが、商談化率を高める
    (consistent-message, 2)
  2 商談で分かったことをコンテンツに戻す循環が、次の記事の質を高める
    (feedback-loop, 0)
  3 営業に引き渡すべきものは名簿ではなく、見込み客の関心と課題である
    (value-over-records, 1)

Articles × claims (probability of carrying it, from 50% on), and sections off
message
                                    1   2   3  off message
content/marketing/one-message.md   93   -   -  1/4
content/news/autumn.md              -   -   -  1/1
content/sales/what-sales-needs.md  93   -  90  0/2

Sections off message (nearness under 0.370)
  content/marketing/one-message.md:11 社員旅行のお知らせ
    0.183 nearest: "リードは増えたのに商談につながらない"
  content/news/autumn.md:1 展示会の日程
    0.368 nearest: "リードは増えたのに商談につながらない"

Sections that contradict a claim
  content/marketing/one-message.md:7 逆の考え方
     86% 1 全コンテンツで一貫したメッセージを発信する仕組みが、商談化率を高める

Claims that no article carries
  2 商談で分かったことをコンテンツに戻す循環が、次の記事の質を高める

Articles that carry no claim
  content/news/autumn.md

The most similar sections
  0.987 content/marketing/one-message.md 主張をそろえる
        content/sales/what-sales-needs.md 主張をそろえる
  0.811 content/marketing/one-message.md (opening)
        content/sales/what-sales-needs.md 名簿より関心を渡す

By month (share of articles that carry the claim, %)
  day         articles   1   2   3  off message
  2026-09-30         2  50   0   0  40.0%
  2026-10-31         3  67   0  33  28.6%
"""


@pytest.mark.parametrize(("width", "expected"), [(80, WIDE), (60, NARROW)])
def test_the_small_picture_in_japanese(width: int, expected: str) -> None:
    assert encode(SMALL.drift, language="ja", width=width) == expected


def test_the_small_picture_in_english() -> None:
    assert encode(SMALL.drift, language="en") == ENGLISH


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_line_is_wider_than_the_terminal(width: int, language: str) -> None:
    for sample in (SMALL, big(12, 12, 5, 24)):
        text = encode(sample.drift, language=language, width=width)  # type: ignore[arg-type]
        assert [line for line in text.splitlines() if columns(line) > width] == []


def test_a_table_that_is_too_wide_becomes_a_list() -> None:
    lines = encode(big(2, 12, 4, 2).drift, language="ja", width=60).splitlines()
    at = lines.index("content/marketing/2024/article-0000.md")
    assert lines[at : at + 4] == [
        "content/marketing/2024/article-0000.md",
        "    主張 1:50%、離れた節 1/4",
        "content/sales/2025/article-0001.md",
        "    主張 5:64%、7:66%、離れた節 0/4",
    ]
    at = lines.index("  2024-11-28")
    assert lines[at + 1 : at + 4] == [
        "    記事 40件、離れた節 8.0%、主張 1:14%、2:21%、3:25%、",
        "    4:26%、5:26%、6:29%、7:35%、8:43%、9:48%、10:49%、",
        "    11:49%、12:51%",
    ]


def test_nothing_to_show_is_said() -> None:
    assert encode(EMPTY.drift, language="ja") == "ガイドに主張(claims)がありません。\n\n調べた記事がありません。\n"
    assert encode(EMPTY.drift, language="en") == "The guide has no claims.\n\nThere are no articles.\n"


def test_without_findings_no_list_is_begun() -> None:
    article = SMALL.drift.articles[2]
    calm = dataclasses.replace(SMALL.drift, articles=(article,), uncarried=(), twins=(), trend=())
    text = encode(calm, language="ja")
    assert text.endswith("content/sales/what-sales-needs.md  93   -  90  0/2\n")
    assert "どの記事も" not in text


def test_what_moves_the_cursor_is_shown_as_a_sign() -> None:
    text = encode(hostile().drift, language="ja")
    assert HOSTILE_PATH.replace("\u202e", "\ufffd") in text
    assert "\u202e" not in text
