"""Where Japanese sentences end, and what is quoted."""

from __future__ import annotations

import pytest
from documents import only

from msglint.document.sentences import quotes, sentences


def split(text: str) -> list[str]:
    return [s.text for s in sentences(only(text))]


@pytest.mark.parametrize(
    "expected",
    [
        ["一つ目です。", "二つ目です！", "三つ目ですか？", "終わり"],
        ["本当ですか！？", "はい!!", "次です｡", "終わり．"],
        ["「導入したい。すぐにだ。」と言った。", "次です。"],
        ["『本。』も（注：補足です。）も(注。)も一文です。", "次です。"],
        ["「外『中。』外。」の後。", "次。"],
        ["閉じない「かぎ。", "次の文。", "終わり"],
        ["閉じない（かぎと「対」です。", "次」です。", "終わり"],
        ["1)手順です。", "次です。"],
        ["文です。」", "余分な閉じ。）」", "次"],
        ["導入率は37.2です. ", "次は３．５倍です．", "end. End"],
        ["Yahoo!ニュースとYahoo! JAPANです。", "OK! ", "次です!", "はい?", "終わり"],
        ["version 1.2のa.mdを見る。", "e.g. これ"],
        ["“引用。", "引用”です。"],
    ],
)
def test_sentences(expected: list[str]) -> None:
    assert split("".join(expected)) == [sentence.strip() for sentence in expected]


def test_blanks_lie_outside_and_line_breaks_end_nothing() -> None:
    block = only("　一つ\nMQL\n目です。　 二つ目<br>です。<br>\n三つ目  \n")
    assert [(s.text, block.text[s.start : s.end]) for s in sentences(block)] == [
        ("一つ\nMQL\n目です。",) * 2,
        ("二つ目\nです。",) * 2,
        ("三つ目",) * 2,
    ]
    assert sentences(block)[0].start == 1


def test_no_text_no_sentence() -> None:
    assert sentences(only("# \n")) == ()


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("彼は「必ず」と『成果』と“出る”と言う", ["必ず", "成果", "出る"]),
        ("「外『中』外」「」", ["外『中』外", ""]),
        ("開いた「まま『対』です", ["対"]),
        ("閉じ」だけ”です", []),
        ("「交差『した」括弧』", ["交差『した"]),
        ("“a「b”c」", ["a「b"]),
        ("（括弧）と(括弧)", []),
    ],
)
def test_quotes(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in quotes(text)] == quoted
