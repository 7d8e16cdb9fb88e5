"""Figures read out of Japanese text, and whether they agree with the guide's."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msglint.analysis.quantities import Mark, Quantity, agrees, canonical, quantities, years
from msglint.guide.model import Bound

# text, figure as written, value (low..high for a range), canonical unit, marks
ONE = r"""
日本企業のCRM導入率は37.2%です | 37.2% | 37.2 | % |
３７．２％にとどまる | ３７．２％ | 37.2 | % |
37.2パーセント | 37.2パーセント | 37.2 | % |
37.2 % の企業 | 37.2 % | 37.2 | % |
37.2 パーセント | 37.2 パーセント | 37.2 | % |
37.2㌫ | 37.2㌫ | 37.2 | % |
37.2ﾊﾟｰｾﾝﾄ | 37.2ﾊﾟｰｾﾝﾄ | 37.2 | % |
３７・２％ | ３７・２％ | 37.2 | % |
三割七分 | 三割七分 | 37 | % |
三割七分二厘 | 三割七分二厘 | 37.2 | % |
3割7分2厘 | 3割7分2厘 | 37.2 | % |
3.7割 | 3.7割 | 37 | % |
三・五割 | 三・五割 | 35 | % |
三七・二% | 三七・二% | 37.2 | % |
九割九分の企業 | 九割九分 | 99 | % |
一割 | 一割 | 10 | % |
百パーセント | 百パーセント | 100 | % |
前年比110% | 110% | 110 | % |
30%増 | 30% | 30 | % |
3割増の売上 | 3割 | 30 | % |
回答は37.2%だった | 37.2% | 37.2 | % |
4 分の 3 の企業 | 4 分の 3 | 75 | % |
導入は，37.2%である | 37.2% | 37.2 | % |
調査した．37.2%である | 37.2% | 37.2 | % |
37.2%\n以上の結果から | 37.2% | 37.2 | % |
37.2%\nを超える | 37.2% | 37.2 | % | over
ユーザー数10社 | 10社 | 10 | 社 |
4分の3の企業 | 4分の3 | 75 | % |
四分の一 | 四分の一 | 25 | % |
約4割 | 4割 | 40 | % | about
約 37 % | 37 % | 37 | % | about
およそ37% | 37% | 37 | % | about
ほぼ37% | 37% | 37 | % | about
37%前後 | 37% | 37 | % | about
37%ほど | 37% | 37 | % | about
37%程度 | 37% | 37 | % | about
37%くらい | 37% | 37 | % | about
八割方が | 八割 | 80 | % | about
4割弱 | 4割 | 40 | % | weak
4割近く | 4割 | 40 | % | weak
40%に迫る | 40% | 40 | % | weak
4割強 | 4割 | 40 | % | strong
30%超 | 30% | 30 | % | over
30%を超える | 30% | 30 | % | over
30%を超えたら | 30% | 30 | % | over
30%も超える | 30% | 30 | % | over
30%を上回る | 30% | 30 | % | over
30%より多い | 30% | 30 | % | over
30%オーバー | 30% | 30 | % | over
30%余り | 30% | 30 | % | over
30%以上 | 30% | 30 | % | at_least
30 % 以上 | 30 % | 30 | % | at_least
少なくとも30% | 30% | 30 | % | at_least
30%を下回らない | 30% | 30 | % | at_least
30%以下 | 30% | 30 | % | at_most
最大30% | 30% | 30 | % | at_most
最大で30% | 30% | 30 | % | at_most
30%を超えない | 30% | 30 | % | at_most
30%を超えてはならない | 30% | 30 | % | at_most
30%未満 | 30% | 30 | % | under
30%を下回る | 30% | 30 | % | under
30%を切る | 30% | 30 | % | under
30%に満たない | 30% | 30 | % | under
約30%以上 | 30% | 30 | % | about at_least
遅くとも24時間以内 | 24時間 | 24 | 時間 | at_most
過去最高の37.2% | 37.2% | 37.2 | % |
37.2%まで上昇した | 37.2% | 37.2 | % |
成約率30% | 30% | 30 | % |
30%から40% | 30%から40% | 30..40 | % |
30%〜40% | 30%〜40% | 30..40 | % |
10-20%の企業 | 10-20% | 10..20 | % |
1〜2割 | 1〜2割 | 10..20 | % |
二〜三割 | 二〜三割 | 20..30 | % |
+1.0ポイント | 1.0ポイント | 1 | ポイント |
＋１．０ポイント | １．０ポイント | 1 | ポイント |
プラス11ポイント | 11ポイント | 11 | ポイント |
11ポイント増 | 11ポイント | 11 | ポイント |
11ポイントアップ | 11ポイント | 11 | ポイント |
1.0pt増 | 1.0pt | 1 | ポイント |
1.0％ポイント | 1.0％ポイント | 1 | ポイント |
1.0パーセントポイント | 1.0パーセントポイント | 1 | ポイント |
−3% | 3% | -3 | % |
前年比-3% | 3% | -3 | % |
-3〜5% | 3〜5% | -3..5 | % |
▲1.2% | 1.2% | -1.2 | % |
マイナス0.5ポイント | 0.5ポイント | -0.5 | ポイント |
24時間以内に架電 | 24時間 | 24 | 時間 | at_most
24 時間以内 | 24 時間 | 24 | 時間 | at_most
二十四時間以内 | 二十四時間 | 24 | 時間 | at_most
1日以内 | 1日 | 24 | 時間 | at_most
三日間 | 三日間 | 72 | 時間 |
2週間 | 2週間 | 336 | 時間 |
1時間30分 | 1時間30分 | 1.5 | 時間 |
1 時間 30 分 | 1 時間 30 分 | 1.5 | 時間 |
三時間半 | 三時間半 | 3.5 | 時間 |
一時間 | 一時間 | 1 | 時間 |
30分〜1時間 | 30分〜1時間 | 0.5..1 | 時間 |
三十分以内 | 三十分 | 0.5 | 時間 | at_most
約三十分 | 三十分 | 0.5 | 時間 | about
10日以内 | 10日 | 240 | 時間 | at_most
3営業日以内 | 3営業日 | 3 | 営業日 | at_most
2年6か月 | 2年6か月 | 30 | か月 |
1年半 | 1年半 | 18 | か月 |
3年間 | 3年間 | 36 | か月 |
20年にわたり | 20年 | 240 | か月 |
2〜3年 | 2〜3年 | 24..36 | か月 |
6か月〜1年 | 6か月〜1年 | 6..12 | か月 |
3ヶ月 | 3ヶ月 | 3 | か月 |
３カ月 | ３カ月 | 3 | か月 |
三ヵ月 | 三ヵ月 | 3 | か月 |
3箇月 | 3箇月 | 3 | か月 |
12ケ月間 | 12ケ月間 | 12 | か月 |
3カ年 | 3カ年 | 36 | か月 |
1万2,000社 | 1万2,000社 | 12000 | 社 |
１２，０００社 | １２，０００社 | 12000 | 社 |
一万二千社 | 一万二千社 | 12000 | 社 |
百二十社 | 百二十社 | 120 | 社 |
千社 | 千社 | 1000 | 社 |
500社超の企業 | 500社 | 500 | 社 | over
120余社 | 120余社 | 120 | 社 | over
件数10件 | 10件 | 10 | 件 |
契約10件 | 10件 | 10 | 件 |
1.5万人 | 1.5万人 | 15000 | 人 |
10名様 | 10名様 | 10 | 人 |
一人以上 | 一人 | 1 | 人 | at_least
1〜2万人 | 1〜2万人 | 10000..20000 | 人 |
3億5千万円 | 3億5千万円 | 350000000 | 円 |
三千万円 | 三千万円 | 30000000 | 円 |
1,200千円 | 1,200千円 | 1200000 | 円 |
2〜3万円 | 2〜3万円 | 20000..30000 | 円 |
5,000〜1万円 | 5,000〜1万円 | 5000..10000 | 円 |
500万〜1,000万円 | 500万〜1,000万円 | 5000000..10000000 | 円 |
￥1,200 | ￥1,200 | 1200 | 円 |
$100万 | $100万 | 1000000 | ドル |
1,200米ドル | 1,200米ドル | 1200 | ドル |
MQL80点以上 | 80点 | 80 | 点 | at_least
2〜5点 | 2〜5点 | 2..5 | 点 |
２～５点 | ２～５点 | 2..5 | 点 |
2–5点 | 2–5点 | 2..5 | 点 |
2点から5点を加算 | 2点から5点 | 2..5 | 点 |
2から5点 | 2から5点 | 2..5 | 点 |
2ないし5点 | 2ないし5点 | 2..5 | 点 |
2点〜約5点 | 2点〜約5点 | 2..5 | 点 |
2、3社に相談 | 2、3社 | 2..3 | 社 | about
二、三社 | 二、三社 | 2..3 | 社 | about
少なくとも3項目 | 3項目 | 3 | 項目 | at_least
三つの理由 | 三つ | 3 | つ |
3 つの理由 | 3 つ | 3 | つ |
3倍以上 | 3倍 | 3 | 倍 | at_least
2倍半 | 2倍半 | 2.5 | 倍 |
月3回 | 3回 | 3 | 回 |
3カ国 | 3カ国 | 3 | か国 |
3店舗 | 3店舗 | 3 | 店 |
800字以内 | 800字 | 800 | 文字 | at_most
1万PV | 1万PV | 10000 | PV |
5ユーザーまで。 | 5ユーザー | 5 | ユーザー | at_most
3ステップで | 3ステップ | 3 | ステップ |
スコアは80以上 | 80 | 80 | | at_least
スコアが80を超えたら | 80 | 80 | | over
千以上の企業 | 千 | 1000 | | at_least
37.2 | 37.2 | 37.2 | |
約8,000万 | 8,000万 | 80000000 | | about
Office 365で20%削減 | 20% | 20 | % |
〇・五% | 〇・五% | 0.5 | % |
5人月は別、3社共同 | 3社 | 3 | 社 |
10年に1度の好機を3社が | 10年 | 120 | か月 |
37.2%（2024年） | 37.2% | 37.2 | % |
CVR=3% | 3% | 3 | % |
2024年度は37.2% | 37.2% | 37.2 | % |
半年ほど | 半年 | 6 | か月 | about
半月で | 半月 | 0.5 | か月 |
半日以内に | 半日 | 12 | 時間 | at_most
月額3万円からご利用 | 3万円 | 30000 | 円 | from
4割強まで伸びた | 4割 | 40 | % | strong
4割弱まで伸びた | 4割 | 40 | % | weak
床面積は3,200坪 | 3,200坪 | 3200 | 坪 |
広さ80㎡ | 80㎡ | 80 | 平方メートル |
広さ80平方メートル | 80平方メートル | 80 | 平方メートル |
客室は120室 | 120室 | 120 | 室 |
"""

NONE = r"""
前半年の反省
大半日の当たる
半期ごと
四半期に
半日制の
半年度の
数百社
数十件
十数社
何百社
数10社
数%の企業
百数十社
半数の企業
過半数
万円
億円単位
（千円）
単位：百万円
千・二9%
百・五3
九分九厘
動画を1.5倍速で再生する
30代
1990年代
3割引
3割り当て
1対3
一対一
3分の1
三分の二以上
2社に1社
三人に一人
第3章
第3回
第 3 四半期
3回目
1つ目
2 つ目
3年目
1位
2番目
No.1
No. 1
Step 2
ステップ3
手順3
図3
Web2.0
BtoB
4P
3C
5W1H
1on1
Office 365
Office 365 ライセンス
Windows 11
GPT-4
GPT-4o
H2O
A4用紙
B2B
5G
4K
2次元
第2四半期
v2.1
1.2.3
192.168.0.1
ISO27001
§3
(1)
①
1. はじめに
6.2 本契約は
10月
10月5日
10月1〜3日
2019 年 11 月 11 日
毎月10日
5日付で
15日に開催
30日まで
午前9時
9時30分
9:00
9:00〜18:00
2026年度
2023年
2023〜2025年
二〇二三年
令和5年
平成三十年
24年度
24年3月
98年に創業
FY24
2026-10
2026/10/01
2026-10-01
03-1234-5678
0120-123456
007
24時間365日
24時間対応
1,2,3
1、2、3
1,2000社
1つのメッセージ
1人ひとり
1社1社
〇〇%
〇〇社
3分割
一般
一貫
一人ひとり
統一
第一
三者
千葉
十分
十分な検討
十分に
イベントの十分前に
二分する
万全
一部
一つ
二人三脚
百科
一方
一日
一年
$100k
$20 百万未満
9 分の 1
フェーズ2まで
13.3 本セクション
複数3社
表記は3/4以上
一度
一切
一社
四半期
五感
七面鳥
八百屋
九州
一番
一回
一件落着
関東一円
人一倍
六本木
四日市
十人十色
五分五分
三日坊主
二十代
3月期
3社員
4社会
5本部
3名義
1回答者
24時間帯
2024 ロードマップ
10^6
3×4
https://example.com/2024/30%?n=5点
"""


def read(line: str) -> tuple[str, str, Decimal, Decimal, str, tuple[str, ...]]:
    text, figure, value, unit, marks = (line + " ").replace("\\n", "\n").split("|")
    low, _, high = value.strip().partition("..")
    return text.strip(), figure.strip(), Decimal(low), Decimal(high or low), unit.strip(), tuple(marks.split())


@pytest.mark.parametrize("line", ONE.strip().splitlines())
def test_a_figure(line: str) -> None:
    text, figure, low, high, unit, marks = read(line)
    first = quantities(text)[0]
    assert (first.text, first.low, first.high, first.unit, first.marks) == (figure, low, high, unit, marks)
    assert text[first.start : first.end] == figure


@pytest.mark.parametrize(
    "line", [line for line in ONE.strip().splitlines() if "、" not in line and "に1度" not in line]
)
def test_there_is_no_second_figure(line: str) -> None:
    text = read(line)[0]
    assert len(quantities(text)) == 1


@pytest.mark.parametrize("text", NONE.strip().splitlines())
def test_no_figure(text: str) -> None:
    assert quantities(text) == ()


def all_of(text: str) -> list[tuple[str, str]]:
    return [(q.text, q.unit) for q in quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("36.2%から37.2%に上昇した", ["36.2%", "37.2%"]),
        ("36.2%から37.2%へ", ["36.2%", "37.2%"]),
        ("36.2%から、37.2%に増えた", ["36.2%", "37.2%"]),
        ("36.2%から37.2%まで伸びた", ["36.2%", "37.2%"]),
        ("36.2%から37.2%になった。", ["36.2%", "37.2%"]),
        ("5%→10%", ["5%", "10%"]),
        ("30%以上40%未満", ["30%", "40%"]),
        ("2点以上5点以下", ["2点", "5点"]),
        ("2023年度は36.2%、2024年度は37.2%(+1.0ポイント)", ["36.2%", "37.2%", "1.0ポイント"]),
        ("37.2%\n(調査)と34.3%", ["37.2%", "34.3%"]),
        ("37.2\n%の企業", ["37.2\n%"]),
        ("10月1日から3日間", ["3日間"]),
        ("ポイント3、ポイントは3つ", ["3つ"]),
        ("国内30%・海外70%", ["30%", "70%"]),
        ("1日〜3社", ["1日", "3社"]),
    ],
)
def test_several_figures(text: str, expected: list[str]) -> None:
    assert [q.text for q in quantities(text)] == expected


def test_units_of_a_sentence() -> None:
    text = "1社あたり3人、1件につき5点、費用は月額2万円"
    assert all_of(text) == [("1社", "社"), ("3人", "人"), ("1件", "件"), ("5点", "点"), ("2万円", "円")]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("1時間当たり3件", ["per", None]),
        ("1日3件", ["per", None]),
        ("1社あたり3人", ["per", None]),
        ("1件につき5点", ["per", None]),
        ("3か月ごとに見直す", ["per"]),
        ("3日に1回", ["per", None]),
        ("100点満点で80点", ["per", None]),
        ("5段階評価で4点", ["per", None]),
        ("10万円単位", ["per"]),
        ("全500社のうち120社", ["sample", None]),
        ("500社中120社", ["sample", None]),
        ("BANT4項目のうち3項目以上", ["sample", None]),
        ("500社を対象に", ["sample"]),
        ("500人に聞いた", ["sample"]),
        ("120社の調査で37.2%", ["sample", None]),
        ("(n=300)", ["sample"]),
        ("n=2000", ["sample"]),
        ("有効回答数は500件", ["sample"]),
        ("回答者500人", ["sample"]),
        ("サンプル数300", ["sample"]),
        ("導入済みとの回答は37.2%", [None]),
        ("3日のうちに", [None]),
        ("5チーム40人", [None, None]),
    ],
)
def test_roles(text: str, roles: list[str | None]) -> None:
    found = quantities(text)
    assert [q.role for q in found] == roles
    assert [q.per for q in found] == [role == "per" for role in roles]


@pytest.mark.parametrize(
    ("text", "outer", "signed"),
    [
        ("約37.2%以上の企業", "約37.2%以上", False),
        ("前年から+1.0ポイントの", "+1.0ポイント", True),
        ("前年からプラス約11ポイント程度", "プラス約11ポイント程度", True),
        ("差は±3%以内。", "±3%以内", True),
        ("率が30%を超える企業", "30%を超える", False),
        ("最大で約5点まで。", "最大で約5点まで", False),
    ],
)
def test_outer_range_and_sign(text: str, outer: str, signed: bool) -> None:
    (found,) = quantities(text)
    assert (text[slice(*found.outer)], found.signed) == (outer, signed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年と2024年度", [("2023年", 2023), ("2024年度", 2024)]),
        ("２０２３年", [("２０２３年", 2023)]),
        ("2023 年 3 月期", [("2023 年", 2023)]),
        ("二〇二三年", [("二〇二三年", 2023)]),
        ("二○二三年度", [("二○二三年度", 2023)]),
        ("令和5年(2023)", [("令和5年", 2023), ("2023", 2023)]),
        ("令和元年度", [("令和元年度", 2019)]),
        ("平成三十年", [("平成三十年", 2018)]),
        ("R5年度", [("R5年度", 2023)]),
        ("FY2023とFY24", [("FY2023", 2023), ("FY24", 2024)]),
        ("’23年度", [("’23年度", 2023)]),
        ("2023/10/01、2023-10-01、2023.10.1", [("2023", 2023)] * 3),
        ("2023〜2025年", [("2023", 2023), ("2025年", 2025)]),
        ("3年、20年間、2000年間、1990年代、2023社、2023", []),
        ("年々増えている", []),
    ],
)
def test_years(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(text[y.start : y.end], y.year) for y in years(text)] == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected", "name"),
    [
        ("37.2", "%", "37.2", "%"),
        ("37.2", "％", "37.2", "%"),
        ("37.2", "㌫", "37.2", "%"),
        ("4", "割", "40", "%"),
        ("1", "日", "24", "時間"),
        ("30", "分", "0.5", "時間"),
        ("3", "万円", "30000", "円"),
        ("1.5", "億円", "150000000", "円"),
        ("2", "千社", "2000", "社"),
        ("3", "百万円", "3000000", "円"),
        ("2", "年", "24", "か月"),
        ("6", "ヶ月", "6", "か月"),
        ("3", "名", "3", "人"),
        ("2", "四半期", "2", "四半期"),
        ("5", "ユーザー", "5", "ユーザー"),
        ("5", " 点 ", "5", "点"),
        ("80", "", "80", ""),
        ("8", "万", "80000", ""),
        ("1", "pt", "1", "ポイント"),
    ],
)
def test_canonical(value: str, unit: str, expected: str, name: str) -> None:
    low, high, found = canonical(Decimal(value), Decimal(value) * 2, unit)
    assert (low, high, found) == (Decimal(expected), Decimal(expected) * 2, name)


def test_equal_times_are_equal_however_they_are_written() -> None:
    written = ["80分", "1時間20分", "一時間二十分", "4800秒"]
    assert len({quantities(text)[0].low for text in written}) == 1
    assert quantities("80分")[0].low == canonical(Decimal(80), Decimal(80), "分")[0]


def stated(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("bound", "value", "yes", "no"),
    [
        (
            "exact",
            "37.2",
            "37.2% ３７．２％ 三割七分二厘 約37.2% 約37% 37%ほど およそ37% 37%前後 37%程度 4割弱 40%近く 37%強",
            "37% 約4割 4割 4割強 3割強 3割弱 38%弱 約38% 約37.3% 47.2% 37.2%以上 37.2%超 37.2%未満 30〜40% -37.2%",
        ),
        ("exact", "40", "40% 四割 約4割 約40%", "4割弱 4割強 約4.1割 41%"),
        ("exact", "99.6", "99.6% 約100% 100%弱", "100% 約99%"),
        ("over", "30", "30% 30%超 30%以上 30%を超える 3割 三割超 約30% 30%強", "30%未満 30%以下 30%弱 31% 40%超 29%超"),
        ("at_least", "30", "30% 30%超 30%以上 最低30%", "30%未満 最大30% 35%以上"),
        ("at_most", "30", "30% 30%以下 30%未満 30%以内 最大30%", "30%超 30%以上 30%強 20%以下"),
        ("under", "30", "30% 30%未満 30%を下回る", "30%以上 30%を超える"),
        ("about", "30", "30% 約30% 33% 27% 約3割 29%強", "34% 約26% 約4割"),
    ],
)
def test_agreement_with_one_value(bound: Bound, value: str, yes: str, no: str) -> None:
    low, high, _ = canonical(Decimal(value), Decimal(value), "%")
    assert [text for text in yes.split() if not agrees(stated(text), low, high, bound)] == []
    assert [text for text in no.split() if agrees(stated(text), low, high, bound)] == []


def test_agreement_across_units() -> None:
    low, high, _ = canonical(Decimal(24), Decimal(24), "時間")
    agreeing = ["24時間以内", "1日以内", "二十四時間", "24時間を超えない"]
    assert all(agrees(stated(text), low, high, "at_most") for text in agreeing)
    assert not any(agrees(stated(text), low, high, "at_most") for text in ["48時間以内", "2日以内", "24時間以上"])


@pytest.mark.parametrize(
    ("text", "agreeing"),
    [
        ("約1万2,000社", True),
        ("約12,300社", True),
        ("約12,350社", True),
        ("約12,340社", False),
        ("約1万社", False),
        ("1万社強", True),
        ("12,345社", True),
        ("12,300社", False),
    ],
)
def test_rounding_of_counts(text: str, agreeing: bool) -> None:
    assert agrees(stated(text), Decimal(12345), Decimal(12345), "exact") is agreeing


@pytest.mark.parametrize(
    ("text", "agreeing"),
    [
        ("2〜5点", True),
        ("2点から5点", True),
        ("最大5点", True),
        ("5点以下", True),
        ("5点まで。", True),
        ("2点以上", True),
        ("最低2点", True),
        ("約2〜5点", True),
        ("5点", False),
        ("2点", False),
        ("3点", False),
        ("5点以上", False),
        ("最大2点", False),
        ("2〜6点", False),
        ("1〜5点", False),
    ],
)
def test_agreement_with_a_range(text: str, agreeing: bool) -> None:
    assert agrees(stated(text), Decimal(2), Decimal(5), "exact") is agreeing


def test_about_takes_what_lies_in_its_range() -> None:
    assert agrees(stated("3点"), Decimal(2), Decimal(5), "about")
    assert not agrees(stated("8点"), Decimal(2), Decimal(5), "about")


PIECES = [
    "1",
    "２",
    "3",
    "0",
    ",",
    "．",
    "・",
    "万",
    "千",
    "十",
    "一",
    "〇",
    "%",
    "割",
    "分",
    "時間",
    "社",
    "年",
    "月",
    "日",
]
PIECES += [
    "〜",
    "-",
    "から",
    "約",
    "最大",
    "以上",
    "超",
    "を",
    "の",
    " ",
    "\n",
    "\ufffc",
    "第",
    "目",
    "令和",
    "/",
    "A",
    "://",
]


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
def test_any_text_is_read_in_order_and_in_bounds(text: str) -> None:
    at = 0
    for found in quantities(text):
        assert at <= found.start < found.end <= len(text)
        assert found.outer[0] <= found.start
        assert found.end <= found.outer[1] <= len(text)
        assert found.text == text[found.start : found.end]
        assert found.low <= found.high
        assert set(found.marks) <= set(get_args(Mark))
        at = found.end
    assert all(text[y.start : y.end] for y in years(text))


@pytest.mark.parametrize(
    "piece", ["1,000,", "千", "一", "1時間", "2年", "1〜", "1、", "1%から", "1-", "9", "://1", "最大"]
)
def test_long_runs_are_read_at_once(piece: str) -> None:
    text = piece * 3000
    assert all(q.end <= len(text) for q in quantities(text))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("食品ロスは八十万トンです", [("八十万トン", "800000")]),
        ("値上げは二万六百九品目です", [("二万六百九品目", "20609")]),
        ("千葉県の一トンの重さ", []),
        ("5Gの通信", []),
        ("5gの粉", [("5g", "5")]),
    ],
)
def test_units_of_the_guide_after_kanji(text: str, read: list[tuple[str, str]]) -> None:
    own = frozenset({"トン", "品目"})
    assert [(q.text, f"{q.low:f}") for q in quantities(text, own)] == read
