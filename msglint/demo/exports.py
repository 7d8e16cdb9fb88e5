"""The files that CRM, marketing automation, GA4 and a form would have given: with the flaws that theirs have."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from msglint.demo.half_year import HalfYear, Step
from msglint.demo.market import Prospect
from msglint.demo.selling import Case, deal_as_of, snapshot
from msglint.demo.story import ZONE
from msglint.demo.traffic import Month
from msglint.demo.voices import Told
from msglint.loop.model import Deal, Lead, SheetVersion

CONTACTS, OPPORTUNITIES, ACTIONS, PAGES, FORM = (
    "hubspot-contacts.csv", "salesforce-report.csv", "ma-actions.csv", "ga4-pages.csv", "form-answers.csv",
)  # fmt: skip
_LIFECYCLES = {
    "lead": "Lead",
    "marketingqualifiedlead": "Marketing Qualified Lead",
    "salesqualifiedlead": "Sales Qualified Lead",
}
_ANSWERS = {True: "はい", False: "いいえ", None: ""}
_VERDICTS = {
    "helped": "役に立った",
    "shown_no_effect": "見せたが反応なし",
    "not_usable": "使えなかった",
    "not_used": "使わなかった",
}


def monthly(year: HalfYear, step: Step) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a month by name, in the order in which they go in."""
    yield CONTACTS, contacts(year.cases, step.at)
    yield ACTIONS, actions([case.prospect for case in year.cases], step.since, step.at)
    yield OPPORTUNITIES, opportunities(year.cases, year.others, step.at)
    yield PAGES, pages(year.traffic, step.month)


def contacts(cases: Iterable[Case], at: datetime) -> bytes:
    """Return HubSpot's contacts as they stood at `at`: UTF-8 with a BOM, all quoted, with columns nobody asked for."""
    header = (
        "Record ID", "Email", "Company Name", "Number of Employees", "Industry", "Job Title", "Contact owner",
        "Original Source", "Lifecycle Stage", "Create Date", "Became a Marketing Qualified Lead Date",
        "初回架電日時", "Became a Sales Qualified Lead Date", "却下日時", "却下理由",
        "予算", "決裁権", "課題", "導入時期", "試し架電", "Lead response time", "Marketing contact status",
    )  # fmt: skip
    there = [seen.lead for case in cases if (seen := snapshot(case, at)) is not None]
    return b"\xef\xbb\xbf" + _table([header, *(_contact(lead) for lead in there)], quoted=True, end="\n").encode()


def _contact(lead: Lead) -> tuple[str, ...]:
    return (
        lead.record, lead.email or "", lead.company or "", lead.employees or "", lead.industry or "", lead.title or "",
        lead.owner or "", lead.source or "", _LIFECYCLES.get(lead.lifecycle or "", ""),
        *(_minute(moment) for moment in (lead.created_at, lead.mql_at, lead.called_at, lead.sql_at, lead.rejected_at)),
        lead.reject_reason or "",
        *(_ANSWERS[answer] for answer in lead.bant.values()),
        "はい" if lead.explore else "", "", "Marketing contact",
    )  # fmt: skip


def opportunities(cases: Iterable[Case], others: Iterable[Deal], at: datetime) -> bytes:
    """Return Salesforce's report at `at`: CP932, headings before the header, yen with commas, totals at the end."""
    day = f"{at.astimezone(ZONE):%Y/%m/%d %H:%M}"
    pairs: list[tuple[Deal | None, str]] = [
        (seen.deal, seen.lead.email or "") for case in cases if (seen := snapshot(case, at)) is not None
    ]
    pairs += [(deal_as_of(deal, at), "") for deal in others]
    rows = [_opportunity(deal, email) for deal, email in pairs if deal is not None]
    total = sum(deal.amount or 0 for deal, _ in pairs if deal is not None)
    header = (
        "商談ID",
        "商談名",
        "取引先名",
        "メール",
        "商談 所有者",
        "フェーズ",
        "金額",
        "作成日",
        "完了予定日",
        "失注理由",
        "確度",
    )
    lines: list[Sequence[str]] = [
        ("商談レポート①(全社)",), (f"作成日時: {day}",), ("検索条件: すべての商談、㈱サンプル連携工房",), (),
        header, *rows, ("合計", "", "", "", "", "", f"￥{total:,}", "", "", "", ""), (),
        ("機密情報 - 配布禁止",), ("Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.",),
        (f"作成者: 営業企画 {day}",),
    ]  # fmt: skip
    return _table(lines, quoted=True, end="\r\n").encode("cp932")


def _opportunity(deal: Deal, email: str) -> tuple[str, ...]:
    end = deal.closed_on or deal.expected_on
    chance = {"won": "100%", "lost": "0%"}.get(deal.outcome or "", "40%")
    return (
        deal.record, deal.name or "", deal.account or "", email, deal.owner or "", deal.stage or "",
        "" if deal.amount is None else f"￥{deal.amount:,}", _day(deal.opened_on), _day(end), deal.lost_reason or "",
        chance,
    )  # fmt: skip


def actions(prospects: Iterable[Prospect], since: datetime, until: datetime) -> bytes:
    """Return the action log of a period: CP932 as Japanese tools write it, days with their weekday."""
    done = sorted(
        ((action, prospect) for prospect in prospects for action in prospect.actions if since < action.at <= until),
        key=lambda pair: (pair[0].at, pair[0].lead, pair[0].action),
    )
    rows = [
        (p.lead.record, p.lead.email or "", a.action, _with_weekday(a.at), a.detail, "Webトラッキング") for a, p in done
    ]
    header = ("コンタクトID", "メールアドレス", "行動", "行動日時", "ページURL", "記録元")
    return _table([header, *rows], quoted=False, end="\r\n").encode("cp932")


def pages(months: Iterable[Month], first: date) -> bytes:
    """Return GA4's report of the month that begins on `first`: its lines of # before the header, and a total."""
    rows = sorted((month for month in months if month.first == first), key=lambda month: (-month.views, month.path))
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    rule = "# ----------------------------------------"
    head = [rule, "# ページとスクリーン: ページ パスとスクリーン クラス", "# アカウント: サンプル連携工房", rule, "#"]
    head += [f"# 開始日: {first:%Y%m%d}", f"# 終了日: {last:%Y%m%d}"]
    views = sum(row.views for row in rows)
    lines: list[Sequence[str]] = [
        ("ページ パスとスクリーン クラス", "表示回数", "ユーザーあたりのビュー", "キーイベント"),
        *((row.path, f"{row.views}", "1.3", f"{row.events}") for row in rows),
        ("総計", f"{views}", "", ""),
    ]
    return ("\n".join(head) + "\n" + _table(lines, quoted=False, end="\n")).encode()


def answers(told: Iterable[Told], versions: Mapping[str, Sequence[SheetVersion]]) -> bytes:
    """Return the answers to a Google form: UTF-8 without a BOM, a column for each sheet and question.

    `versions` are those that the sheet of each article has had, oldest first.
    """
    grid = [(article, made[0].sheet.split("/", 2)[-1]) for article, made in sorted(versions.items())]
    each = [f"{asked} [{name}]" for asked in ("評価", "版", "理由") for _, name in grid]
    header = (
        "タイムスタンプ", "営業担当", "商談ID", "リードID", "温度感(1〜5)", "期待どおりだったか", "課題", "要望",
        *each, "メッセージの食い違い",
    )  # fmt: skip
    rows = [_answer(one, [article for article, _ in grid], versions) for one in told]
    return _table([header, *rows], quoted=True, end="\n").encode()


def _answer(one: Told, articles: Iterable[str], versions: Mapping[str, Sequence[SheetVersion]]) -> tuple[str, ...]:
    shown = {item.article: item for item in one.shown}
    listed = [shown.get(article) for article in articles]
    return (
        f"{one.at.astimezone(ZONE):%Y/%m/%d %H:%M}:{one.at.minute:02}",
        one.rep,
        one.deal or "",
        one.lead or "",
        str(one.temperature),
        _ANSWERS[one.as_promised],
        one.need or "",
        one.request or "",
        *(_VERDICTS[item.verdict] if item else "" for item in listed),
        *(versions[item.article][item.edition].version if item else "" for item in listed),
        *((item.reason or "") if item else "" for item in listed),
        "はい" if any(item.conflict for item in one.shown) else "",
    )


def _minute(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}"


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%Y/%m/%d}"


def _with_weekday(moment: datetime) -> str:
    local = moment.astimezone(ZONE)
    return f"{local:%Y/%m/%d}({'月火水木金土日'[local.weekday()]}) {local:%H:%M}"


def _table(rows: Iterable[Sequence[str]], *, quoted: bool, end: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator=end)
    writer.writerows(rows)
    return out.getvalue()
