"""Phrases in every conjugation and spelling, to the exact range; what only looks alike stays silent."""

from __future__ import annotations

import pytest
from articles import TODAY, found, guide_of

from msglint.engine import lint_corpus
from msglint.model import Environment, Source
from msglint.rule import builtin

CASES = [
    ("漏れなく拾う", "伝票の文字をもれなく拾い、台帳に写す", "もれなく拾い"),
    ("漏れなく拾う", "雨がもれなくなり、拾う人もいない", ""),
    ("取り返しがつかない", "とりかえしがつかなくなる", "とりかえしがつかなく"),
    ("面倒くさい", "面倒臭くなります", "面倒臭く"),
    ("売上を伸ばす", "これなら売上を伸ばせそう。", "売上を伸ばせそう"),
    ("時代遅れ", "紙を時代おくれと呼ぶ", "時代おくれ"),
    ("うさんくさい", "表示が胡散臭い製品もある", "胡散臭い"),
    ("安心して任せる", "安心してお任せになれる会社", "安心してお任せになれる"),
    ("手離れがよい", "手離れがよく見える自動送信", "手離れがよく"),
    ("必ず身につく", "必ず身につけば苦労はない", "必ず身につけば"),
    ("必ず身につく", "必ず身につけたい手順", ""),
    ("必ず身につく", "必ず身につけましょう", ""),
    ("売上を上げる", "売上を上げやすい日です", "売上を上げやすい"),
    ("売上を上げる", "売上を上げておきましょう", "売上を上げておきましょう"),
    ("売上を上げる", "売上を上げなさい", "売上を上げなさい"),
    ("売上を上げる", "売上が上げられます", "売上が上げられます"),
    ("売上を上げる", "売上が上げます", ""),
    ("売上を上げる", "売上を上げるで終わる", "売上を上げる"),
    ("夢を叶える", "夢をかなえられる", "夢をかなえられる"),
    ("手間をかけずに", "手間を掛けずに", "手間を掛けずに"),
    ("役に立つ", "役にたちます", "役にたちます"),
    ("会う", "合わせて合う", ""),
    ("噂を呼ぶ", "噂をお呼びになる", "噂をお呼びになる"),
    ("契約を急ぐ", "契約を急がされて困る", "契約を急がされて"),
    ("担当が書く", "担当が書かされました", "担当が書かされました"),
    ("代金を打つ", "代金を打たされました", "代金を打たされました"),
    ("人件費を削る", "人件費が削れるという提案", "人件費が削れる"),
    ("人件費を削る", "人件費が削る", ""),
    ("在庫を動かす", "在庫が動かせません", "在庫が動かせません"),
    ("秘密を漏らす", "秘密が漏らせる", "秘密が漏らせる"),
    ("乗り換える", "乗り換え割引がある", ""),
    ("乗り換える", "電車の乗り換えを調べる", ""),
    ("乗り換える", "他社に乗り換え費用を減らす", "乗り換え"),
    ("費用を抑える", "費用を抑え成果を出す", "費用を抑え"),
    ("求職者", "求職者1人の声", "求職者"),
    ("誰でも使える", "誰でも使う機能", ""),
    ("誰でも使える", "誰でもつかえる機能", "誰でもつかえる"),
    ("誰でも使える", "誰でも使えそうな画面", "誰でも使えそう"),
    ("熱い", "熱さを測る", ""),
    ("面倒くさい", "面倒くさがる部下", ""),
    ("面倒くさい", "面倒くさそうに見える", "面倒くさそう"),
    ("痛い目に遭う", "痛い目にあった店", "痛い目にあった"),
    ("簡単にできる", "簡単にできるだけでなく、早い", "簡単にできる"),
    ("簡単にできる", "簡単に出来るだけじゃない", "簡単に出来る"),
    ("できるだけ", "できるだけ早く", "できるだけ"),
    ("刺さる", "相手にささる一文", "ささる"),
    ("顧客を囲い込む", "顧客をかこいこむ", "顧客をかこいこむ"),
    ("見える化する", "数字をみえる化する", "みえる化する"),
    ("見える化", "みえるかどうか", ""),
    ("現場任せ", "現場まかせにする", "現場まかせ"),
    ("数字を作る", "数字をおつくりになる", "数字をおつくりになる"),
    ("アポを取る", "アポをおとりになる", "アポをおとりになる"),
    ("業者", "業者間取引", ""),
    ("客を囲い込む", "客を囲いこめます", "客を囲いこめます"),
    ("丸投げ", "まるなげする", "まるなげ"),
    ("丸投げ", "丸なげする", "丸なげ"),
    ("丸投げ", "まるい投げ方", ""),
    ("安心して任せる", "安心して任せきりにする", ""),
    ("安心して任せる", "安心して任せられる", "安心して任せられる"),
    ("業者", "業者側の話", "業者"),
    ("手間をなくす", "手間がなくせます", "手間がなくせます"),
    ("手間をなくす", "手間が無くせない", "手間が無くせない"),
    ("客を呼ぶ", "客が呼べません", "客が呼べません"),
    ("客を呼ぶ", "客が呼べば来る", ""),
    ("失敗しない", "失敗したくない気持ち", ""),
    ("失敗しない", "失敗しません", "失敗しません"),
    ("口に合う", "口にあった味", "口にあった"),
    ("手軽だ", "手軽らしい", "手軽らしい"),
    ("手軽だ", "手軽すぎる", "手軽すぎる"),
    ("手軽だ", "手軽そうな献立", "手軽そう"),
    ("お母さん", "お母さん方に配る", "お母さん"),
    ("解約金", "解約金なしの店", "解約金"),
    ("値段を下げる", "値段をお下げになりました", "値段をお下げになりました"),
    ("泥臭い", "泥臭く続けた", "泥臭く"),
    ("高い", "高すぎる", "高すぎる"),
    ("簡単だ", "簡単ではありません", "簡単ではありません"),
    ("簡単だ", "簡単である", "簡単である"),
    ("間違いない", "間違いございません", "間違いございません"),
    ("困っている", "困っていた", "困っていた"),
    ("困っている", "困る", ""),
    ("失敗しない", "失敗しません", "失敗しません"),
    ("失敗しない", "失敗する", ""),
    ("お約束します", "お約束いたします", "お約束いたします"),
    ("検討する", "ご検討くださいませ", "検討くださいませ"),
    ("激安", "超激安の札", "激安"),
    ("公開", "非公開の資料", ""),
    ("顧客を囲い込む", "顧客を囲いこんでいる", "顧客を囲いこんでいる"),
    ("手軽だ", "手軽で続けやすい", "手軽で"),
    ("参加者", "参加者（あなた）の声", "参加者"),
    ("勘に頼る", "勘に頼りがちな点検", "勘に頼り"),
    ("手間いらず", "手間要らずの計画", "手間要らず"),
    ("取りこぼす", "取りこぼしがちです", "取りこぼし"),
    ("部長", "本部長と部長室と部長会議", ""),
    ("B2B", "B2B2Cの店", ""),
    ("業界最高", "業界最高水準", ""),
    ("御社", "御社側と御社サービス", "御社"),
]


@pytest.mark.parametrize(("phrase", "text", "reported"), CASES)
def test_lemma(phrase: str, text: str, reported: str) -> None:
    places = [d.text for d in found(f"banned: [{{phrase: {phrase}}}]", f"{text}。", rule="banned-phrase")]
    assert places == ([reported] if reported else [])


@pytest.mark.parametrize(
    ("after", "spared"),
    [
        ("するわけではありません。", True),
        ("するとは限らない。", True),
        ("するとは、誰にも言えません。", True),
        ("するのは誤りです。", True),
        ("することはできません。", True),
        ("してはなりません。", True),
        ("しかねます。", True),
        ("するものではない。", True),
        ("しません。", True),
        ("する会社はありません。", True),
        ("するのは誤りではありません。", False),
        ("するだけでなく、費用も下がる。", False),
        ("するに違いありません。", False),
        ("するのではないでしょうか。", False),
        ("するので、心配はいらない。", False),
        ("しなければなりません。", False),
        ("しなければと焦る。", False),
        ("しなくなりました。", True),
        ("するじゃないですか。", False),
        ("すると思いませんか。", False),
        ("すると考えて間違いありません。", False),
        ("しなければ、始まる。", True),
        ("せざるを得ません。", False),
        ("することは間違いありません。", False),
        ("しないわけではない。", False),
        ("します。", False),
    ],
)
def test_unless_negated(after: str, spared: bool) -> None:
    guide = "banned: [{phrase: 成果を保証する, unless: [negated]}]"
    assert (not found(guide, f"成果を保証{after}", rule="banned-phrase")) is spared


_DENIABLE = """
banned:
  - {phrase: 値段を下げる, unless: [negated]}
  - {phrase: 料金が高い, unless: [negated]}
  - {phrase: 全自動だ, unless: [negated]}
  - {phrase: 必ず成果が出る, unless: [negated]}
  - {phrase: リードを放置する, unless: [negated]}
  - {phrase: 成果を保証する, unless: [negated]}
  - {phrase: ノーリスク, unless: [negated]}
  - {phrase: 見える化する}
  - {phrase: 手間をなくす}
  - {phrase: 丸投げする, unless: [negated]}
  - {phrase: 手厚い, unless: [negated]}
"""


_NOUNS = """
banned:
  - {phrase: 丸投げ, unless: [negated]}
  - {phrase: 魔法の杖, unless: [negated]}
  - {phrase: 現場任せ, unless: [negated]}
  - {phrase: 半永久的, match: exact, unless: [negated]}
"""


@pytest.mark.parametrize(
    "text",
    """
丸投げせずに進めます。
丸投げすることなく任せます。
丸投げは一切ありません。
丸投げはあり得ません。
丸投げなどいたしません。
丸投げするべきではありません。
丸投げすべきではない。
丸投げしてはいけません。
丸投げとは違います。
丸投げは禁物です。
丸投げだったとは言えません。
丸投げするつもりはありません。
丸投げするわけにはいきません。
丸投げはしません。
丸投げにはしません。
丸投げをしないで進める。
丸投げするのではなく、相談します。
丸投げしない会社です。
丸投げを避けます。
丸投げはやめましょう。
丸投げにせず、相談します。
半永久的に使えるわけではありません。
半永久的に使えるとは限りません。
半永久的な部品ではありません。
現場任せにしないという原則です。
現場任せにはせず、決めておきます。
現場任せとしないために決めます。
魔法の杖はどこにもありません。
魔法の杖はどこにもない。
魔法の杖など、どこにもない時代です。
魔法の杖などありません。
魔法の杖ではありません。
魔法の杖というものはありません。
魔法の杖はこの世にない。
""".split(),
)
def test_what_denies_a_noun(text: str) -> None:
    assert found(_NOUNS, text, rule="banned-phrase") == []


@pytest.mark.parametrize(
    "text",
    """
丸投げします。
丸投げするしかありません。
丸投げしても問題ありません。
丸投げで問題ありません。
丸投げは悪いことではありません。
丸投げせざるを得ません。
丸投げしなければなりません。
丸投げしたくなります。
魔法の杖があります。
魔法の杖に違いありません。
現場任せにします。
半永久的に使えます。
半永久的な部品です。
丸投げして、心配はありません。
丸投げしませんか。
丸投げで手間はありません。
丸投げだったと言えます。
""".split(),
)
def test_what_does_not_deny_a_noun(text: str) -> None:
    assert len(found(_NOUNS, text, rule="banned-phrase")) == 1


@pytest.mark.parametrize(
    "text",
    """
値段を下げてはいません。
値段を下げはしません。
値段を下げたりしません。
値段を下げたりはしません。
値段を下げてなどいません。
値段を下げるつもりはありません。
値段を下げるわけにはいきません。
値段を下げるわけにはまいりません。
値段を下げることなく続けます。
値段を下げることもなく続けます。
値段を下げずに続けます。
値段を下げなくても売れます。
値段を下げる必要はありません。
値段を下げる予定はありません。
値段を下げる気はない。
値段を下げようとはしません。
値段を下げるなど考えられません。
全自動であるとは言い切れません。
全自動だとは言い切れない。
全自動なわけがありません。
全自動では、ありません。
全自動とは限りません。
全自動というわけではない。
必ず成果が出るワケではありません。
必ず成果が出るとお約束することはできません。
必ず成果が出るとは約束できません。
必ず成果が出るかといえば、そうではありません。
必ず成果が出るかと言えばそうでもない。
必ず成果が出るというのは言い過ぎです。
必ず成果が出ると言うのは言いすぎだ。
リードを放置することなく渡します。
リードを放置しないで渡します。
成果を保証するつもりはありません。
成果を保証する契約ではありません。
成果を保証するサービスではありません。
成果を保証できません。
成果を保証いたしかねます。
ノーリスクではありません。
ノーリスクとは言えません。
ノーリスクなどありません。
必ず成果が出るとは思わないでください。
必ず成果が出るとは書かないこと。
必ず成果が出ると言ってはいけません。
必ず成果が出ると思い込むのは危険です。
必ず成果が出るなんてことはありません。
必ず成果が出る魔法はありません。
必ず成果が出る方法など存在しない。
丸投げはしません。
丸投げしてはいけない。
丸投げするのはやめましょう。
丸投げを避ける。
ノーリスクなわけではありません。
ノーリスクにはなりません。
ノーリスクになるとは限りません。
ノーリスクだとは言えません。
ノーリスクは存在しません。
ノーリスクなんてありません。
値段を下げる、とは言いません。
ノーリスクには届きません。
ノーリスクは実現できません。
ノーリスクを約束するものではありません。
リードを放置するためではありません。
リードを放置しようとはしません。
料金が高くありません。
料金が高くはありませんでした。
料金が高くもございません。
成果を保証することはしません。
成果を保証することはいたしません。
成果を保証するわけにはいかない。
成果を保証するわけにはいかず、困ります。
手厚い校閲とは言えませんが、続けます。
手厚い校閲とはとても言えない。
丸投げしませんという意味の分担表を必ず付けます。
丸投げするべきではない。
丸投げすべきではありません。
丸投げするものではありません。
""".split(),
)
def test_what_denies_a_phrase(text: str) -> None:
    assert found(_DENIABLE, text, rule="banned-phrase") == []


@pytest.mark.parametrize(
    "text",
    """
値段を下げませんか。
必ず成果が出れば苦労はありません。
「必ず成果が出る方法はありませんか」とのお尋ねです。
手厚い校閲と言えます。
値段を下げざるを得ません。
値段を下げざるをえません。
料金が高くございます。
値段を下げないわけにはいきません。
値段を下げないわけにはいかない。
必ず成果が出ると信じて疑いません。
必ず成果が出ることは疑いありません。
必ず成果が出るに違いありません。
必ず成果が出るので、心配はありません。
必ず成果が出ます。失敗はありません。
ノーリスク❗です。
ノーリスク✨始めましょう。
✨ノーリスク✨で始めます。
ノーリスク😊です。
見える化すべき数字です。
見える化すべきです。
手間をなくすべきです。
手間がなくせそうです。
成果を保証するだけでなく、費用も下げます。
成果を保証しないわけがありません。
必ず成果が出るといっても過言ではありません。
必ず成果が出ると言って差し支えありません。
全自動なので、手間はありません。
値段を下げ、質は落としません。
""".split(),
)
def test_what_denies_something_else(text: str) -> None:
    assert len(found(_DENIABLE, text, rule="banned-phrase")) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("水はつねに新しくする。常に確かめる。常に同じだ。", ["つね"]),
        ("ＣＡＤで描く。CADの色。CADの線。", ["ＣＡＤ"]),
        ("Ｎｏ．１をうたう。No.12の棚。No.13の棚。", []),
        ("見込み客に送る。見込み客と話す。見込客が増える。", ["見込"]),
        ("受付番号を書く。受け付けは三階。受け付けの人。", []),
        ("札に「問合せ」とある。問い合わせの数。問い合わせの人。", []),
        ("「手続」と「手続」の札。手続きの人。手続きの数。手続の日。", ["手続"]),
        ("ユーザの声。ユーザの数。ユーザーズガイド。", []),
        ("席に入る。列に入る。装置はいりません。", []),
        ("インターフェースを見る。インターフェースの色。インターフェイスの音。", ["インターフェイス"]),
        ("灯が付く。灯りを見る。灯りの色。", []),
        ("管の詰まりを取る。つまり、水が流れる。つまり同じ。", []),
        ("引継ぎまで含めます。権限の引き継ぎ、費用の話。引き継ぎの手順です。", ["引継ぎ"]),
    ],
)
def test_two_spellings(text: str, words: list[str]) -> None:
    assert [d.text for d in found("", text, rule="term-variant")] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("リードタイムは三日です。", []),
        ("リードを渡す。", ["リード"]),
        ("見込み顧客(リード)を渡す。", []),
        ("自社リードの数。", ["リード"]),
        ("問合せ先と問い合わせ先。", ["問合せ"]),
        ("お問合せ先です。", ["問合せ"]),
        ("問い合わせ先です。", []),
        ("問合せ料率の表。", ["問合せ"]),
        ("電気料を払う。電気料率の表。", ["電気料"]),
    ],
)
def test_listed_variants(text: str, words: list[str]) -> None:
    guide = (
        "terms: [{term: 見込み顧客, variants: [リード]}, {term: 問い合わせ, variants: [問合せ]}, "
        "{term: 電気料金, variants: [電気料]}]"
    )
    assert [d.text for d in found(guide, text, rule="term-variant")] == words


def test_a_verb_within_another_is_no_variant() -> None:
    guide = "terms: [{term: 会計する, variants: [レジを打つ]}]"
    text = "レジを打ち間違えました。レジを打ちます。"
    assert [d.text for d in found(guide, text, rule="term-variant")] == ["レジを打ちます"]


def test_a_variant_that_sudachi_cuts_in_two() -> None:
    guide = "terms: [{term: 締結する, variants: [取り交わす]}]"
    text = "紙で取り交わし、あとで読む。紙で取り交わしました。電話で取り次ぎ、書類を交わす。"
    words = ["取り交わし", "取り交わしました"]
    assert [d.text for d in found(guide, text, rule="term-variant")] == words


def test_quotations_are_not_compared_with_other_articles() -> None:
    others = "がんばろうと言う。がんばれる人。"
    assert found("", "写真の裏に「よく頑張った」とある。", others, rule="term-variant") == []
    assert [d.text for d in found("", "よく頑張った。", others, rule="term-variant")] == ["頑張っ"]


def test_what_a_dictionary_decides_is_not_compared() -> None:
    rules = "version: 1\nrules:\n  - {expected: シャッター, pattern: /(?<!カメラの)シャッタ(?!ー)/}\n"
    guide = guide_of("extends: [words.prh.yml]", {"words.prh.yml": rules})
    sources = [Source("a.md", "シャッターを閉める。カメラのシャッタを切る。カメラのシャッタ。".encode(), "a.md")]
    sources.append(Source("b.md", "シャッターの色。".encode(), "b.md"))
    run = lint_corpus(sources, guide, rules=builtin(), environment=Environment(TODAY))
    assert [d.text for result in run.results for d in result.diagnostics if d.rule == "term-variant"] == []


def test_what_is_reported_as_a_variant_is_no_spelling_of_another_word() -> None:
    guide = "terms: [{term: 見積書, variants: [見積り書]}]"
    text = "見積り書と見積もり。見積り書の日付。"
    assert [d.text for d in found(guide, text, rule="term-variant")] == ["見積り書", "見積り書"]


def test_of_two_spellings_that_are_as_common_the_one_in_a_block_quote_is_kept() -> None:
    text = "> 必ず読む。\n\nかならず読む人。必ず書く人。"
    assert [d.text for d in found("", text, rule="term-variant")] == ["かならず"]


def test_the_term_itself_is_never_the_rarer_spelling() -> None:
    guide = "terms: [{term: お問い合わせ, variants: [お問合せ]}, {term: 見込み客, variants: [見込客]}]"
    text = "お問合せと見込客。お問合せと見込客。お問い合わせと見込み客。"
    assert {d.text for d in found(guide, text, rule="term-variant")} == {"お問合せ", "見込客"}


def test_a_variant_within_a_longer_name() -> None:
    guide = "terms: [{term: 見積もり, variants: [見積]}, {term: サーバー, variants: [サーバ]}]"
    text = "見積は無料で、見積書はPDFで送ります。Webサーバを使います。"
    assert [(d.text, d.start.column) for d in found(guide, text, rule="term-variant")] == [("見積", 1), ("サーバ", 24)]


def test_a_listed_variant_is_a_warning_though_other_articles_spell_it_otherwise() -> None:
    guide = "terms: [{term: サーバー, variants: [サーバ]}]"
    (d,) = found(guide, "サーバを置く。", "サーバーを置く。", rule="term-variant")
    assert (d.text, d.entry, d.severity, d.fix and d.fix.replacement) == ("サーバ", "サーバー", "warning", "サーバー")


@pytest.mark.xfail(reason="Sudachi reads 断った as a form of 断る")
def test_homographs_that_sudachi_decides() -> None:
    assert found("banned: [{phrase: 悩みを断つ}]", "悩みを断った。", rule="banned-phrase")


@pytest.mark.xfail(reason="Sudachi cuts まるごと into まる and ごと")
def test_words_that_sudachi_cuts_in_one_spelling_only() -> None:
    assert found("banned: [{phrase: まるごと}]", "金庫を丸ごと運ぶ。", rule="banned-phrase")
