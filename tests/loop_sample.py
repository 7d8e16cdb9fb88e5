"""Half a year of leads, deals and feedback for the tests of reviews: drawn by a seed, the same every time."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from msglint.guide.model import Persona, Stage
from msglint.guide.sales import ActionRule, Agreement, FitRule, Handoff, Mql, Response
from msglint.loop import records, revisions
from msglint.loop.clock import Clock
from msglint.loop.judging import judged_as_of
from msglint.loop.merging import Change, Plan
from msglint.loop.model import (
    Action,
    ActionItem,
    Deal,
    Feedback,
    FeedbackItem,
    Handover,
    Import,
    Lead,
    SheetVersion,
)
from msglint.loop.review import Book, Holding, Holdings

TOKYO = ZoneInfo("Asia/Tokyo")
FIRST = date(2026, 5, 1)
TODAY = date(2026, 11, 5)
NOW = datetime(2026, 11, 5, 14, 59, 59, tzinfo=UTC)
HANDOFF = Handoff(
    revision="2026-04",
    effective_from=date(2026, 4, 1),
    agreed=Agreement("マーケティング部長", "営業部長", date(2026, 3, 25)),
    mql=Mql(
        Decimal(80),
        (
            FitRule("employees", "at_least", Decimal(300), Decimal(20)),
            FitRule("industry", "in", ("製造業", "情報通信業"), Decimal(10)),
        ),
        (
            ActionRule("価格ページ閲覧", Decimal(40)),
            ActionRule("セミナー参加", Decimal(15)),
            ActionRule("資料ダウンロード", Decimal(5), True, Decimal(15)),
            ActionRule("問い合わせ", Decimal(20)),
            ActionRule("メルマガ開封", Decimal(10)),
            ActionRule("展示会来場", Decimal(10)),
        ),
        ("価格ページ閲覧",),
    ),
    bant_minimum=3,
    response=Response(Decimal(24), "elapsed"),
    target_conversion=Decimal("0.30"),
)
GUIDE_TEXT = """\
version: 1
name: 営業連携コンテンツ メッセージングガイド

handoff:                           # 両部門で合意した条件
  revision: 2026-04                # 変えるたびに新しくする
  effective_from: 2026-04-01
  agreed: {marketing: マーケティング部長, sales: 営業部長, date: 2026-03-25}
  mql:
    threshold: 80                  # 点
    fit:
      - {field: employees, at_least: 300, points: 20}
      - {field: industry, in: [製造業, 情報通信業], points: 10}
    actions:
      - {action: 価格ページ閲覧, points: 40}
      - {action: セミナー参加, points: 15}
      - {action: 資料ダウンロード, points: 5, repeatable: true, cap: 15}
      - {action: 問い合わせ, points: 20}
      - {action: メルマガ開封, points: 10}
      - {action: 展示会来場, points: 10}
    required_actions: [価格ページ閲覧]
  sql: {bant_minimum: 3}
  response: {hours: 24, clock: elapsed}
  target_conversion: 0.30

imports:
  timezone: Asia/Tokyo
"""
STAGES = (Stage("awareness", "認知向上"), Stage("problem", "課題喚起"), Stage("comparison", "比較検討"))
PERSONAS = (Persona("marketing-manager", "マーケティング責任者"), Persona("sales-manager", "営業責任者"))
_SHEETS = (
    ("content/crm/one-pager", "CRM導入前に確かめたい3つのこと", 0, 1, 0.85),
    ("content/cost/one-pager", "人手不足でも続く運用の費用と内訳", 0, 2, 0.45),
    ("content/nurture/one-pager", "リードを商談につなげる育て方", 0, 0, 0.7),
    ("content/case/one-pager", "導入事例: 部門をまたいだ合意の作り方", 1, 2, 0.8),
    ("content/old/one-pager", "営業とマーケティングの役割分担", 1, 1, 0.2),
)
_SOURCES = ("オーガニック検索", "ウェビナー", "展示会", "紹介")
_REASONS = ("予算がない", "予算がない", "情報収集だけ", "対象外の業種", "連絡がつかない", None)
_LOSSES = ("価格", "他社に決定", "時期が合わない", None)
_WORDS = {
    "helped": ("最初の5分で課題を共有できた", "決裁者がそのまま社内に回した", None, None),
    "shown_no_effect": ("もう知っている内容だと言われた", None),
    "not_usable": ("数字が2023年のままで、客先で指摘された", "役割の説明が提案書と逆になっている"),
    "not_used": (None,),
}
_NEEDS = ("担当者が2人しかおらず、更新が止まる", "既存のCRMと二重入力になるのを避けたい", "上に説明する数字がほしい")
_REQUESTS = (
    "製造業の事例を1枚で見せたい",
    "費用の内訳がわかる資料がほしい",
    "競合と比べた表がほしい",
    "役員向けの要約がほしい",
)


def at(day: date, hour: float = 10) -> datetime:
    """Return that hour of `day` in Tokyo."""
    return datetime.combine(day, time(), TOKYO).astimezone(UTC) + timedelta(hours=hour)


def book(seed: int = 7, monthly: int = 55, now: datetime = NOW, **given: Any) -> Book:
    """Return half a year as a review reads it; `given` in place of what was drawn."""
    drawn = _Drawn(seed, monthly)
    hands = judged_as_of(drawn.leads, drawn.actions, (HANDOFF,), (), now, TOKYO)
    whole: dict[str, Any] = {
        "now": now,
        "clock": Clock(TOKYO),
        "handoff": HANDOFF,
        "revisions": (HANDOFF,),
        "leads": drawn.leads,
        "deals": drawn.deals,
        "actions": drawn.actions,
        "handovers": hands,
        "feedback": drawn.feedback,
        "items": drawn.items,
        "versions": VERSIONS,
        "tasks": tasks(drawn.feedback),
        "imports": (Import(NOW, "leads", 300, 300), Import(NOW, "deals", 80, 80), Import(NOW, "actions", 900, 900)),
        "holdings": HOLDINGS,
    }
    return Book(**(whole | given))


def fill(connection: Connection, seed: int = 7, monthly: int = 55) -> None:
    """Put the same half year into a store."""
    drawn = _Drawn(seed, monthly)
    records.add_revision(connection, revisions.kept(HANDOFF))
    actions = [action for done in drawn.actions.values() for action in done]
    leads, deals = tuple(Change(None, one) for one in drawn.leads), tuple(Change(None, one) for one in drawn.deals)
    records.apply(connection, Plan(leads, deals, tuple(Change(None, action) for action in actions)))
    hands = judged_as_of(drawn.leads, drawn.actions, (HANDOFF,), (), NOW, TOKYO)
    records.put_handovers(connection, [Change(None, one) for one in hands])
    records.add(connection, *VERSIONS, *drawn.feedback, *drawn.items, *tasks(drawn.feedback))
    records.add(connection, Import(NOW, "leads", 300, 300))


def empty(now: datetime = NOW, handoff: Handoff | None = None) -> Book:
    """Return what there is on the first day: nothing."""
    return Book(now, Clock(TOKYO), handoff, (handoff,) if handoff else ())


def handed(lead: str, day: date, score: int = 80, sql_after: float | None = None) -> Handover:
    """Return a hand-over at ten o'clock, an SQL after so many days."""
    mql = at(day)
    sql = None if sql_after is None else mql + timedelta(days=sql_after)
    return Handover(lead, mql, "guide", Decimal(score), HANDOFF.revision, sql)


VERSIONS = (
    *(
        SheetVersion(name, "v2", f"{name.rpartition('/')[0]}.md", "0123456789ab", "f" * 64, "approved", "編集長",
                     date(2026, 5, 1), date(2027, 5, 1))
        for name, *_ in _SHEETS
    ),
    SheetVersion("content/crm/one-pager", "v1", "content/crm.md", None, None, "stale"),
    SheetVersion("content/cost/one-pager", "v1", "content/cost.md", None, None, "approved", "編集長",
                 date(2026, 1, 10), date(2026, 7, 10)),
)  # fmt: skip
HOLDINGS = Holdings(
    tuple(
        Holding(name, "v2", title, f"{name.rpartition('/')[0]}.md", PERSONAS[p].id, STAGES[s].id, True,
                date(2027, 5, 1), name.startswith("content/old"), date(2026, 5, 1))
        for name, title, p, s, _ in _SHEETS
    ),
    STAGES,
    PERSONAS,
    "messaging.yaml",
    GUIDE_TEXT,
)  # fmt: skip


def tasks(feedback: Sequence[Feedback]) -> tuple[ActionItem, ...]:
    """Return what was agreed: done, late, and still to come."""
    asked: list[str | None] = [
        one.id for one in feedback if one.request and date(2026, 10, 1) <= one.met_on < date(2026, 11, 1)
    ]
    return (
        ActionItem("t1", "content", "CRMシートの導入率を2024年の値に直す", "編集担当", date(2026, 10, 20), None,
                   date(2026, 10, 14), "3f9c2a1b77de"),
        ActionItem("t2", "content", "役割分担の記事を提案書とそろえる", "編集長", date(2026, 10, 25)),
        ActionItem("t3", "criteria", "展示会リードの扱いを両部門で決める", "営業企画", date(2026, 10, 31), None,
                   date(2026, 10, 30)),
        ActionItem("t4", "content", "製造業の事例シートを作る", "編集担当", date(2026, 11, 28), (*asked, None)[0]),
    )  # fmt: skip


class _Drawn:
    """The rows that a seed gives."""

    def __init__(self, seed: int, monthly: int) -> None:
        self.random = random.Random(seed)
        self.leads: list[Lead] = []
        self.actions: dict[str, list[Action]] = {}
        self.deals: list[Deal] = []
        self.feedback: list[Feedback] = []
        self.items: list[FeedbackItem] = []
        days = (TODAY - FIRST).days
        for number in range(monthly * days // 30):
            self._lead(number, FIRST + timedelta(days=number * days // (monthly * days // 30)))

    def _lead(self, number: int, day: date) -> None:
        draw, id = self.random, f"hubspot:{number + 1001}"
        large, fits = draw.random() < 0.55, draw.random() < 0.6
        moments = [at(day, 9 + 2 * n + draw.random()) for n in range(6)]
        chosen = [("価格ページ閲覧", "https://example.co.jp/price/")] if draw.random() < 0.9 else []
        chosen += [("セミナー参加", "")] if draw.random() < 0.5 else []
        article = draw.choice(_SHEETS)[0].split("/")[1]
        chosen += [("資料ダウンロード", f"https://example.co.jp/blog/{article}")] * draw.choice((0, 1, 1, 2))
        chosen += [("問い合わせ", "")] if draw.random() < 0.45 else []
        chosen += [("メルマガ開封", "")] if draw.random() < 0.5 else []
        done = [Action(id, name, when, detail) for (name, detail), when in zip(chosen, moments, strict=False)]
        self.actions[id] = sorted(set(done), key=lambda one: one.at)
        points = (
            20 * large + 10 * fits + 40 + 15 * ("セミナー参加" in dict(chosen)) + 20 * ("問い合わせ" in dict(chosen))
        )
        sold = draw.random() < 1 / (1 + math.exp(-(points - 100) / 9))
        warm = at(day, 20)
        late = draw.random() < (0.15 if day < date(2026, 10, 1) else 0.3)
        called = warm + timedelta(hours=draw.uniform(26, 90) if late else draw.lognormvariate(1.6, 0.9))
        called_at = called if draw.random() < 0.93 and called < NOW else None
        decided = called + timedelta(days=draw.uniform(1, 20))
        sql = sold and called_at is not None and decided < NOW
        rejected = not sold and draw.random() < 0.5 and called_at is not None and decided < NOW
        confirmed = [True, True, True, draw.random() < 0.5] if sql else [draw.random() < 0.4, None, None, None]
        self.leads.append(
            Lead(
                id, "hubspot", str(number + 1001), company=f"会社{number}", employees="500" if large else "80",
                industry="製造業" if fits else "小売業", owner=draw.choice(("営業A", "営業B", "営業C", None, "営業A")),
                source=draw.choice(_SOURCES), created_at=at(day, 8), called_at=called_at,
                sql_at=decided if sql else None, rejected_at=decided if rejected else None,
                reject_reason=draw.choice(_REASONS) if rejected else None,
                budget=confirmed[0], authority=confirmed[1], need=confirmed[2], timeline=confirmed[3],
            )
        )  # fmt: skip
        if sql:
            self._deal(id, number, decided.date())
        elif called_at and draw.random() < 0.15:
            self._said(Feedback(f"f{number}", called.date(), draw.choice(("営業A", "営業B")), None, id,
                                draw.choice((1, 2, 2, 3)), draw.random() < 0.6, draw.choice(_NEEDS)))  # fmt: skip

    def _deal(self, lead: str, number: int, opened: date) -> None:
        draw, id = self.random, f"hubspot:D{number + 1}"
        closed = opened + timedelta(days=int(draw.gauss(48, 14)))
        over = closed < TODAY
        won = over and draw.random() < 0.42
        self.deals.append(
            Deal(
                id, "hubspot", f"D{number + 1}", lead, owner=draw.choice(("営業A", "営業B", "営業C")),
                amount=int(draw.lognormvariate(14.8, 0.4)) // 10_000 * 10_000, opened_on=opened,
                closed_on=closed if over else None, outcome="won" if won else "lost" if over else None,
                lost_reason=draw.choice(_LOSSES) if over and not won else None,
            )
        )  # fmt: skip
        met = opened + timedelta(days=draw.randint(3, 20))
        if met < TODAY and draw.random() < 0.75:
            asked = draw.choice(_REQUESTS) if draw.random() < 0.25 else None
            self._said(Feedback(f"f{number}", met, draw.choice(("営業A", "営業B", "営業C")), id, None,
                                draw.choice((3, 4, 4, 5)), draw.random() < 0.8, draw.choice(_NEEDS), asked,
                                ))  # fmt: skip

    def _said(self, one: Feedback) -> None:
        draw = self.random
        self.feedback.append(one)
        for sheet, _, _, _, good in draw.sample(_SHEETS, 2):
            old = sheet.startswith(("content/crm", "content/cost")) and draw.random() < 0.25
            verdict: Any = "helped" if draw.random() < good else draw.choice(
                ("shown_no_effect", "not_usable", "not_used") if "old" in sheet else ("shown_no_effect", "not_used")
            )  # fmt: skip
            words = draw.choice(_WORDS[verdict])
            reason = words or ("古い" if verdict == "not_usable" else None)
            self.items.append(
                FeedbackItem(one.id, sheet, "v1" if old else "v2", verdict, reason, "逆に" in (reason or ""))
            )
