"""Text between HTML tags and after comments is prose; code, scripts and what is struck through are not."""

from __future__ import annotations

import pytest
from documents import HIDDEN, cut, read, texts

from msglint.document.model import Kind

X = HIDDEN
P = Kind.PARAGRAPH


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<div>\n一行目\n  二行目<br>三行目\n</div>", ["一行目二行目\n三行目"]),
        ("<div class='a>b'>一<p>二</p>三<b>太</b>字</div>", ["一", "二", "三太字"]),
        ("<!-- メモ --> 必ず**成果**が[出る](a.md 'だめ')。", ["必ず成果が出る。"]),
        ("<!-- メモ --> `x`と__語__と~~旧~~と&amp;と![図の説明](a.png)", [f"{X}と語と{X}と&と{X}", "図の説明"]),
        ("<!-- メモ --> [1]と配列[0]と https://example.com/ です", [f"[1]と配列[0]と {X} です"]),
        ("<!-- メモ\n続き --> 後ろ\n次の段落", ["後ろ", "次の段落"]),
        ("<!-- メモ -->\n本文", ["本文"]),
        ("文\n<!-- メモ -->\n本文", ["文", "本文"]),
        ("<p>前<code>a<b</code>と<del>旧</del>後</p>", [f"前{X}と{X}後"]),
        ("<div>前<script>だめ\n</script>後<style>だめ</style><svg><text>だめ</text></svg>末</div>", ["前", "後", "末"]),
        ("<pre>\nだめ\n\nだめ\n</pre>\n後", ["後"]),
        ("<textarea>だめ\n\n**だめ**\n</textarea>\n後", ["後"]),
        ("<svg>\n\nだめ\n\n</svg>後\n\n次", ["後", "次"]),
        ("<del>\n\n消した\n\n- 消した\n\n</del>\n\n次", ["次"]),
        ("<s>\n\n閉じない", ["閉じない"]),
        ("<svg>\n閉じない\n\n次", ["次"]),
        ("<div>&lt;見出し&gt;&#x200B;&foo;&copy;</div>", ["<見出し>&foo;©"]),
        ("<div><!-- a -->一<!-- b\n-->二<!DOCTYPE x><?php だめ ?></div>", ["一二"]),
        ("<div>\n<https://example.com/a>へ\n</div>", [f"{X}へ"]),
        ("> <div>\n> 一\n> 二\n> </div>", ["一二"]),
        ("<div>\r\n一\r\n二\r\n</div>\r\n", ["一二"]),
        ("<ruby>商談<rt>しょうだん</rt></ruby>\n", ["商談"]),
        ("<div><ruby>商談<rt>しょうだん</rt></ruby>化</div>", ["商談化"]),
        ("<details>\n<summary>題</summary>\n\n中の**段落**\n\n</details>", ["題", "中の段落"]),
        ("<!-- 閉じないコメント\n\n続き", []),
        ("<div", ["<div"]),
    ],
)
def test_text_of_html(source: str, expected: list[str]) -> None:
    assert [text for _, text in texts(source)] == expected


def test_html_headings_items_and_quotes() -> None:
    document = read(
        "<h2>見出し</h2>\n<ul><li>一<li>二</ul>\n<blockquote>\n\n引用\n\n</blockquote>\n\n本文\n\n- <p>項目</p>\n"
    )
    assert [(b.kind, b.text, b.level, b.quote, b.group, b.section) for b in document.blocks] == [
        (Kind.HEADING, "見出し", 2, False, None, 0),
        (Kind.ITEM, "一", 0, False, 0, 0),
        (Kind.ITEM, "二", 0, False, 0, 0),
        (P, "引用", 0, True, None, 0),
        (P, "本文", 0, False, None, 0),
        (Kind.ITEM, "項目", 0, False, 1, 0),
    ]


def test_html_tables() -> None:
    document = read(
        "<table>\n<tr><th>頭<th>頭2\n<tr><td>a<td>b\n</table>\n\n"
        "<table><tr><th>会社</th><td>例</td></tr>\n\n<tr><th>住所</th><td><p>東京</p><p>都</p></td></tr></table>\n"
    )
    assert [(b.kind, b.text, b.group, b.row, b.column) for b in document.blocks] == [
        (Kind.CELL, "頭", 0, 0, 0),
        (Kind.CELL, "頭2", 0, 0, 1),
        (Kind.CELL, "a", 0, 1, 0),
        (Kind.CELL, "b", 0, 1, 1),
        (Kind.CELL, "会社", 1, 1, 0),
        (Kind.CELL, "例", 1, 1, 1),
        (Kind.CELL, "住所", 1, 2, 0),
        (Kind.CELL, "東京", 1, 2, 1),
        (Kind.CELL, "都", 1, 2, 1),
    ]


def test_text_after_a_comment_maps_to_the_source() -> None:
    document = read("<!-- メモ --> 必ず**成果**が[出る](a.md)。\n")
    (block,) = document.blocks
    assert cut(document, block.span(0, 7)) == "必ず**成果**が[出る"
    assert cut(document, block.whole) == "必ず**成果**が[出る](a.md)。"


def test_alt_text_after_a_comment() -> None:
    document = read("<!-- a --> ![図](a.png)\n")
    assert [(b.kind, b.text, cut(document, b.outer)) for b in document.blocks] == [
        (P, X, "![図](a.png)"),
        (Kind.ALT, "図", "![図](a.png)"),
    ]
