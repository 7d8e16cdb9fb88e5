"""Which sentences are in another register than the article's: tables of paragraphs, ⟦…⟧ marks what is reported."""

from __future__ import annotations

import re
from datetime import date

import pytest
from articles import found

from msglint.engine import lint_corpus
from msglint.guide.load import load_guide
from msglint.model import Environment, Source
from msglint.rule import builtin, catalogue

_GUIDE = """version: 1
name: 例
personas:
  - {id: polite, register: polite}
  - {id: plain, register: plain}
"""

PLAIN = r"""
手順は面談で済ます。食事を人肌に冷ます。仲間を励ます。読者の目を覚ます。
担当者も同席してくださる。返事をくださった。
資料を⟦ご覧ください⟧。
手順は面談で⟦済ませます⟧。
返事を⟦くださいました⟧。
窓口は毎日⟦受け付けています⟧
窓口は毎日⟦受け付けています⟧😊
確かめたいのは次の⟦三点です⟧：
詳しくはこちら
「お帰りなさい」の声が響く。
"""

POLITE = r"""
ごめんなさい。お帰りなさい。ゆっくりおやすみなさい。
こうした声は後を⟦絶たない⟧……。
この話はとても⟦興味深い⟧。毎回⟦うんざりする⟧。昨日⟦寒い⟧。
（くわしくは後で⟦述べる⟧。）
（A社の例）
ぜひお試しあれ。
こうした声は後を⟦絶たない⟧…。
答えは⟦簡単だ⟧――。
確かめたいのは次の⟦三点である⟧：
窓口は毎日⟦受け付けている⟧
窓口は毎日⟦受け付けている⟧。♪
大事なのは、続ける⟦からだ⟧。
始めます。**まず⟦合意する⟧。** そのうえで進めます。
**まず合意する。** そのうえで進めます。
過去に10件を超える資料を閲覧している
アカウントが削除されている
資料をダウンロードする
詳しく見る…
到着を待つ`wait`。
"""


@pytest.mark.parametrize(
    ("persona", "line"),
    [(name, line) for name, table in (("plain", PLAIN), ("polite", POLITE)) for line in table.strip().splitlines()],
)
def test_which_sentences_are_in_another_register(persona: str, line: str) -> None:
    def read(path: str) -> bytes:
        raise FileNotFoundError(path)

    guide = load_guide(Source("messaging.yaml", _GUIDE.encode()), catalogue=catalogue(builtin()), read=read)
    head = f"---\npersona: {persona}\n---\n"
    text = head + re.sub("[⟦⟧]", "", line)
    marks = re.finditer("⟦([^⟧]*)⟧", line)
    expected = [(len(head) + m.start() - 2 * i, m[1]) for i, m in enumerate(marks)]
    rules = [r for r in builtin() if r.id == "register"]
    result = lint_corpus(
        [Source("a.md", text.encode(), "a.md")], guide, rules=rules, environment=Environment(date(2026, 11, 1))
    ).results[0]
    assert [(d.span.start, d.text) for d in result.diagnostics] == expected


def test_what_the_next_sentence_takes_up_is_an_info() -> None:
    text = (
        "---\npersona: polite\n---\n記事は増えた。電話は鳴らない。そんな悩みをよく聞きます。返事が来ない。"
        "そう嘆く担当者は多いものです。雨がやまない。そんな日です。"
    )
    said = [(d.text, d.severity) for d in found("personas: [{id: polite, register: polite}]", text, rule="register")]
    assert said == [("増えた", "info"), ("鳴らない", "info"), ("来ない", "info"), ("やまない", "warning")]


def test_the_register_of_most_sentences_is_counted_without_what_is_taken_up() -> None:
    text = "売れない。届かない。そんな声を聞きます。担当者が答える。"
    assert [(d.text, d.severity) for d in found("", text, rule="register")] == [
        ("売れない", "info"),
        ("届かない", "info"),
        ("答える", "warning"),
    ]
