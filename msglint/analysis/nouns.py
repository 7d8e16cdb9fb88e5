"""Nouns between a subject and its figure: which name another subject, and which only a time, a source or a measure."""

from __future__ import annotations

from collections.abc import Sequence

from msglint.analysis.tokens import Token
from msglint.expression import expression

Words = Sequence[Token | None]
"""The words of a clause; a None stands for a figure among them."""

_NEUTRAL = frozenset(
    (
        "もの こと わけ はず 以前 かつて 従来 当初 近年 最近 いま 今や 調査 報告 レポート データ 統計 結果 "
        "発表 資料 平均 全体 現在 合計 実際 国内 日本 全国 直近 最新 今回 当時 今年 昨年 前年 本年 去年 "
        "今年度 昨年度 前年度 本年度 年度 年 月 同年 同社 約 推移 目安 基準 独自 自社 通常 以下 以上 時点 "
        "段階 年間 月間 過去 前回 当社 弊社 わが社 社内 業界 原則 最終 結局 今 今期 当期 前期 昨今 先月 今月 "
        "前月 上期 下期 半期 四半期 末 期 頃 中 次 上記 下記 同 一 世界 我が国 令和 平成 昭和 西暦"
    ).split()
)
_HEADS = frozenset(
    (
        "期限 目安 上限 下限 基準 値 数値 数字 水準 割合 比率 率 平均 平均値 実績 結果 推移 現状 現在 実態 "
        "相場 スコア 得点 点数 平均点 配点 加点 減点 件数 社数 人数 時間 期間 長さ 額 金額 合計 総数 数 規模 目処 "
        "めど 目途 締め切り 締切 ルール 約束 タイミング 早さ 速さ 高さ 低さ 多さ 最新値 最新 中央値 原則 実測値 集計値 "
        "データ 調査 統計 所要時間 最大値 最小値 最大 最小 最長 最短 標準 大きさ 程度 実数 全体 割 分 想定 "
        "記録 実情 状況 報告 発表 レポート 方 値段 価格 料金 代金 期日 猶予 制限 欄 項目 列 行 ページ 項"
    ).split()
)
"""What の joins to a subject without making it another one: 初回連絡の期限, 転換率の目安."""
_OTHER = frozenset("許容 目標 希望 想定 予測 予想 計画 通話 録音 会話 作業 移動 休憩 研修 準備".split())
"""What makes of a head another measure or value: 初回連絡の通話時間, 欠品率の許容値."""
_ADVERBS = frozenset(
    (
        "前述 先述 上述 既述 前掲 冒頭 通り とおり 税込 税込み 税別 税抜 税抜き 月次 年次 延べ のべ 総勢 "
        "実質 実 概算 一律"
    ).split()
)
_FOREMOST = expression("(?:業界|過去|国内|世界|史上|全国|地域|社内)?(?:最[高低多少大小短長]|トップ|トップクラス)|驚き")
AMOUNTS = frozenset("月額 年額 累計 総額".split())
"""Neutral words that name something of their own where a particle marks them: 導入費用は15万円、月額は3万円."""
_PRONOMINAL = frozenset(
    (
        "割合 比率 数字 数値 値 水準 率 半数 約半数 過半数 大半 半分 それ これ 我々 私 私達 筆者 一般 ほぼ 同 そこ ここ"
    ).split()
)
_CHANGES = frozenset(
    (
        "増 減 上昇 低下 増加 減少 改善 短縮 向上 アップ ダウン 伸び 伸長 拡大 縮小 高 安 超 台 弱 強 高騰 "
        "急騰 低迷 停滞 下落 急増 急減 急伸 好調 不調 不振 横ばい 回復 成長 普及 浸透 悪化 増勢 減勢"
    ).split()
)
_ADVERBIAL_NOT = frozenset("ほか 他 うち 内 前 後 場合 際 外 上 ため 為 間 一部 半分 大半 多く".split())
_NOUNS = frozenset({"名詞", "接尾辞", "代名詞", "接頭辞"})
_YEARLY = expression(
    r"(?:(?<![定青壮])年度?|[今先前来か]月|[前今当来上下]期|四半期|[年月期]末|時点|現在|段階|[度回]目|世紀)\Z"
)


def is_noun(token: Token) -> bool:
    """Whether a token is a noun that may name something: no number, no counter (社, 年), no time (今年)."""
    if token.kind not in _NOUNS:
        return False
    if token.pos[1] == "数詞" or (token.pos[2] == "助数詞可能" and len(token.surface) == 1):
        return False
    return not (token.pos[2] == "副詞可能" and token.norm not in _ADVERBIAL_NOT and token.surface not in _ADVERBIAL_NOT)


def is_head(nouns: Sequence[Token]) -> bool:
    """Whether nouns joined to a subject leave it the same: its limit, its average, its trend."""
    if "".join(n.surface for n in nouns) in _HEADS or is_neutral(nouns):
        return True
    return nouns[-1].surface in _HEADS and not any(n.surface in _OTHER for n in nouns[:-1])


def is_neutral(nouns: Sequence[Token]) -> bool:
    """Whether the words name a time, a source or the figure itself, and no other subject."""
    last, whole = nouns[-1], "".join(n.surface for n in nouns)
    return (
        last.norm in _NEUTRAL
        or last.surface in _NEUTRAL
        or whole in _PRONOMINAL
        or whole in _ADVERBS
        or whole in AMOUNTS
        or bool(_FOREMOST.fullmatch(whole))
        or whole in _CHANGES
        or bool(_YEARLY.search(whole))
    )


def noun_run(words: Words, at: int) -> tuple[int, list[Token]]:
    """The nouns that begin at `at`, and where they end."""
    nouns: list[Token] = []
    while at < len(words) and (word := words[at]) is not None and is_noun(word):
        nouns.append(word)
        at += 1
    return at, nouns


def noun_runs(words: Words) -> list[list[Token]]:
    """The nouns in a clause, those side by side together; those that する makes verbs are left out."""
    runs: list[list[Token]] = []
    going = False
    for i, word in enumerate(words):
        if word is None or not is_noun(word):
            going = False
            continue
        after = words[i + 1] if i + 1 < len(words) else None
        if after is not None and after.norm == "為る":
            if going:
                runs.pop()
            going = False
            continue
        if not going:
            runs.append([])
        runs[-1].append(word)
        going = True
    return runs


def has_noun_before(words: Words) -> bool:
    """Whether the figure has a noun of its own: 目標40%, 大企業の52%."""
    at = len(words)
    while at and (word := words[at - 1]) is not None and (word.surface == "の" or is_noun(word) or word.kind == "副詞"):
        at -= 1
    return any(not is_neutral(run) for run in noun_runs(words[at:]))
