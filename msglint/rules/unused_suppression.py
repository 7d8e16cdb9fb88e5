"""unused-suppression: a suppression that silences nothing, names no rule, or gives no reason."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from msglint.document.suppressions import ACTIONS
from msglint.model import Severity, Text, Violation
from msglint.rule import Example, Remark, Rule, Silence


def closing(silences: Sequence[Silence]) -> Iterator[Remark]:
    """Yield what is wrong with an article's suppressions, each rule named judged by itself."""
    troubled = set()
    for silence in silences:
        if message := _trouble(silence):
            troubled.add(silence.directive)
            yield Remark(silence.path, Violation(silence.span, message))
    for silence in silences:
        wants_reason = silence.first and silence.silencing and not silence.reason
        if wants_reason and silence.directive not in troubled:
            yield Remark(
                silence.path,
                Violation(
                    silence.directive,
                    Text(
                        "指摘を消す理由が書かれていません。ルールの名前の後に「 -- 理由」と書き添えてください。",
                        "Give a reason: write ` -- reason` after the rule's name.",
                    ),
                    severity=Severity.INFO,
                ),
            )


_STRAY = Text(
    "この前に、同じルールの`msglint-disable`がありません。このコメントは要らないので消してください。",
    "No `msglint-disable` of this rule stands before it: remove this comment.",
)


def _trouble(silence: Silence) -> Text | None:
    if silence.action == "unknown":
        known = list(ACTIONS)
        close = next(iter(difflib.get_close_matches(silence.name, known, n=1)), known[0])
        return Text(
            f"「msglint-{silence.name}」という書き方はなく、何も消しません。「msglint-{close}」ではありませんか。",
            f'There is no "msglint-{silence.name}", so nothing is silenced. Did you mean "msglint-{close}"?',
        )
    if not silence.name:
        return Text(
            "どのルールの指摘を消すのかが書かれていません。ルールの名前を1つ以上書いてください。",
            "Name at least one rule that is to be silenced.",
        )
    if not silence.known:
        near = silence.nearest
        return Text(
            f"「{silence.name}」というルールはありません。" + (f"「{near}」の間違いではありませんか。" if near else ""),
            f'There is no rule called "{silence.name}".' + (f' Did you mean "{near}"?' if near else ""),
        )
    if silence.action == "enable":
        return None if silence.closed else _STRAY
    if not silence.used and not silence.idle:
        return Text(
            f"ここには「{silence.name}」の指摘がありません。このコメントは要らないので消してください。",
            f'"{silence.name}" reports nothing here: remove this comment.',
        )
    if not silence.closed:
        return Text(
            f"「{silence.name}」の指摘を止めたまま、閉じられていません。"
            f"終わりに`<!-- msglint-enable {silence.name} -->`を書くか、`msglint-disable-file`を使ってください。",
            f'"{silence.name}" is never enabled again: add `<!-- msglint-enable {silence.name} -->`, '
            "or use `msglint-disable-file`.",
        )
    return None


_GUIDE = "banned: [{phrase: 必ず}]\nrules: {register: off}"

RULE = Rule(
    id="unused-suppression",
    severity=Severity.WARNING,
    closing=closing,
    summary=Text("何も消していない抑制コメントを見つける", "Finds suppression comments that silence nothing"),
    page=Text(
        """指摘を消すコメント(`<!-- msglint-disable-next-line ルール -- 理由 -->`など)のうち、もう何も消していないもの、
ルールの名前や書き方が違うもの、閉じられていないものを知らせます。文章を直した後に残ったコメントは、次に本当に必要な指摘まで隠してしまうからです。

- ルールの名前は1つ以上必要で、1つずつ確かめます。
- 理由がないときは情報(info)として「理由を書き添えてください」と知らせます。
- 切ってあるルールの名前が書いてあっても、使われていないとは言いません。
- このルールの指摘そのものは、コメントで消せません。""",
        """Reports suppression comments that no longer silence anything, that name a rule or a directive which does not exist,
or that are never closed: a comment left behind would hide the next diagnostic that matters. Each rule named is judged by itself; a rule that is
off is not called unused; a missing reason is an info; and this rule's own diagnostics cannot be suppressed.""",
    ),
    examples=(
        Example("<!-- msglint-disable-next-line ⟦banned-phrase⟧ -- 引用 -->\n問題のない文です。", _GUIDE),
        Example("<!-- msglint-disable-file ⟦banned-phrase⟧ -- 古い記事 -->\n\n問題のない文です。", _GUIDE),
        Example("<!-- msglint-disable-next-line ⟦banned-phrse⟧ -- 引用 -->\n問題のない文です。", _GUIDE),
        Example("⟦<!-- msglint-disable-next-line -->⟧\n問題のない文です。", _GUIDE),
        Example("⟦<!-- msglint-disable-next-line banned-phrase -->⟧\n必ず届けます。", _GUIDE),
        Example("<!-- msglint-disable ⟦banned-phrase⟧ -- 引用 -->\n\n必ず届けます。", _GUIDE),
        Example(
            "<!-- msglint-disable banned-phrase ⟦register⟧ -- 引用 -->\n\n必ず届けます。一つです。違う。\n\n<!-- msglint-enable banned-phrase -->",
            "banned: [{phrase: 必ず}]",
        ),
        Example("<!-- msglint-disable-next-line banned-phrase ⟦front-matter⟧ -- 引用 -->\n必ず届けます。", _GUIDE),
        Example("<!-- msglint-disable-next-line ⟦unused-suppression⟧ -- 消す -->\n文です。", _GUIDE),
        Example("<!-- msglint-⟦disable-line⟧ banned-phrase -- 引用 -->\n文です。", _GUIDE),
        Example("<!-- msglint-⟦ignore⟧ -->\n文です。", _GUIDE),
        Example("文です。\n\n<!-- msglint-enable ⟦register⟧ -->", _GUIDE),
        Example("<!-- msglint-disable-next-line banned-phrase -- 引用のため -->\n必ず届けます。", _GUIDE),
        Example(
            "<!-- msglint-disable banned-phrase -- 引用 -->\n\n必ず届けます。\n\n<!-- msglint-enable banned-phrase -->",
            _GUIDE,
        ),
        Example("<!-- msglint-disable-file banned-phrase -- 法務が確認した -->\n\n必ず届けます。", _GUIDE),
        Example("<!-- msglint-disable-next-line register -- 会話文 -->\n文です。", _GUIDE),
        Example("`<!-- msglint-disable-next-line banned-phrase -->`という書き方です。", _GUIDE),
        Example("<!-- ただのコメント -->\n\n文です。", _GUIDE),
    ),
)
