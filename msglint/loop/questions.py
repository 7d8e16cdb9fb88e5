"""What the questions of a feedback form are called, and what the choices mean, in Japanese and English."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msglint.loop import amounts
from msglint.loop.columns import normalized
from msglint.loop.model import Misread, Verdict

FIELDS = {
    "response": "ID; Response ID; 回答ID",
    "submitted": "Timestamp; タイムスタンプ; Completion time; 完了時刻; Submitted at; 回答日時; 送信日時",
    "email": "Email Address; メールアドレス; Email; E-mail; メール; Username; ユーザー名; ユーザ名",
    "rep": "Rep; Sales rep; Name; Your name; Full name; 名前; 氏名; お名前; 営業担当; 担当者; 担当; 記入者",
    "about": "Deal or lead; 商談またはリード; 商談かリード; 商談・リード; 商談・リードのID",
    "deal": "Deal; Deal ID; Opportunity; Opportunity ID; 商談; 商談ID; 商談名; 案件; 案件ID; 案件名; 取引ID; 取引名",
    "lead": "Lead; Lead ID; Contact ID; リード; リードID; コンタクトID; リードのメールアドレス",
    "met_on": "Met on; Meeting date; Date of meeting; 商談日; 面談日; 訪問日; 打ち合わせ日; 商談の日付",
    "temperature": "Temperature; 温度感; 温度; 温度感(1〜5); リードの温度感",
    "as_promised": "As promised; As expected; 期待どおり; 期待通り; 期待どおりだったか; 期待との一致",
    "need": "Need; Needs; 課題; ニーズ; 顧客の課題",
    "request": "Request; Requests; 要望; リクエスト; ほしいコンテンツ; 欲しいコンテンツ; ほしい資料",
    "sheet": "Sheet; Sheets; Sheet ID; Sheet used; Sheets used; シート; シート名; シートID; 営業シート; 使ったシート",
    "version": "Version; Sheet version; 版; シートの版; バージョン",
    "verdict": "Verdict; Rating; 評価; シートの評価; 使えたか; 役に立ったか; 使えましたか",
    "reason": "Reason; Why; 理由; 使えなかった理由",
    "conflict": "Conflict; Conflict of message; 矛盾; メッセージの矛盾; メッセージの食い違い; 食い違い",
    "edited": "Edited; 手直し; 手直ししたか; 編集したか",
}
"""The fields of an answer with the names that their columns have as they are; `;` stands between them."""

_IGNORED = (
    "Start time; 開始時刻; Last modified time; 最終変更時刻; 最終更新時刻; Score; スコア; Total points; "
    "合計点; 合計点数; Quiz feedback; クイズのフィードバック"
)
_HINTS = (
    ("reason", r"使え.*理由|理由.*使え|(?:why|reason).*(?:use|usable|sheet)|(?:notusable|couldnotuse).*why"),
    ("conflict", r"メッセージ.*(?:矛盾|食い違)|(?:矛盾|食い違).*メッセージ|(?:conflict|contradict).*message"),
    ("temperature", r"温度感|温度を|temperature|how(?:hot|warm)"),
    ("as_promised", r"期待(?:どおり|通り|と(?:違|一致|合))|expect.*promis|promis.*expect"),
    ("request", r"要望|リクエスト|(?:ほし|欲し)い(?:コンテンツ|資料|シート|記事)|request"),
    ("edited", r"(?:シート|資料).*(?:手直し|編集|書き換え)|edit.*sheet"),
    ("verdict", r"使えま|使えたか|役に立|役立|(?:シート|資料)の評価|verdict|useful|usable|helpful|did.*help"),
    ("need", r"課題|ニーズ|need"),
    ("version", r"シートの版|シートのバージョン|versionofthesheet"),
    ("met_on", r"商談日|訪問日|面談日|商談の日|meetingdate|whendidyoumeet|dateofthemeeting"),
    ("deal", r"(?:商談|案件|取引)の?(?:id|番号|名)|deal(?:id|name|number)|opportunity(?:id|name|number)"),
    ("lead", r"(?:リード|コンタクト)の?(?:id|番号|メール)|leadid"),
    (
        "sheet",
        r"(?:どの|使った|使用した|見せた).*(?:シート|資料)|(?:シート|資料).*(?:使いました|見せました)|which.*sheet",
    ),
    ("rep", r"営業担当|担当者|氏名|あなたのお?名前|yourname|whoareyou"),
)
"""What the wording of a question tells of its field, where its name is none of FIELDS; the first that fits counts."""

_EACH = frozenset({"verdict", "reason", "conflict", "edited", "version"})
_GRID = re.compile(r"(.+?)\s*\[(.+)\]", re.DOTALL)
_WORDS: dict[Verdict, str] = {
    "helped": (
        "helped; it helped; useful; usable; 使えた; 使えました; 役に立った; 役に立ちました; 役立った; 役立ちました; "
        "助かった; ○; ◎"
    ),
    "shown_no_effect": (
        "shown_no_effect; shown, no effect; shown without effect; no effect; 見せたが効果なし; 見せたが効果はなかった; "
        "見せたが反応なし; 見せたが反応はなかった; 見せたが響かなかった; 効果なし; 効果はなかった; 反応なし; △"
    ),
    "not_usable": (
        "not_usable; not usable; unusable; could not use; 使えなかった; 使えませんでした; 使えない; 役に立たなかった; "
        "役に立ちませんでした; ×"
    ),
    "not_used": (
        "not_used; not used; unused; did not use; 使わなかった; 使いませんでした; 使っていない; 見せなかった; "
        "見せていない; 未使用"
    ),
}
_CONFLICTS = (
    "conflict; conflict of message; message conflict; conflicts with another message; contradicts another message; "
    "矛盾; 矛盾する; メッセージの矛盾; メッセージが矛盾; メッセージが矛盾している; 他の資料と矛盾; ほかの資料と矛盾; "
    "他の資料と矛盾する; ほかの資料と矛盾する; 他のメッセージと矛盾; ほかのメッセージと矛盾; メッセージの食い違い; "
    "メッセージが食い違う; メッセージが食い違っている; 他の資料と食い違う; ほかの資料と食い違う; "
    "ほかのメッセージと食い違う"
)
_AS_EXPECTED = "期待どおり; 期待通り; 期待以上; 期待どおりだった; 期待通りだった; as expected"
_UNEXPECTED = "期待と違った; 期待とは違った; 期待はずれ; 期待外れ; 違った; 違っていた; not as expected"
_UNSURE = "わからない; 分からない; どちらともいえない; どちらとも言えない; not sure; don't know"


class Question(NamedTuple):
    """What a column is: a field of the answer, and in a grid the sheet that it is asked of."""

    field: str
    sheet: str | None = None


def question(name: str) -> Question | None:
    """Return what the column `name` asks, by its name or its wording; None when it is not understood."""
    if field := _named(name):
        return Question(field)
    if grid := _GRID.fullmatch(name.strip()):
        field = _named(grid[1]) or _hinted(grid[1])
        return Question(field if field in _EACH else "verdict", grid[2].strip())
    field = _hinted(name)
    return Question(field) if field else None


def refuse_strange(named: Mapping[str, str]) -> None:
    """Raise Misread when `named` takes a column for a field that there is not."""
    for name, field in named.items():
        if field not in FIELDS:
            raise Misread(
                f"「{name}」を {field} として読めません。項目は {', '.join(FIELDS)} です。",
                f"{name} cannot be {field}. The fields are {', '.join(FIELDS)}.",
            )


def questions(header: Sequence[str], named: Mapping[str, str]) -> tuple[Question | None, ...]:
    """Return what each column asks; `named` says so of some. A name goes before a wording, and the first wins."""
    said = {normalized(name): Question(field) for name, field in named.items()}
    found: list[Question | None] = [said.get(normalized(name)) for name in header]
    for sure in (True, False):
        for at, name in enumerate(header):
            asked = question(name) if name and found[at] is None and normalized(name) not in _keys(_IGNORED) else None
            if asked and (_named(name) is not None) is sure and asked not in found:
                found[at] = asked
    return tuple(found)


def verdict(written: str) -> Verdict | None:
    """Return what became of a sheet, None for an empty cell; raises Misread for an answer that is none of the four."""
    plain = _choice(written)
    if not plain:
        return None
    known = _verdicts().get(plain)
    if known is None:
        raise Misread(
            f"評価「{written}」は、使えた、見せたが効果なし、使えなかった、使わなかった のどれでもありません。",
            f"The verdict {written} is none of: helped, shown without effect, not usable, not used.",
        )
    return known


def temperature(written: str) -> int | None:
    """Return 1 (cold) to 5 (hot), None for an empty cell; raises Misread. 4, ４(高い) and ★★★★☆ are read."""
    text = unicodedata.normalize("NFKC", written).strip()
    if not text:
        return None
    if stars := re.fullmatch(r"(★{1,5})☆*", text):
        return len(stars[1])
    number = re.match(r"([1-5])(?:\.0+)?(?![\d.])", text)
    if number is None:
        raise Misread(
            f"温度感「{written}」を1(低い)から5(高い)の数として読めません。",
            f"The temperature {written} is no number from 1 (cold) to 5 (hot).",
        )
    return int(number[1])


def as_promised(written: str) -> bool | None:
    """Return whether the lead expected what the content promised; None when that is not known. Raises Misread."""
    plain = _choice(written)
    if plain in _choices(_AS_EXPECTED) or plain in _choices(_UNEXPECTED):
        return plain in _choices(_AS_EXPECTED)
    return answer(written)


def conflict(written: str) -> bool:
    """Return whether an answer says that the sheet contradicts another message; raises Misread."""
    return tells_of_conflict(written) or bool(answer(written))


def tells_of_conflict(written: str) -> bool:
    """Whether one of the boxes ticked as a reason is that the sheet contradicts another message."""
    return any(_choice(part) in _choices(_CONFLICTS) for part in re.split(r"[;,、\n]", written))


def answer(written: str) -> bool | None:
    """Return yes or no, None for an empty cell and for "not sure"; raises Misread."""
    if _choice(written) in _choices(_UNSURE):
        return None
    return amounts.answer(re.sub(r"[((].*", "", written, flags=re.DOTALL).strip().removesuffix("。"))


def _choice(written: str) -> str:
    """Return a choice without its number and what is explained in brackets."""
    text = unicodedata.normalize("NFKC", written).partition("(")[0]
    return re.sub(r"[、。,]", "", normalized(re.sub(r"^\s*\d+[.:)]\s*", "", text)))


def _named(name: str) -> str | None:
    return _fields().get(normalized(name))


def _hinted(name: str) -> str | None:
    key = normalized(name)
    return next((field for field, hint in _HINTS if re.search(hint, key)), None)


@functools.cache
def _fields() -> dict[str, str]:
    return {key: field for field, names in FIELDS.items() for key in _keys(names)}


@functools.cache
def _verdicts() -> dict[str, Verdict]:
    return {word: verdict for verdict, words in _WORDS.items() for word in _choices(words)}


@functools.cache
def _choices(words: str) -> frozenset[str]:
    return frozenset(_choice(word) for word in words.split(";"))


@functools.cache
def _keys(names: str) -> frozenset[str]:
    return frozenset(normalized(name) for name in names.split(";"))
