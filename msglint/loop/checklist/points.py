"""The fifteen points: what each asks, who can answer it, what no tool can know of it, and the rule that looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from msglint.loop.checklist import agreement, content, improving, measuring, voices
from msglint.loop.checklist.model import Finding, Ground
from msglint.model import Text

Judge = Literal["tool", "both", "person"]


class Point(NamedTuple):
    """A point of the checklist.

    `judge`: "tool", what is seen decides; "both", what is seen is evidence, and a person's word settles it; "person",
    the tool sees little, and a word stays a word.
    """

    number: int
    title: Text
    judge: Judge
    look: Callable[[Ground], Finding]
    cannot: Text


POINTS = (
    Point(
        1,
        Text(
            "MQLとSQLが文書で定義され、両部門が合意している",
            "MQL and SQL are defined in writing and agreed by both sides",
        ),
        "both",
        agreement.definition,
        Text("本当に納得しているか", "whether they meant it"),
    ),
    Point(
        2,
        Text("スコアリングの基準が決まっている", "Scoring criteria are set"),
        "tool",
        agreement.scoring,
        Text("点数が妥当か(四半期のレビューで見る)", "whether the points are right (see the quarterly review)"),
    ),
    Point(
        3,
        Text("MQLの後の対応ルール(時間、担当)がある", "There are rules after an MQL (time, person)"),
        "tool",
        agreement.answering,
        Text("電話の中身", "what was said in the calls"),
    ),
    Point(
        4,
        Text("全コンテンツで1つのメッセージを伝えている", "All content carries one message"),
        "both",
        content.one_message,
        Text("語調や図の印象のずれ", "nuance, tone and pictures"),
    ),
    Point(
        5,
        Text("ターゲットのペルソナが定義されている", "Target personas are defined"),
        "both",
        content.personas,
        Text("ペルソナが実在の読み手に合うか", "whether the persona is true"),
    ),
    Point(
        6,
        Text("商談で使う形式(シート、要約)がある", "There are formats for deals (sheet, summary)"),
        "tool",
        content.formats,
        Text("シートの良し悪し(11で見る)", "whether the sheets are good (see 11)"),
    ),
    Point(
        7,
        Text("営業のフィードバックを集める仕組みがある", "There is a way to collect sales' feedback"),
        "tool",
        voices.collected,
        Text("答えなかった面談の中身", "what was not answered"),
    ),
    Point(
        8,
        Text("フィードバックをコンテンツの改善に反映している", "Feedback is brought into content"),
        "both",
        improving.brought_in,
        Text("直した中身の質", "the quality of the change"),
    ),
    Point(
        9,
        Text("月次と四半期のレビューを開いている", "Reviews are held monthly and quarterly"),
        "both",
        measuring.meetings,
        Text("実際に話し合われたか", "what really was discussed"),
    ),
    Point(
        10,
        Text("MQLからSQLへの転換率を定期的に測っている", "MQL to SQL conversion is measured regularly"),
        "tool",
        measuring.conversion_measured,
        Text("CRMの記録が正しいか", "whether the CRM tells the truth"),
    ),
    Point(
        11,
        Text("商談で使えた、使えなかったコンテンツが分かる", "It is known which content was usable in deals"),
        "tool",
        voices.usable_or_not,
        Text("報告されなかった利用", "use that nobody reported"),
    ),
    Point(
        12,
        Text(
            "効果指標(閲覧、コンバージョン、商談化率)が決まっている",
            "Effect metrics are set (views, conversions, rate of deals)",
        ),
        "both",
        measuring.metrics_set,
        Text("コンテンツのおかげかどうか", "whether content was the cause"),
    ),
    Point(
        13,
        Text("情報を共有する道具がある", "There are tools to share information"),
        "person",
        measuring.tools,
        Text("ほかの道具での共有", "tools elsewhere"),
    ),
    Point(
        14,
        Text("リードの温度感と課題が営業に正しく伝わっている", "Warmth and problems of a lead reach sales correctly"),
        "both",
        voices.warmth,
        Text("実際に何が伝えられたか", "what was really said"),
    ),
    Point(
        15,
        Text("営業の声がコンテンツ作成に反映されている", "Sales' voice is heard when content is made"),
        "both",
        improving.heard,
        Text("どれだけ影響したか", "how much it influenced"),
    ),
)
