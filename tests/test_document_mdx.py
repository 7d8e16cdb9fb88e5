"""MDX: its comments are comments, its imports and exports are not prose, and in .md neither is so."""

from __future__ import annotations

import pytest
from documents import cut, read


def prose(source: str, path: str = "a.mdx") -> list[str]:
    return [block.text for block in read(source, path).blocks]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import A from 'a'\n\n本文\n", ["本文"]),
        ("import {\n  A,\n  B,\n} from 'a'\nexport const x = {\n  題: 'だめ',\n}\n\n本文\n", ["本文"]),
        ("import 'a.css'\n本文も取り込みの一部\n\n本文\n", ["本文"]),
        ("本文\nimport A from 'a'\n", ["本文\nimport A from 'a'"]),
        ("import 文の書き方\n\nexport する\n", ["import 文の書き方", "export する"]),
        ("```js\nimport A from 'a'\n```\n", []),
        ("必ず{/* メモ */}成果", ["必ず成果"]),
        ("必ず{/* メモ\n\n続き */}成果", ["必ず", "成果"]),
        ("{/* メモ\n\n続き\n*/}\n本文\n", ["本文"]),
        ("{/**/}{/*あ*/}本文{/* --> */}\n", ["本文"]),
        ("`{/* a */}`と{/* 閉じない\n", ["\ufffcと{/* 閉じない"]),
        ("<Card title='題'>\n  本文{/* メモ */}続き\n</Card>\n", ["本文続き"]),
        ("> 引用{/* a\n> b */}続き\n", ["引用続き"]),
        ("- 項目 {/* a */}\n{/*\n::: note\n*/}\n", ["項目"]),
    ],
)
def test_what_is_prose(source: str, expected: list[str]) -> None:
    assert prose(source) == expected


def test_comments_are_directives_and_tags() -> None:
    source = (
        "---\ntitle: 題\n---\nimport A from 'a'\n\n{/* msglint-disable-next-line a -- 理由 */}\n一\n二\n\n"
        "{/* sales: summary */}\n要点\n{/* /sales */}\n\n```\n{/* msglint-disable b */}\n```\n"
    )
    document = read(source, "記事.MDX")
    (suppression,) = document.suppressions
    assert (suppression.reason, cut(document, suppression.covers["a"])) == ("理由", "一\n二\n")
    (tag,) = document.tags
    assert (tag.kind, cut(document, tag.span), cut(document, tag.covers)) == (
        "summary",
        "{/* sales: summary */}",
        "\n要点\n",
    )
    assert document.tag_problems == ()


def test_markdown_is_no_mdx() -> None:
    assert prose("import A from 'a'\n\n必ず{/* a */}\n", "a.md") == ["import A from 'a'", "必ず{/* a */}"]
    assert read("{/* sales: a */}\n").tags == ()
