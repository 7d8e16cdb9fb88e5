"""Nothing a file may contain shows a traceback, and every position points at the words reported."""

from __future__ import annotations

from articles import TODAY, guide_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msglint.analysis.view import Sudachi
from msglint.engine import lint
from msglint.guide.model import Guide
from msglint.model import Environment, InputInvalid, Source
from msglint.rule import builtin

GUIDE = guide_of(
    """
personas: [{id: p, register: polite, avoid: [{phrase: 御社, use: 貴社}]}]
stages: [{id: s}]
claims: [{id: c, statement: 主張を一つにする}]
facts:
  - id: crm
    subject: CRM導入率
    keywords: [CRM導入率, [CRM, 導入]]
    values: [{value: 37.2, unit: "%", as_of: 2024}, {value: 36.2, unit: "%", as_of: 2023}]
    source: 調査
    caveat: {text: 偏り}
terms:
  - {term: MQL, expansion: Marketing Qualified Lead, variants: [ＭＱＬ, 見込み]}
  - {term: サーバー, variants: [サーバ]}
banned:
  - {phrase: 必ず成果が出る, unless: [negated, quoted]}
  - {phrase: 最安, match: exact}
  - {phrase: 'No\\.?1', match: regex}
sheets: {one: {sections: [summary, proof], required: [summary]}}
"""
)
WORDS = """
必ず 成果が 出ます 出ない わけではない 。 、 ？ CRM導入率は 37.2% ４割弱 約 2023年 ( ） 「 」 御社 サーバ
ＭＱＬ MQL No.1 最安 である
です から 〜 千社 三割七分 問合せ 問い合わせ ** * _ ` ~~ [ ]( ![ {sales=summary}
<!--sales:x--> <!--/sales--> <!-- --> <b> </b> <script>
<br> &amp; \\* [^1] 🎉 か\u3099 ﾊﾟ \u200d \u0301 \ufeff
""".split()
LINES = [
    "\n", "\n\n", "\r\n", "\r", " ", "\u3000", "# ", "## ", "- ", "1. ", "> ", "| ", "|\n", "|---|\n", "---\n",
    "title: a\n", "persona: p\n", "stage: [",
    "::: sales proof\n", ":::\n", "[^1]: ", "```\n", "<!-- msglint-disable-file x -->",
    "<!-- msglint-disable-next-line banned-phrase -- r -->\n",
]  # fmt: skip
PIECES = st.sampled_from(WORDS + LINES)


def check(content: bytes, guide: Guide = GUIDE) -> None:
    source = Source("a.md", content, "a.md")
    try:
        result = lint(source, guide, rules=builtin(), analyzer=Sudachi(), environment=Environment(TODAY))
    except InputInvalid:
        return
    text = content.decode("utf-8-sig")
    bom = content.startswith(b"\xef\xbb\xbf")
    for d in result.diagnostics:
        assert text[d.start.offset - bom : d.end.offset - bom] == d.text
        assert d.start.offset <= d.end.offset
        assert d.message


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60).map("".join))
def test_random_markdown(text: str) -> None:
    check(text.encode())


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes(content: bytes) -> None:
    check(content)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_random_text(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass") if any("\ud800" <= c <= "\udfff" for c in text) else text.encode())


def test_a_block_over_sudachis_limit() -> None:
    check(("必ず成果が出ます。" * 8000).encode())
    check(("あ" * 60_000).encode())
