"""Whether a figure modifies the subject behind it: 47.2%というCRM導入率, 9割を超える顧客満足度."""

from __future__ import annotations

from collections.abc import Sequence

from msglint.analysis.quantities import Quantity
from msglint.analysis.tokens import Token, Tokens
from msglint.analysis.units import TIMES
from msglint.expression import expression

_FARTHEST = 30
_MARKS = frozenset(
    (
        "以上 以下 未満 超 前後 弱 強 程度 ほど くらい ぐらい 近く 余り あまり 台 もの 以内 も 水準 高 低 "
        "半ば 前半 後半 前"
    ).split()
)
_OPENING = frozenset('「『“"（(')
_ADNOMINAL = frozenset("日本 日本企業 国内 現在 最新 全国 直近 平均 全体 今 当社 自社 弊社 わが社 高水準".split())
_PARTICLES = frozenset("を に と へ まで も の か で しか".split())
_NO_LEVEL = frozenset(
    ("占める 使う 持つ 要する 聞く 調べる 比べる 割り引く 値引く 除く 加える 含む 払う 足す 引く 待つ 掛ける").split()
)
_MEASURE = expression(
    r"(?:率|度|数|額|時間|期間|費|費用|コスト|規模|タイム|効果|割合|速度|年収|月額|価格|間隔|寿命|差|点)\Z"
)
_FEW_OF = expression("(?:競合|他|両|上位|大手|各|同業|取引先)[0-9０-９一二三四五六七八九](?:社|人|店|校|館)\\Z")
_DONE = expression("でき|し(?:ます|まし|て|た)|する|が可能")


def modifies(tokens: Tokens, text: str, quantity: Quantity, start: int, end: int) -> bool:
    """Whether between a figure and the subject at `start` to `end` stands only a short predicate about the figure.

    The predicate stands in its attributive form directly before the subject (に達する, を記録した, と低い), with no
    other noun in it. An event that takes longer than so long (2時間を超える一次回答) is not its measure.
    """
    if not 0 < start - quantity.end <= _FARTHEST:
        return False
    words = [t for t in tokens.between(quantity.end, start) if t.kind != "空白"]
    if text[start - 1] in "（(" and text[end : end + 1] not in ("）", ")"):
        return False  # 26.1%(人材不足は34.3%)
    if not words or not _covers(words, quantity.end, start):
        return False
    if quantity.signed or (words[0].kind in {"動詞", "形容詞"} and words[0].norm not in {"近い", "余る"}):
        return False
    if _FEW_OF.search(text, max(0, quantity.start - 3), quantity.end):
        return False  # 競合2社の導入社数
    bounded = {"over", "at_least"} & set(quantity.marks)
    if [w.surface for w in words] == ["で"] and quantity.unit in TIMES and _DONE.match(text, end):
        return True  # 3年で投資回収できます
    if [w.surface for w in words] == ["以内", "に"] and quantity.unit in TIMES:
        return True  # 12時間以内に駆けつけます
    if bounded and quantity.unit in TIMES and not _MEASURE.search(text[start:end]):
        return False
    return _is_predicate(_without_adnominal(words))


def _covers(words: Sequence[Token], start: int, end: int) -> bool:
    return words[0].start == start and words[-1].end == end


def _without_adnominal(words: Sequence[Token]) -> list[Token]:
    """Leave out 日本の, 現在の, an opening quotation mark: what may stand before the subject in any case."""
    left = list(words)
    if left and left[-1].surface in _OPENING:
        left.pop()
    while len(left) >= 2 and left[-1].surface == "の" and left[-2].surface in _ADNOMINAL:
        del left[-2:]
        while left and left[-1].surface in {"企業", *_ADNOMINAL}:
            left.pop()
    return left


def _is_predicate(words: Sequence[Token]) -> bool:
    """Whether `words` are marks, particles and one predicate at their end, or only の."""
    at = 0
    while at < len(words) and words[at].surface in _MARKS:
        at += 1
    rest = words[at:]
    if not rest or (len(rest) == 1 and rest[0].surface == "の"):
        return True
    if any(_breaks(rest, i) for i in range(len(rest))):
        return False
    if [w.surface for w in rest[-2:]] == ["まま", "の"]:
        rest = rest[:-2]
    if rest[-1:] and rest[-1].surface == "の":
        return all(w.surface in _PARTICLES or w.surface in _MARKS for w in rest)
    return bool(rest) and _ends_attributively(rest) and all(_fits(rest, i) for i in range(len(rest)))


def _breaks(words: Sequence[Token], at: int) -> bool:
    """Whether a particle or comma brings in another phrase than the figure's predicate (50%前後で推移する is one)."""
    word, after = words[at], words[at + 1] if at + 1 < len(words) else None
    if word.surface not in {"は", "が", "、", "で", "。"} or word.pos[1] == "接続助詞" or word.kind == "助動詞":
        return False
    return (
        word.surface != "で"
        or after is None
        or after.norm not in {"推移", "止まる", "頭打ち", "安定", "高止まり", "横這い"}
    )


def _ends_attributively(words: Sequence[Token]) -> bool:
    last = words[-1]
    return last.kind in {"動詞", "形容詞", "助動詞", "連体詞"} and (
        last.kind == "連体詞" or last.pos[5].startswith(("連体形", "終止形"))
    )


def _fits(words: Sequence[Token], at: int) -> bool:
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else None
    if word.kind in {"動詞", "形容詞"}:
        return word.lemma not in _NO_LEVEL
    if word.kind == "名詞":
        return after is not None and after.norm in {"為る", "だ", "な", "出来る", "です"}
    if word.kind == "助詞":
        return word.surface in _PARTICLES or word.surface in _MARKS or word.pos[1] == "接続助詞"
    return word.kind in {"助動詞", "副詞", "形状詞", "連体詞", "接尾辞"}
