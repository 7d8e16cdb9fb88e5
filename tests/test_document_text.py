"""What a reader reads: markup vanishes, what is not prose leaves a placeholder, every character keeps its place."""

from __future__ import annotations

import pytest
from documents import HIDDEN, cut, only, read, texts

from msglint.document.model import Kind, Reference, Run
from msglint.model import Span

X = HIDDEN


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("必ず**成果**が出る", "必ず成果が出る"),
        ("必ず*成果*が[出る](https://example.com 'だめ')。", "必ず成果が出る。"),
        ("必ず<strong>成果</strong>が<span class='a>b'>出る</span>", "必ず成果が出る"),
        ("必ず\n成果が\n出る", "必ず成果が出る"),
        ("必ず\r\n成果が\r\n出る", "必ず成果が出る"),
        ("必ず\r成果が\r出る", "必ず成果が出る"),
        ("> 必ず\n> 成果が\n出る", "必ず成果が出る"),
        ("- 必ず\n    成果が\n\t出る", "必ず成果が出る"),
        ("ｶﾅ\nは、\n「𠮷」\nと", "ｶﾅは、「𠮷」と"),
        ("次は…\nこの", "次は…この"),
        ("葛󠄀\n城", "葛󠄀城"),
        ("CRMの\nMQLと\nSQL", "CRMの\nMQLと\nSQL"),
        ("the\nend", "the\nend"),
        ("一行目  \n二行目\\\n三行目", "一行目\n二行目\n三行目"),
        ("一行目<br>二行目<br />\n三行目", "一行目\n二行目\n三行目"),
        ("変数`x`は``a`b``です", f"変数{X}は{X}です"),
        ("改行`a\nb`も", f"改行{X}も"),
        ("旧~~価格~~価格<del>と *条件*</del><s>済</s><strike>み</strike>", f"旧{X}価格{X}{X}{X}"),
        ("旧価格は~~1万円（税込）~~です", f"旧価格は{X}です"),
        ("10~20人、~5%程度~から", "10~20人、~5%程度~から"),
        ("図![構成図](a.png 'だめ')を見る", f"図{X}を見る"),
        ("<https://example.com/a>と<info@example.com>へ", f"{X}と{X}へ"),
        ("詳細はhttps://example.com/a?b=1&c=_d_#eを参照", f"詳細は{X}を参照"),
        ("https://example.com/最安値 を開く", f"{X} を開く"),
        ("https://example.com/?q=最安値", X),
        ("https://example.com/手間がなくなる を開く", f"{X} を開く"),
        ("https://example.com/をご覧ください", f"{X}をご覧ください"),
        ("https://example.com/最安値を開く", f"{X}最安値を開く"),
        ("詳細(https://example.com/a)は、https://example.com/。", f"詳細({X})は、{X}。"),
        ("[https://example.com/](https://example.com/)に記載。", f"{X}に記載。"),
        ("See https://example.com/a.", f"See {X}."),
        ("A&amp;B &lt;x&gt; &#12354;&#x3042;&nbsp;&copy;", "A&B <x> ああ\xa0©"),
        ("A&B &foo; &;", "A&B &foo; &;"),
        (r"\*強調\* \[x\] \\ \あ", r"*強調* [x] \ \あ"),
        ("本文<!-- メモ -->の続き", "本文の続き"),
        ("本文 <!-- メモ -->\n続き", "本文続き"),
        ("本文<!-- メモ\nメモ -->の続き", "本文の続き"),
        ("<ruby>商談<rp>(</rp><rt>しょうだん</rt><rp>)</rp></ruby>化", "商談化"),
        ("<kbd>保存</kbd>と<code>a *b*</code>と<img src='a' alt='図'>", f"保存と{X}と{X}"),
        ("閉じない<s>タグと</del>余分なタグ", "閉じないタグと余分なタグ"),
        ("必ず**「成果」**が**出る。**次", "必ず「成果」が出る。次"),
        ("2**3と\\*\\*強調\\*\\*", "2**3と**強調**"),
        ("必ず\u200b**成果**\u200bが出る&shy;", "必ず成果が出る"),
        ("{{姓}}様、{% if x %}ご案内{% endif %}", f"{X}様、{X}ご案内{X}"),
        ("　字下げ\n　の段落　", "　字下げ　の段落　"),
        ("a\tb", "a\tb"),
        ("か\u3099\nぎ", "か\u3099ぎ"),
        ('本文:::と:::image type="icon":::です', f"本文:::と{X}です"),
    ],
)
def test_readable_text(source: str, text: str) -> None:
    assert only(source + "\n").text == text if "![" not in source else read(source).blocks[0].text == text


@pytest.mark.parametrize(
    ("source", "part", "reported"),
    [
        ("導入すれば必ず**成果**が\n出る。", "必ず成果が出る", "必ず**成果**が\n出る"),
        ("> 必ず\n> 成果が出る", "必ず成果が出る", "必ず\n> 成果が出る"),
        ("[必ず](a.md)成果が&#x51FA;る", "必ず成果が出る", "必ず](a.md)成果が&#x51FA;る"),
        ("A&amp;B", "&", "&amp;"),
        ("a `x` b", f" {HIDDEN} ", " `x` "),
        (r"a \* b", "*", "*"),
        ("😀が<b>𠮷</b>", "が𠮷", "が<b>𠮷"),
        ("あ  \nい", "\n", "\n"),
        ("あ<br>い", "\n", "<br>"),
        ("見よhttps://example.com/xを", HIDDEN, "https://example.com/x"),
        ("~~a~~b", HIDDEN, "~~a~~"),
    ],
)
def test_a_range_of_text_maps_to_the_source_with_the_markup_inside(source: str, part: str, reported: str) -> None:
    document = read(source)
    block = document.blocks[0]
    start = block.text.index(part)
    assert cut(document, block.span(start, start + len(part))) == reported


def test_runs_join_what_is_together_in_text_and_source() -> None:
    assert only("変数 [x] と\r\n**A&amp;B**。").runs == (
        Run(0, 8, 0, 8),
        Run(8, 1, 9, 1),
        Run(9, 1, 12, 1),
        Run(10, 1, 13, 5),
        Run(11, 1, 18, 1),
        Run(12, 1, 21, 1),
    )


def test_alt_text_is_a_block_of_its_own() -> None:
    document = read("前 [![図の**説明**](a.png)](b) 後\n\n~~![消した図](c)~~ と![](d)\n")
    assert [(b.kind, b.text, cut(document, b.outer)) for b in document.blocks] == [
        (Kind.PARAGRAPH, f"前 {X} 後", "前 [![図の**説明**](a.png)](b) 後"),
        (Kind.ALT, "図の説明", "![図の**説明**](a.png)"),
        (Kind.PARAGRAPH, f"{X} と{X}", "~~![消した図](c)~~ と![](d)"),
    ]


def test_footnotes_are_found_from_their_references() -> None:
    document = read("調査[^a]では**37.2%**[^ b ]です。[^c]\n\n[^a]: 独自調査。\n\n    偏りがある。\n\n[^c]: 注\n")
    assert [(b.kind, b.text, b.label) for b in document.blocks] == [
        (Kind.PARAGRAPH, "調査では37.2%[^ b ]です。", None),
        (Kind.FOOTNOTE, "独自調査。", "a"),
        (Kind.FOOTNOTE, "偏りがある。", "a"),
        (Kind.FOOTNOTE, "注", "c"),
    ]
    assert document.blocks[0].references == (Reference(2, "a"), Reference(18, "c"))


def test_a_span_lies_inside_the_block() -> None:
    block = only("  **太字**の段落\n")
    assert block.outer == Span(2, 11)
    assert block.whole == Span(4, 11)
    assert only("# あ&nbsp;\t\t").whole == Span(2, 9)


def test_tight_list_items_include_their_markup() -> None:
    document = read("- **太字**\n  - [a](b)\n")
    assert [cut(document, b.outer) for b in document.blocks] == ["**太字**", "[a](b)"]


def test_blocks_without_any_text_are_left_out() -> None:
    assert texts("<!-- a -->\n\n- \n- b\n\n|a|\n|-|\n||\n") == [(Kind.ITEM, "b"), (Kind.CELL, "a")]


def test_a_callout_mark_is_no_text() -> None:
    assert texts("> [!NOTE]\n> 本文\n\n> [!tip]- 題\n\n> [a](b)\n\n[!NOTE] だめ\n") == [
        (Kind.PARAGRAPH, "本文"),
        (Kind.PARAGRAPH, "題"),
        (Kind.PARAGRAPH, "a"),
        (Kind.PARAGRAPH, "[!NOTE] だめ"),
    ]
