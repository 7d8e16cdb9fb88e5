"""What a figure is said of, as a key that two articles share: the noun phrase it is predicated of."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

from msglint.analysis.quantities import years
from msglint.analysis.tokens import Token, Tokens
from msglint.expression import expression

_LINKS = frozenset({"は", "が", "も"})
_SKIPPED = frozenset(
    (
        "通常 約 およそ 凡そ ほぼ 平均 実に わずか 僅か 現在 同年 年間 合計 最大 最長 最短 最低 最高 少なくとも "
        "多くとも 概ね おおむね 大体 だいたい 遂に 計"
    ).split()
)
_NO_HEADS = frozenset("前 後 以上 以下 間 中 当たり あたり 毎 ごと 約 ほど 各 計 度".split())

_LINKED = expression(r"[\s）)」』]*(?:[はがも:：]|とは)")
_MEASURE = expression(
    r"(?:[率額数量費料金]|期間|時間|単価|価格|費用|割合|比率|シェア|コスト|規模|[面容体]積|長さ|頻度|点|スコア|年収|売上高?|売り上げ|人口|残高"
    r"|予算|重さ|距離|幅|高さ|速度|速さ|容量|上限|下限|[足知透]度|期限|寿命|周期|間隔|人員|定員|効果|年齢|回転|日|期|倍率|指数)\Z"
)
_OF_ITS_OWN = frozenset(
    (
        "推定 所要 所要時間 完了 目安 読了 学習 視聴 予定 想定 上映 再生 開催 時間 期間 日数 合計 参加 定員 人数 数 "
        "文字 文字数 ページ ページ数 価格 料金 費用 保持 保存 保管 チーム 規模 参加率 出席率 回答率 回収率"
    ).split()
)
"""Words that say something of one article, event or product only."""
_PREDICATES = frozenset({"動詞", "助動詞", "形容詞"})
"""Before a noun phrase they end a relative clause (新人が担当した商談の成約率), whose words count as well."""
_OWN = frozenset("当社 弊社 自社 小社".split())
"""What a company calls itself; its articles all mean one by it."""

_COUNTS = frozenset("会員数 社員数 従業員数 拠点数 店舗数 読者数 利用者数 登録者数".split())
"""What a company has one of, though the word is short."""
_SPANS = frozenset({"まで", "へ"})
_TAKES = frozenset({"掛かる", "要する"})
_LONGEST = 24

_DEICTIC = frozenset(("此の 其の 彼の 此れ 其れ 本 当 同 今回 同社 各 某 次 以下 以上 他 これ それ この その").split())
_VAGUE = frozenset(
    (
        "手順 方法 目安 期間 時間 場合 全体 合計 平均 回答 結果 対象 上限 下限 定員 人数 件数 回数 数 割合 "
        "比率 率 数字 数値 値 残り うち 内 目標 理由 要素 種類 項目 段階 点 ポイント 企業 会社 人 者 者数 "
        "担当者 参加者 回答者 価格 料金 費用 差 効果 成果 変化 増加 減少 既定 既定値 初期値 初期設定 "
        "デフォルト 標準 最大値 最小値"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase: its normalised words in order (の left out), and the range of its words in the text."""

    key: str
    start: int
    end: int


def subject_before(tokens: Tokens, at: int) -> Subject | None:
    """Return the noun phrase that a figure at offset `at` is predicated of (開封率は25%, 開封率: 25%).

    None when nothing stands directly before the figure, or what stands there is too vague to be compared
    between articles.
    """
    i = _index_before(tokens, at)
    while i >= 0 and (
        tokens[i].kind == "空白" or tokens[i].norm in _SKIPPED or tokens[i].surface in {"、", ":", "：", "(", "（"}
    ):
        i -= 1
    if i >= 0 and tokens[i].kind == "助詞" and tokens[i].surface in _LINKS:
        i -= 1
    words: list[Token] = []
    while i >= 0 and _belongs(tokens[i], tokens[i - 1] if i else None, words):
        words.append(tokens[i])
        i -= 1
    clause = _relative(tokens, i) if words and i >= 0 and tokens[i].kind in _PREDICATES else []
    if clause is None:
        return None
    words.reverse()
    return _subject(_undated(tokens.text, clause), _undated(tokens.text, words))


def _relative(tokens: Tokens, last: int) -> list[Token] | None:
    """Return the relative clause that ends with the token `last`; None when another clause or topic goes on in it."""
    words: list[Token] = []
    for at in range(last, -1, -1):
        token = tokens[at]
        if token.kind == "補助記号":
            break
        other = token.pos[1] == "係助詞" or (token.pos[1] == "接続助詞" and token.surface not in {"て", "で"})
        if other or len(words) >= _LONGEST:
            return None
        if token.kind != "空白":
            words.append(token)
    words.reverse()
    return words


def is_measure(text: str, subject: Subject, at: int) -> bool:
    """Whether the figure at `at` is the value of a measured quantity that articles share (解約率は3%).

    Not a count beside a noun (エンジニア2名), nor what every article has of its own (所要時間: 15分).
    """
    words, key = text[subject.start : subject.end], subject.key.split()
    link = _LINKED.match(text, subject.end, at)
    if link is None or set(key) <= _OF_ITS_OWN:
        return False
    named = len(key) > 1 and link[0].strip() in {"は", "も"}
    return named or _MEASURE.search(words) is not None


def names_measure(text: str, subject: Subject) -> bool:
    """Whether a subject names a quantity and whose it is: 通話録音の保存期間, not 保存期間."""
    words = text[subject.start : subject.end]
    return "の" in words and not set(subject.key.split()) <= _OF_ITS_OWN and _MEASURE.search(words) is not None


def _index_before(tokens: Tokens, at: int) -> int:
    return bisect.bisect_right(tokens.starts, at) - 2


def _belongs(token: Token, before: Token | None, words: list[Token]) -> bool:
    """Whether a word goes on the noun phrase to the left of `words`, which are in reverse order."""
    if len(words) >= _LONGEST:
        return False
    if token.kind in {"名詞", "接尾辞", "接頭辞", "形状詞", "連体詞", "代名詞"}:
        return bool(words) or not (token.pos[1] == "数詞" or (before is not None and before.pos[1] == "数詞"))
    if not words or token.kind not in {"助詞", "助動詞"}:
        return False
    spans = any(w.surface == "まで" for w in words)
    joins = token.surface == "の" or (token.surface in _SPANS and words[-1].surface == "の")
    return joins or (token.surface == "な" and token.kind == "助動詞") or (token.surface == "から" and spans)


def _undated(text: str, words: list[Token]) -> list[Token]:
    """Leave out the years, which are compared by themselves, and what cannot begin a noun phrase."""
    if words:
        start = words[0].start
        dated = [(m.start + start, m.end + start) for m in years(text[start : words[-1].end])]
        words = [w for w in words if not any(a <= w.start < b for a, b in dated)]
    while words and words[0].kind in {"助詞", "接頭辞"} and words[0].surface != "第":
        words.pop(0)
    return words


def _is_deictic(words: list[Token], at: int) -> bool:
    """Whether a word points to something of the article only: 本記事, この; not the counter in 1本当たり."""
    word = words[at]
    if word.surface == "本" and at and words[at - 1].pos[1] == "数詞":
        return False
    return word.norm in _DEICTIC or word.surface in _DEICTIC or word.kind in {"代名詞", "連体詞"}


def _subject(clause: list[Token], words: list[Token]) -> Subject | None:
    """Make a subject of a noun phrase and the relative clause before it, which is no subject by itself."""
    content = [w for w in words if w.kind not in {"助詞", "助動詞"}]
    said = [w for w in clause if w.kind not in {"助詞", "助動詞"}] + content
    if not content or any(_is_deictic(said, i) for i in range(len(said))):
        return None
    if clause and clause[-1].norm in _TAKES:
        content = said
    head = content[-1]
    if head.surface in _NO_HEADS or head.norm in _NO_HEADS:
        return None
    specific = (
        len(content) > 1
        or head.surface in _COUNTS
        or len(head.surface) > 3
        or (len(head.surface) > 2 and head.surface[-1] in "率額")
    )
    if not specific or (len(content) == 1 and head.norm in _VAGUE) or all(w.norm in _VAGUE for w in content):
        return None
    key = " ".join("自社" if w.surface in _OWN else w.norm for w in said)
    return Subject(key, (clause or words)[0].start, words[-1].end)
