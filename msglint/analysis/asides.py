"""What stands between a subject and its figure and is neither: a gloss, a source, what a share or a multiple is of."""

from __future__ import annotations

from msglint.analysis.nouns import Words, is_noun

_AMOUNTS = ("金額", "料金", "売上", "売上高", "価格", "代金", "単価", "賃料", "年収", "給与", "報酬", "総額", "請求額")

_RECKONINGS = frozenset("計算 試算 集計 記録 推計 計測 実測 調べ 聞き取り アンケート 白書 帳簿 台帳".split())
"""What a figure is taken from: (回収期間は)当社の試算では(1年)."""


def without_gloss(words: Words) -> Words:
    """Leave out what only explains the subject: (更新率)、つまり翌年も契約を続ける会社の割合は."""
    if not words or words[0] is None or words[0].norm not in {"詰まり", "即ち"}:
        return words
    topic = (i for i, w in enumerate(words) if w is not None and w.surface == "は" and w.pos[1] == "係助詞")
    return words[next(topic, -1) + 1 :]


def without_source(words: Words) -> Words:
    """Leave out what the figure is taken from: (CRM導入率は)HubSpotの資料をもとに(37.2%), 当社の試算では."""
    said = [w.surface if w is not None else "" for w in words]
    for at in range(len(said) - 2):
        if said[at] in _RECKONINGS and said[at + 1 : at + 3] in (["で", "は"], ["から", "は"], ["に", "よる"]):
            first = _named_from(words, at)
            return [*words[:first], *words[at + 3 + (said[at + 2] == "よる") :]]
        if said[at] == "を" and said[at + 1] in {"もと", "基", "元"} and said[at + 2] == "に":
            return [*words[: _named_from(words, at)], *words[at + 3 :]]
    return words


def _named_from(words: Words, at: int) -> int:
    """Return where the name begins that ends before `at`: 当社の in 当社の資料."""
    while at and (word := words[at - 1]) is not None and (is_noun(word) or word.surface == "の"):
        at -= 1
    return at


def without_amount(words: Words) -> Words:
    """Leave out the amount that a share is taken of: 予約金額の15%, 売上の2割."""
    if len(words) < 2 or words[-1] is None or words[-1].surface != "の":
        return words
    at = len(words) - 1
    while at and (word := words[at - 1]) is not None and is_noun(word):
        at -= 1
    named = "".join(word.surface for word in words[at:-1] if word is not None)
    return words[:at] if named.endswith(_AMOUNTS) else words


def without_base(words: Words) -> Words:
    """Leave out what a multiple is compared with: 従来の4倍, 人手の4倍, 手作業による検査の4倍."""
    last = words[-1]
    if last is None or (last.surface != "の" and not last.surface.endswith("比")):
        return words
    at = len(words) - 1
    while at and (word := words[at - 1]) is not None and (is_noun(word) or word.surface in {"の", "まで"}):
        at -= 1
    return words[:at]
