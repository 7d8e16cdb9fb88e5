"""What is measured, and so a statistic to register, and what is set, priced, asked for or a saying."""

from __future__ import annotations

import re

import pytest
from articles import found

MEASURED = """
展示会の来場者の⟦6割⟧は、翌月には社名を忘れていました。
メールの開封率は⟦18%⟧でした。
導入した会社の⟦72%⟧が、1年以内に元の方法に戻しています。
営業が使った資料は、作った資料の⟦3割⟧にとどまります。
問い合わせの⟦4割⟧が、夜の8時以降に届いています。
失注の理由を記録している会社は、⟦23%⟧しかありません。
調査では、⟦1,040人⟧が資料を最後まで読まないと答えました。
担当者の半数以上、⟦56%⟧が会議を減らしたいと考えている。
前年より⟦12ポイント⟧高い結果です。
資料請求から商談になったのは⟦5%⟧。
国内の中小企業では、専任の担当者がいる会社は⟦1割⟧に満たない。
ある調査によれば、購買の⟦57%⟧は営業に会う前に終わっています。
アンケートで最も多かったのは「時間がない」の⟦41%⟧でした。
解約した会社のうち、⟦64%⟧が理由を聞かれていませんでした。
訪問者は前の年の⟦1.4倍⟧に増えました。
資料を読んだ人の商談化率は、読んでいない人の⟦2.3倍⟧です。
記事の⟦9割⟧は、公開から1年で誰にも読まれなくなります。
営業日報の⟦35%⟧が白紙でした。
受注した案件の⟦8割⟧で、記事が読まれていた。
経営者の3人に1人、⟦33%⟧が後継者を決めていません。
"""

NOT_MEASURED = """
画面の左3割を余白にします。
記事の3割は、失敗の話に充てましょう。
広告費は売上の5%までと決めています。
会議の時間を半分、できれば3割に減らせないでしょうか。
予算の2割を試作に残しておくと安心です。
点数が70%に届かない人は、もう一度受けます。
割引率は10%です。
消費税10%が別にかかります。
電池の残りが20%になったら充電します。
完成度は8割でよいので、早く出しましょう。
入力が100%終わってから次に進みます。
仮に転換率が2%なら、必要な訪問は5万件です。
転換率を2倍にする方法を3つ紹介します。
資料の9割ができたところで、上司に見せます。
毎月の目標は前年比110%です。
1件の失注の裏に、3倍の不満があると考えてください。
写真を50%縮小して貼ります。
利率は年1.2%で固定です。
返品は購入から30日以内、送料は半額になります。
公開から3日で直帰率が80%を超えたら、見出しを変えます。
社員の2割が交代で在宅になるよう、席を減らします。
倍率2倍のレンズで撮ります。
確率が50%なら、やめておくのが無難です。
見積もりより3割高くなることも想定しておきます。
3割打者のように、毎回は当たりません。
フォローの電話は、届いた順に2割ずつ配ります。
売上に占める割合が1%未満の商品は、表から外します。
優先度が高いのは上位10%の案件です。
湿度60%以下で保管してください。
進み具合は7割といったところです。
手数料は売上の3%をいただきます。
満点の8割を合格とします。
色の濃さは30%が見やすいでしょう。
社内の合意が8割取れたら動き出す、という会社もあります。
読了率が6割を下回る記事は、書き直しの対象です。
配合は水7割、薬剤3割です。
稼働率99.9%を保証します。
人の記憶の半分は1日で消える、と言う人もいます。
"""


@pytest.mark.parametrize("line", MEASURED.strip().splitlines())
def test_a_statistic(line: str) -> None:
    marks = [(m.start() - 2 * i, m[1]) for i, m in enumerate(re.finditer("⟦([^⟧]*)⟧", line))]
    said = found("", re.sub("[⟦⟧]", "", line), rule="fact-unregistered")
    assert [(d.start.offset, d.text) for d in said] == marks


@pytest.mark.parametrize("line", NOT_MEASURED.strip().splitlines())
def test_no_statistic(line: str) -> None:
    assert [d.text for d in found("", line, rule="fact-unregistered")] == []


@pytest.mark.xfail(
    reason="what only is said to be so, and what a sentence takes for granted, has the shape of a statistic"
)
@pytest.mark.parametrize(
    "line", ["成果の8割は一部の顧客から生まれる、とよく言われます。", "この章では、3割の読者が離れる理由を考えます。"]
)
def test_sayings_are_reported(line: str) -> None:
    assert found("", line, rule="fact-unregistered") == []
