"""register: です・ます and だ・である, each article in its persona's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msglint.analysis.register import Registered, ending_of, registered
from msglint.guide.model import Persona, Register
from msglint.model import Severity, Text, Violation
from msglint.rule import Context, Example, Rule

_NAMES: dict[Register, Text] = {
    "polite": Text("敬体(です・ます)", "the polite register (です・ます)"),
    "plain": Text("常体(だ・である)", "the plain register (だ・である)"),
}


def check(ctx: Context) -> Iterator[Violation]:
    """Yield the predicate of each body sentence that is in another register than the article's."""
    said = list(registered(ctx.view))
    persona = ctx.persona if ctx.persona and ctx.persona.register else None
    wanted = persona.register if persona else _majority(said)
    for one in said:
        found = ending_of(ctx.view, one.block, one.sentence) if wanted and one.register != wanted else None
        if found and wanted:
            span = one.block.span(found.start, found.end)
            words = one.block.text[found.start : found.end].replace("\n", "")
            message = _message(words, found.register, wanted, persona)
            if one.taken_up:
                message = Text(message.ja + _THOUGHT.ja, message.en + _THOUGHT.en)
            ceiling = Severity.INFO if one.taken_up else None
            yield Violation(span, message, entry=persona.id if persona else None, severity=ceiling)


_THOUGHT = Text(
    "次の文が受けているせりふや思いなら、「」で囲むか、このままにしてください。",
    " Where the next sentence takes it up as what somebody says or thinks, put it in 「」 or leave it as it is.",
)


def _message(words: str, register: Register, wanted: Register, persona: Persona | None) -> Text:
    has, wants = _NAMES[register], _NAMES[wanted]
    if persona is None:
        why = Text(f"この記事のほかの文は{wants.ja}です。", f"The rest of the article is in {wants.en}.")
    else:
        name = persona.name or persona.id
        why = Text(f"「{name}」向けの記事は{wants.ja}で書きます。", f'Articles for "{name}" are written in {wants.en}.')
    return Text(f"「{words}」は{has.ja}です。{why.ja}", f'"{words}" is in {has.en}. {why.en}')


def _majority(said: list[Registered]) -> Register | None:
    """The register most sentences are in; of two equally common ones the first, none when there is only one."""
    counts = Counter(one.register for one in said if not one.taken_up)
    return counts.most_common(1)[0][0] if len(counts) > 1 else None


_GUIDE = """
personas:
  - {id: manager, name: 責任者, register: polite}
  - {id: engineer, register: plain}
  - {id: anyone}
"""


def _for(persona: str, body: str) -> str:
    return f"---\ntitle: 記事\npersona: {persona}\n---\n{body}"


RULE = Rule(
    id="register",
    severity=Severity.WARNING,
    check=check,
    summary=Text(
        "敬体と常体の混在、ペルソナに合わない文体を見つける", "Finds sentences in another register than the article's"
    ),
    page=Text(
        """1つの記事の中で「です・ます」と「だ・である」が混ざると、読者は書き手が変わったように感じます。
ペルソナに`register`(politeは敬体、plainは常体)があれば、それと違う文末を指摘します。なければ、記事の中で少ないほうの文末を指摘します。

見るのは本文の段落の、文の最後の述語だけです。句点のない文は、段落の終わりで、文だとはっきり分かる形のときだけ見ます。体言止め、助詞で終わる文、箇条書き、表、見出し、引用(「」の中と引用ブロック)は
どちらの文体とも数えません。次の文が「そんな悩みを」「そう考える」と受ける文は、「」のない引用かもしれないので、知らせるだけ(info)です。「〜ください」は敬体です。""",
        """An article that mixes です・ます with だ・である reads as if two people had written it. With a persona's
`register` every other ending is reported, without one the less frequent register of the article. Only the last predicate of body
sentences counts, without a full stop only where it plainly is a sentence: endings in a noun or particle, lists, tables, headings and quotations are neutral. A plain sentence that the next takes up as what somebody thinks (そんな悩みを) is an info.""",
    ),
    examples=(
        Example(_for("manager", "商談は⟦増える⟧。担当者が確認します。"), _GUIDE),
        Example(_for("manager", "これが⟦課題だ⟧。"), _GUIDE),
        Example(_for("manager", "共有の仕組みが⟦必要である⟧。"), _GUIDE),
        Example(_for("manager", "さあ、⟦始めよう⟧。なぜ⟦続かない⟧のか。合言葉は「続ける」⟦だ⟧。"), _GUIDE),
        Example(_for("manager", "数は多くても質は⟦高くない⟧。"), _GUIDE),
        Example(_for("manager", "営業と**⟦合意した⟧**。(詳しくは次の章で。)"), _GUIDE),
        Example(_for("engineer", "手順を⟦説明します⟧。設定は終わった。"), _GUIDE),
        Example(_for("engineer", "まず資料を⟦ご確認ください⟧。資料を⟦お渡ししています⟧。"), _GUIDE),
        Example("一つ目です。二つ目です。三つ目は⟦違う⟧。"),
        Example("一つ目だ。二つ目も同じだ。三つ目は⟦違います⟧よね。"),
        Example(_for("manager", "担当者が確認します。資料をご覧ください。いかがでしょうか。"), _GUIDE),
        Example(_for("manager", "必要なのは合意。あとは実行あるのみ。"), _GUIDE),
        Example(_for("manager", "- 合意する。\n- 実行する。\n\n| 手順 |\n|---|\n| 合意する。 |"), _GUIDE),
        Example(_for("manager", "担当者は「もう十分だ。」と言いました。営業の声は「使えない。」"), _GUIDE),
        Example(_for("manager", "> 引用は常体である。\n\n本文は敬体です。"), _GUIDE),
        Example(_for("manager", "## なぜ必要なのか。\n\n[詳細を見る](https://example.com)"), _GUIDE),
        Example(_for("manager", "**結論は⟦一つだ⟧。** そのうえで始めます。理由は簡単です。"), _GUIDE),
        Example(_for("manager", "**まず合意する。** そのうえで始めます。理由は簡単です。"), _GUIDE),
        Example(_for("manager", "電話が⟦鳴らない⟧。そんな日が続きます。"), _GUIDE),
        Example(_for("engineer", "設定は終わった。次に進む。"), _GUIDE),
        Example("すべて敬体です。問題はありません。"),
        Example(_for("anyone", "すべて常体だ。問題はない。"), _GUIDE),
    ),
)
