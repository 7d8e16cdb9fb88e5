"""How a review is told: the same in every form, in both languages, and safe whatever sales wrote."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from loop_sample import HANDOFF, NOW, TOKYO, book, empty

from msglint.loop.clock import Clock
from msglint.loop.intervals import Share
from msglint.loop.model import ActionItem, Feedback, FeedbackItem, Review
from msglint.loop.review import (
    Book,
    Holding,
    Holdings,
    Monthly,
    Quarterly,
    as_json,
    html,
    markdown,
    monthly,
    quarterly,
    text,
)
from msglint.loop.review.blocks import Bars, Mark, same
from msglint.loop.review.drawing import bars, strip, ticks
from msglint.model import Language, Text

MONTH, QUARTER = monthly(book(), "2026-10"), quarterly(book(), "2026-Q3")
BOTH: list[Monthly | Quarterly] = [MONTH, QUARTER]
EVIL = "<script>alert(1)</script>|\x1b[31m*重い*\n| a | b |"


def titles(page: str, form: str) -> list[str]:
    """Return the headings of the sections, in order."""
    pattern = {"html": r"<h2[^>]*>(.*?)</h2>", "markdown": r"^## (.*)$", "text": r"^■ (.*)$"}[form]
    return re.findall(pattern, page, re.MULTILINE)


@pytest.mark.parametrize("review", BOTH, ids=["monthly", "quarterly"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_form_says_the_same_in_the_same_order(review: Monthly | Quarterly, language: Language) -> None:
    page, marked, plain = (tell(review, language) for tell in (html, markdown, text))
    found = titles(page, "html")
    assert found == titles(marked, "markdown") == titles(plain, "text")
    assert len(found) == (8 if isinstance(review, Monthly) else 12)
    share = review.trend.now.response.share
    for told in (page, marked, plain):
        assert f"{share.k}/{share.n}" in told
        assert f"{(share.rate or 0) * 100:.1f}%" in told


def test_the_monthly_sections_are_those_of_the_meeting() -> None:
    assert titles(text(MONTH, "ja"), "text") == [
        "4つの数字", "今日決めること", "シートへの営業の声", "リードの質", "古いまま使われているシート",
        "営業からの要望", "前回までの宿題", "データの欠け",
    ]  # fmt: skip


def test_english_has_no_japanese_of_its_own() -> None:
    for review in (monthly(empty(handoff=HANDOFF), "2026-10"), quarterly(empty(handoff=HANDOFF), "2026-Q3")):
        foreign = re.findall(
            r"[ぁ-んァ-ヶ一-龠]+", text(review, "en").replace("マーケティング部長", "").replace("営業部長", "")
        )
        seen = {rule.action for rule in HANDOFF.mql.actions} | {"製造業", "情報通信業"}
        assert {word for word in foreign if not any(word in name for name in seen)} == set()


def test_nothing_claims_an_effect() -> None:
    for review in BOTH:
        for tell in (html, markdown, text):
            said = tell(review, "ja")
            assert "使われたシートと商談の結果は関連を示すだけで、効果を示すものではありません。" in said
            assert not re.search(r"効果が(ある|あった|出た)|のおかげ|によって(増|上が)", said)


def test_few_cases_and_noise_are_said() -> None:
    said = text(MONTH, "ja")
    assert "件数が少ない" in said
    assert "偶然のゆらぎの範囲" in said
    assert "few cases" in text(MONTH, "en")


def test_the_page_needs_nothing_and_runs_nothing() -> None:
    for review in BOTH:
        page = html(review, "ja")
        (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
        hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
        assert f'content="{policy}"' in page
        assert not re.search(r"<script|<link|<img|<iframe|\sstyle=|\son[a-z]+=|https?://", page)


def test_what_sales_wrote_is_text_and_nothing_else() -> None:
    one = Feedback("f", date(2026, 10, 5), f"営業{EVIL}", "csv:1", None, request=EVIL)
    item = FeedbackItem("f", "s", "v", "not_usable", EVIL)
    task = ActionItem("t", "content", EVIL, EVIL, date(2026, 10, 9), None, date(2026, 10, 9), "a<b")
    holdings = Holdings((Holding("s", "v", EVIL, "s.md"),))
    met = Review("monthly", "2026-10", date(2026, 11, 1), EVIL, EVIL, EVIL)
    given = Book(NOW, Clock(TOKYO), feedback=[one], items=[item], tasks=[task], reviews=[met], holdings=holdings)
    review = monthly(given, "2026-10")
    page, marked, plain = html(review, "ja"), markdown(review, "ja"), text(review, "ja")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\x1b" not in plain + marked
    assert "<script" not in marked.replace("\\<", "")
    assert r"\<script\>alert(1)\</script\>\|" in marked
    columns = [line.count("|") - line.count(r"\|") for line in marked.splitlines() if line.startswith("| ")]
    assert set(columns) == {4, 5, 6}  # tables of three to five columns, whatever is in them


def test_json_is_complete_and_plain() -> None:
    data = json.loads(json.dumps(as_json(MONTH), allow_nan=False))
    assert (data["version"], data["kind"], data["period"]) == (1, "monthly", "2026-10")
    assert (data["since"], data["until"], data["as_of"]) == ("2026-10-01", "2026-10-31", "2026-11-05")
    assert set(data) == {
        "version", "kind", "period", "since", "until", "as_of", "state", "trend", "target", "decisions", "best",
        "worst", "quality", "stale", "requests", "tasks", "upcoming", "gaps", "held",
    }  # fmt: skip
    share = MONTH.trend.now.response.share
    low, high = share.interval
    assert data["trend"]["now"]["response"]["share"] == {
        "k": share.k, "n": share.n, "rate": round(share.k / share.n, 6), "low": round(low, 6), "high": round(high, 6),
        "few": share.n < 30,
    }  # fmt: skip
    assert set(data["decisions"][0]) == {"ask", "because", "section"}
    assert set(data["decisions"][0]["ask"]) == {"ja", "en"}
    later = json.loads(json.dumps(as_json(QUARTER), allow_nan=False))
    assert later["criteria"]["advice"]["lacking"] == 0
    assert later["criteria"]["advice"]["curve"]["points"][0]["threshold"] == 80.0
    assert later["criteria"]["proposal"]["diff"].startswith("--- a/messaging.yaml\n+++ b/messaging.yaml\n@@")
    assert len(later["funnel"]["cells"]) == len(QUARTER.funnel.cells)


def test_no_e_mail_or_company_leaves_the_store() -> None:
    private = replace(book().leads[0], email="a@example.co.jp", company="甲社")
    given = replace(book(), leads=[private, *book().leads[1:]])
    for review in (monthly(given, "2026-10"), quarterly(given, "2026-Q3")):
        for told in (html(review, "ja"), markdown(review, "ja"), text(review, "ja"), json.dumps(as_json(review))):
            assert "a@example.co.jp" not in told
            assert "甲社" not in told


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("given", [empty(), empty(handoff=HANDOFF), book(monthly=1), book(monthly=1, handoff=None)])
def test_little_or_nothing_is_told_sensibly(given: Book, language: Language) -> None:
    for review in (monthly(given, "2026-10"), quarterly(given, "2026-Q3"), monthly(given, "2026-11")):
        for tell in (html, markdown, text):
            told = tell(review, language)
            assert "None" not in told.replace("None.", "").replace("None found", "")
            assert "nan" not in told
    assert "引き渡されたリードがありません" in text(monthly(empty(), "2026-10"), "ja")
    assert "ガイドに handoff がありません。" in text(quarterly(empty(), "2026-Q3"), "ja")


def test_a_period_to_come_and_one_that_runs() -> None:
    assert "2027年1月はまだ始まっていません。" in text(monthly(book(), "2027-01"), "ja")
    assert titles(text(monthly(book(), "2027-01"), "ja"), "text") == ["4つの数字", "前回までの宿題"]
    assert "January to March 2027 has not begun yet." in text(quarterly(book(), "2027-Q1"), "en")
    running = "2026年11月はまだ終わっていません。2026-11-05までの途中の数字で、件数の増減は日数をそろえて比べています。"
    assert running in text(monthly(book(), "2026-11"), "ja")


def test_too_little_data_for_the_threshold() -> None:
    few = quarterly(book(monthly=20), "2026-Q3")
    advice = few.criteria.advice
    assert advice is not None
    assert advice.lacking > 0
    assert f"データ不足(あと {advice.lacking} 件)" in text(few, "ja")
    assert few.criteria.proposal is None
    assert "しきい値を変える提案はありません。" in text(few, "ja")


def test_the_meeting_and_its_minutes() -> None:
    met = Review("monthly", "2026-10", date(2026, 11, 4), "編集長", "営業部長", "minutes/10.md")
    assert "会議: 2026-11-04、マーケティング 編集長、営業 営業部長、議事録 minutes/10.md" in text(
        monthly(book(reviews=(met,)), "2026-10"), "ja"
    )
    assert "msglint review held 2026-10" in text(MONTH, "en")


# --- charts


def boxes(picture: str) -> list[tuple[str, float, float, float, float]]:
    """Return what stands in a chart, with the room it takes (words: 8 units a character, 16 high)."""
    found = []
    for x, y, anchor, said in re.findall(r'<text [^>]*x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)">([^<]*)<', picture):
        width = sum(14 if ord(c) > 255 else 7.8 for c in said)
        left = float(x) - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        found.append((said, left, float(y) - 12, left + width, float(y) + 2))
    for kind, x, y, width_, height in re.findall(
        r'<rect class="(column|band)[^"]*" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', picture
    ):
        found.append((kind, float(x), float(y), float(x) + float(width_), float(y) + float(height)))
    return found


def overlaps(picture: str) -> list[tuple[str, str]]:
    placed = boxes(picture)
    return [
        (a[0], b[0])
        for number, a in enumerate(placed)
        for b in placed[number + 1 :]
        if a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4] and (a[0], b[0]) != ("band", "band")
    ]


@pytest.mark.parametrize("values", [(0, 0, 0, 0), (1, 999, 5, 1000), (38, 40, 39, 40), (7,)])
def test_the_words_of_columns_overlap_nothing(values: tuple[int, ...]) -> None:
    marks = tuple(Mark(Text("10月", "Oct"), float(value), str(value)) for value in values)
    picture = bars(Bars(same("MQL"), marks), "ja")
    assert overlaps(picture) == []
    assert picture.count('<rect class="column') == len(values)
    heights = [float(found) for found in re.findall(r'<rect class="column[^>]* height="([\d.]+)"', picture)]
    assert heights == pytest.approx([64 * value / (max(values) or 1) for value in values], abs=0.11)


@pytest.mark.parametrize("shares", [((0, 10), (10, 10), (128, 128), (3, 999)), ((0, 1), (1, 1), (1, 2), (15, 50))])
@pytest.mark.parametrize("target", [None, 0.3, 0.95])
def test_the_words_of_shares_overlap_nothing(shares: tuple[tuple[int, int], ...], target: float | None) -> None:
    marks = tuple(Mark(Text("12月", "Dec"), k / n, f"{k / n:.0%}", Share(k, n)) for k, n in shares)
    picture = bars(Bars(same("率"), marks, 1.0, target), "ja")
    wrong = [pair for pair in overlaps(picture) if set(pair) != {"100%", "95%"}]
    assert wrong == []


def test_a_strip_shows_share_and_interval() -> None:
    assert 'cx="50.0"' in strip(Share(5, 10))
    assert re.search(r'class="band" x="25.8" y="3" width="48.5"', strip(Share(5, 10)))  # 0.237 to 0.763
    assert "circle" not in strip(Share(0, 0))


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [(0, 1, [0, 0.5, 1.0]), (-17.9, 9.4, [-20, -10, 0, 10]), (0, 0, [0]), (-0.4, 0.3, [-0.4, -0.2, 0, 0.2, 0.4])],
)
def test_round_numbers_on_the_axis(low: float, high: float, wanted: list[Any]) -> None:
    assert ticks(low, high) == pytest.approx(wanted)
