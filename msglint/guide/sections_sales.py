"""The tables of what sales gets: sheets, brand, the hand-over of leads, and how the CRM's exports are read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msglint.guide.decode import Field, ListOf, MapOf, Record
from msglint.guide.model import Place
from msglint.guide.sales import (
    ActionRule,
    Agreement,
    Brand,
    Calendar,
    FitRule,
    Handoff,
    Imports,
    Mql,
    Response,
    SheetKind,
)
from msglint.guide.scalars import COLOR, DAY, FILE, FILE_NAME, FLAG, HOURS, PATTERN, REMARK, TEXT, ZONE, choice, number
from msglint.guide.sections import TEXTS
from msglint.model import Text

_FORMAT = choice("html", "pdf", "pptx", "docx")


def _pairs(values: dict[str, Any], _: Place) -> tuple[tuple[str, Any], ...]:
    return tuple(values.items())


SHEET = Record(
    (
        Field("title", TEXT, Text("資料の題。Jinjaの式が使える。", "The sheet's title; may hold Jinja expressions.")),
        Field(
            "sections",
            TEXTS,
            Text("載せる営業セクションの種類。この順に並ぶ。", "The kinds of section on it, in order."),
        ),
        Field("required", TEXTS, Text("必ず要る種類。", "The kinds that have to be there.")),
        Field("formats", ListOf(_FORMAT, least=1), Text("作る形式。", "The formats to make.")),
        Field(
            "pages",
            number(1, whole=True),
            Text("ページ数の上限。省略すると制限なし。", "The most pages it may have; any number when absent."),
        ),
        Field(
            "review_months",
            number(1, whole=True),
            Text(
                "承認が有効な月数。省略すると期限なし。",
                "Months until it has to be approved again; never when absent.",
            ),
        ),
        Field(
            "templates",
            MapOf(_FORMAT, FILE, make=_pairs),
            Text("形式ごとのテンプレート。", "A template per format."),
            default={},
        ),
    ),
    of=SheetKind,
    make=lambda values, _: values,  # its id is the key it stands under
)


def _sheets(values: dict[str, dict[str, Any]], _: Place) -> tuple[SheetKind, ...]:
    return tuple(SheetKind(id=id, **settings) for id, settings in values.items())


SHEETS = MapOf(FILE_NAME, SHEET, make=_sheets)

BRAND = Record(
    (
        Field("name", REMARK, Text("会社やサービスの名前。", "The company's or service's name.")),
        Field("logo", FILE, Text("ロゴの画像。", "The logo's file.")),
        Field("color", COLOR, Text("基調の色。", "The main colour.")),
        Field("font", TEXT, Text("書体の名前。", "The font's name.")),
    ),
    of=Brand,
)

_CONDITIONS = ("at_least", "at_most", "equals", "in", "matches")


def _fit(values: dict[str, Any], _: Place) -> FitRule:
    operator = next(key for key in _CONDITIONS if key in values)
    return FitRule(values["field"], operator, values[operator], values.get("points", Decimal(0)))


FIT = Record(
    (
        Field("field", TEXT, Text("取り込んだリードの列。", "The imported lead's field."), required=True),
        Field("at_least", number(), Text("この数以上。", "This number or more.")),
        Field("at_most", number(), Text("この数以下。", "This number or less.")),
        Field("equals", TEXT, Text("この値と同じ。", "Equal to this.")),
        Field("in", ListOf(TEXT, least=1), Text("このどれか。", "One of these.")),
        Field("matches", PATTERN, Text("この正規表現に合う。", "Matches this regular expression.")),
        Field("points", number(), Text("点数。負でもよい。", "Points; may be negative.")),
    ),
    of=FitRule,
    make=_fit,
    one_of=tuple((key,) for key in _CONDITIONS),
)

ACTION = Record(
    (
        Field("action", TEXT, Text("リードの行動。", "What the lead did."), required=True),
        Field("points", number(), Text("点数。", "Points.")),
        Field("repeatable", FLAG, Text("繰り返すたびに加点するか。", "Whether each time counts.")),
        Field("cap", number(0), Text("合計点の上限。省略すると上限なし。", "The most it can add up to.")),
        Field(
            "half_life_days",
            number(Decimal("0.001")),
            Text(
                "点数が半分になる日数。省略すると減らない。",
                "Days after which its points are halved; never when absent.",
            ),
        ),
    ),
    of=ActionRule,
)

MQL = Record(
    (
        Field("threshold", number(), Text("MQLとみなす点数。", "The score from which a lead is an MQL.")),
        Field("fit", ListOf(FIT), Text("どんなリードかで付ける点。", "Points for who the lead is.")),
        Field("actions", ListOf(ACTION, by="action"), Text("行動で付ける点。", "Points for what the lead did.")),
        Field(
            "required_actions",
            TEXTS,
            Text("点数のほかに要る行動。", "Actions that are needed besides the score."),
        ),
    ),
    of=Mql,
)

_DAYS = choice("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CALENDAR = Record(
    (
        Field("workdays", ListOf(_DAYS, least=1), Text("営業日。", "The working days.")),
        Field("hours", HOURS, Text("営業時間。", "The business hours.")),
        Field("holidays", FILE, Text("休日のCSV。", "A CSV file of holidays.")),
    ),
    of=Calendar,
)


def _handoff(values: dict[str, Any], _: Place) -> Handoff:
    sql = values.pop("sql", {})
    return Handoff(**values, **sql)


HANDOFF = Record(
    (
        Field(
            "revision",
            TEXT,
            Text("定義の版。変えるたびに新しくする。", "The revision; every change gets a new one."),
        ),
        Field("effective_from", DAY, Text("この版が有効になる日。", "The day from which it holds.")),
        Field(
            "agreed",
            Record(
                (
                    Field("marketing", REMARK, Text("マーケティング側の合意者。", "Who agreed for marketing.")),
                    Field("sales", REMARK, Text("営業側の合意者。", "Who agreed for sales.")),
                    Field("date", DAY, Text("合意した日。", "The day they agreed.")),
                ),
                of=Agreement,
            ),
            Text("誰がいつ合意したか。", "Who agreed to it, and when."),
        ),
        Field("mql", MQL, Text("MQLの条件。", "When a lead is an MQL.")),
        Field(
            "sql",
            Record(
                (
                    Field(
                        "bant_minimum",
                        number(0, 4, whole=True),
                        Text(
                            "BANT(予算・決裁権・課題・導入時期)のうち確認が要る数。",
                            "How many of Budget, Authority, Need and Timeline have to be confirmed.",
                        ),
                    ),
                )
            ),
            Text("SQLの条件。", "When a lead is an SQL."),
        ),
        Field(
            "response",
            Record(
                (
                    Field("hours", number(0), Text("最初の連絡までの時間。", "Hours until the first call.")),
                    Field(
                        "clock",
                        choice("business", "elapsed"),
                        Text(
                            "時間の数え方。`business`は営業時間(`calendar`が要る)、`elapsed`は経過時間。",
                            "What hours count: `business` (needs `calendar`) or `elapsed`.",
                        ),
                    ),
                ),
                of=Response,
            ),
            Text("営業が連絡するまでの時間。", "How fast sales calls."),
        ),
        Field("calendar", CALENDAR, Text("営業日と営業時間。", "Working days and hours.")),
        Field(
            "target_conversion",
            number(0, 1),
            Text("MQLからSQLへの転換率の目標。", "The conversion of MQL to SQL aimed at."),
        ),
    ),
    of=Handoff,
    make=_handoff,
)

IMPORTS = Record(
    (
        Field(
            "timezone",
            ZONE,
            Text(
                "時差のない時刻をどの地域の時刻として読むか。省略すると、そうした時刻を断る。",
                "The zone of times that name none; without it they are refused.",
            ),
        ),
        Field(
            "stages",
            MapOf(TEXT, choice("won", "lost", "open"), make=_pairs),
            Text("CRMの商談段階の読み替え。", "What the CRM's stages of a deal mean."),
            default={},
        ),
    ),
    of=Imports,
)
